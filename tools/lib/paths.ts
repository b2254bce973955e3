import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** `.workshop/`, where everything that the kit remembers lives; WORKSHOP_HOME puts it elsewhere. */
export const workshopFolder = path.resolve(process.env.WORKSHOP_HOME ?? path.join(root, '.workshop'))

export const inWorkshop = (...parts: string[]) => path.join(workshopFolder, ...parts)

/** A path as people should read it: from the repository's root, with forward slashes. */
export const shown = (file: string) => {
  const relative = path.relative(root, path.resolve(file))
  return relative.startsWith('..') ? file : relative.replaceAll(path.sep, '/')
}
