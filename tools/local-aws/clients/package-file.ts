import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { strToU8, zipSync } from 'fflate'

/** Writes a function's package into `folder`: a zip file with its JavaScript as `index.js`. Answers the path. */
export async function writePackage(folder: string, name: string, javascript: string) {
  const file = path.join(folder, `${name}.zip`)
  await writeFile(file, zipSync({ 'index.js': strToU8(javascript) }))
  return file
}
