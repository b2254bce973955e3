import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { KitError } from '../lib/kit-error.ts'
import { birthOf, isAlive } from '../lib/processes.ts'

/**
 * Makes this process the only owner of a state folder, until `release()`. A lock whose owner is dead is taken over.
 * Throws KitError where the folder cannot be used, or somebody else owns it.
 */
export async function lockState(folder: string) {
  const file = path.join(folder, 'lock')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw unusable(folder, error)
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await writeFile(file, `${process.pid}\n${birthOf(process.pid) ?? ''}`, { flag: 'wx', mode: 0o600 })
      return { release: () => rm(file, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        await rm(file, { force: true }).catch(() => {})
        throw unusable(folder, error)
      }
    }
    const [pid, birth] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    const owner = birth && birthOf(Number(pid)) !== birth ? 0 : Number(pid)
    if (owner && owner !== process.pid && isAlive(owner) && await isCurrent(file))
      throw new KitError({ what: `Another local AWS (process ${owner}) uses ${folder}.`, where: folder, next: 'Use that one, stop it first, or choose another folder: npm run local state=DIR' })
    if (owner === process.pid)
      throw new KitError({ what: `This process already runs a local AWS on ${folder}.`, where: folder, next: 'Stop that one first, or choose another folder.' })
    await rm(file, { force: true })
  }
  throw new KitError({ what: `${folder} could not be locked.`, where: folder, next: `Delete ${file} if no local AWS is running.` })
}

/** A lock from before the last boot names a process number that means somebody else by now. */
async function isCurrent(file: string) {
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }))
  return mtimeMs > Date.now() - uptime() * 1000
}

/** Writes a small file that only its owner may read. */
export const writePrivate = (file: string, content: unknown) => writeFileAtomic(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })

const unusable = (folder: string, error: unknown) =>
  new KitError({ what: `The state folder cannot be used: ${(error as Error).message}.`, where: folder, next: 'Make it a folder that you may write to, or choose another: npm run local state=DIR' }, { cause: error })
