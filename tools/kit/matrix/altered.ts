import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../../lib/paths.ts'
import type { Edit } from '../../mistakes/index.ts'

export type Alteration = {
  /** the files of a folder take the place of those of the same name in `to`. @default the root of the solutions */
  files?: { from: string, to?: string }
  /** made after that */
  edits?: Edit[]
}

/** Lends `work` a copy of the solutions with some things changed. */
export async function withAltered<T>({ files, edits = [] }: Alteration, work: (tree: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'workshop-altered-'))
  const tree = path.join(folder, 'steps') // the name by which participants know it
  try {
    await cp(path.join(root, 'solutions'), tree, { recursive: true })
    if (files) await cp(files.from, path.join(tree, files.to ?? ''), { recursive: true })
    await applyEdits(tree, edits)
    return await work(tree)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Each text must be there exactly once: a change that changes nothing, or too much, proves nothing. */
async function applyEdits(tree: string, edits: Edit[]) {
  for (const { file, find, replace } of edits) {
    const target = path.join(tree, file)
    const text = await readFile(target, 'utf8')
    const count = text.split(find).length - 1
    if (count !== 1) throw new Error(`"${find}" is ${count} times in solutions/${file}; a change needs it exactly once.`)
    await writeFile(target, text.replace(find, () => replace))
  }
}
