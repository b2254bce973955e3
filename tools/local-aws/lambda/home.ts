import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { nearestModules, PROVIDED } from './provided-modules.ts'

const KEEPER = path.join(import.meta.dirname, 'runtime', 'keeper.cjs')

type Guarded = { readonly pid: number, readonly ended: Promise<unknown> }

export type Home = {
  /** Where packages are unpacked. */
  folder(): Promise<string>
  /** Sees to it that a process ends when the local AWS does, even if that is killed. */
  guard(process: Guarded): void
  close(): Promise<void>
}

/**
 * A temporary folder for unpacked packages, and the keeper of their processes.
 *
 * It lies outside of the project, so that a package finds the modules it would find on AWS (its own and the SDK) and not those of the kit.
 * Differs from AWS: only the SDK clients that the kit has installed are there.
 */
export function createHome(): Home {
  let made: Promise<string> | undefined
  let keeper: ChildProcess | undefined
  const pids = new Set<number>()

  function keep(folder: string) {
    if (process.platform === 'win32' || keeper) return
    keeper = spawn(process.execPath, [KEEPER, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, windowsHide: true })
    keeper.on('error', () => { /* functions run without it, too */ })
    keeper.once('exit', () => { keeper = undefined })
    keeper.stdin!.on('error', () => { /* as above */ })
    keeper.unref()
    tell([...pids].map(String))
  }
  const tell = (lines: string[]) => { keeper?.stdin?.write(lines.map((line) => `${line}\n`).join('')) }

  return {
    folder: () => made ??= make().then((folder) => {
      keep(folder)
      return folder
    }),

    guard({ pid, ended }) {
      if (pid === 0) return // it could not be started
      pids.add(pid)
      tell([String(pid)])
      made?.then(keep, () => { /* without a folder there is no process */ })
      const forget = () => {
        pids.delete(pid)
        tell([`-${pid}`])
      }
      void ended.finally(forget)
    },

    async close() {
      const last = keeper
      last?.ref()
      const gone = last && new Promise<void>((resolve) => { last.once('exit', () => resolve()) })
      last?.stdin?.end()
      await gone
      const folder = await made?.catch(() => undefined)
      made = undefined
      if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

async function make() {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'local-aws-lambda-')))
  await mkdir(path.join(folder, 'node_modules'))
  for (const name of PROVIDED) {
    const source = nearestModules(name)
    if (source) await symlink(source, path.join(folder, 'node_modules', name), 'junction')
  }
  return folder
}
