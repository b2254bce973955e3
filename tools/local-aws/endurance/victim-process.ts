import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../../lib/paths.ts'
import type { Doom, Question, Up } from './victim.ts'

export type Client = { endpoint: string, region: string, credentials: Up['keys'], maxAttempts?: number }

/** A local AWS in a process of its own, on a state folder that outlives it. */
export type Victim = {
  readonly pid: number
  readonly client: Client
  /** Has it kill itself after so many more events. */
  arm(doom: Doom): Promise<void>
  /** The bytes that its JavaScript uses, after a collection. */
  usedBytes(): Promise<number>
  /** Kills it from outside. */
  kill(): void
  /** Resolves when it has ended, however that came. */
  readonly dead: Promise<void>
  /** Ends it politely. Rejects if it does not end with success. */
  stop(): Promise<void>
}

const START_MS = 60_000
const GONE_MS = 10_000

/**
 * A state folder and the processes that live on it, one after the other. Temporary files of theirs go to a folder of their own, so that what
 * is left behind is seen.
 */
export async function createGraveyard() {
  const folder = await mkdtemp(path.join(tmpdir(), 'local-aws-endurance-'))
  const [state, temporary] = [path.join(folder, 'state'), path.join(folder, 'tmp')]
  await mkdir(temporary)
  let last: Victim | undefined

  return {
    state, temporary,
    async start() {
      last = await startVictim(state, temporary)
      return last
    },
    /** What the dead left: temporary files and processes. They have some seconds to clear up behind themselves. */
    leftBehind: () => eventually(async () => [
      ...(await readdir(temporary)).filter((name) => name.startsWith('local-aws-')),
      ...(await processesOf(temporary)).map((pid) => `process ${pid}`),
    ]),
    async remove() {
      last?.kill()
      await last?.dead
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}
export type Graveyard = Awaited<ReturnType<typeof createGraveyard>>

/** Processes whose environment speaks of `folder`: Linux shows it, others do not. */
async function processesOf(folder: string) {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')))
  return pids.filter((_, index) => environments[index]!.includes(folder))
}

/** Looks until there is nothing left, but not for ever. */
async function eventually<T>(look: () => Promise<T[]>): Promise<T[]> {
  const until = Date.now() + GONE_MS
  for (;;) {
    const found = await look()
    if (found.length === 0 || Date.now() > until) return found
    await new Promise((resolve) => { setTimeout(resolve, 20) })
  }
}

async function startVictim(state: string, temporary: string): Promise<Victim> {
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', path.join(import.meta.dirname, 'victim.ts'), state], {
    cwd: root, stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  })
  let output = ''
  child.stderr!.setEncoding('utf8').on('data', (text) => { output = (output + text).slice(-8_000) })
  const dead = new Promise<void>((resolve) => { child.once('exit', () => resolve()) })
  const { url, region, keys } = await firstWord(child, dead, () => output)

  async function ask(message: Doom | Question): Promise<unknown> {
    const answer = once(child, 'message')
    child.send(message)
    return (await answer)[0]
  }

  return {
    pid: child.pid!,
    client: { endpoint: url, region, credentials: keys },
    dead,
    async arm(doom) {
      await ask(doom)
    },
    usedBytes: async () => Number(await ask('memory')),
    kill: () => { child.kill('SIGKILL') },
    async stop() {
      if (child.connected) child.disconnect()
      await dead
      if (child.exitCode !== 0) throw new Error(`It ended with ${child.exitCode ?? child.signalCode}:\n${output}`)
    },
  }
}

const firstWord = (child: ChildProcess, dead: Promise<void>, output: () => string) => new Promise<Up>((resolve, reject) => {
  const patience = setTimeout(() => {
    child.kill('SIGKILL')
    reject(new Error(`It did not start within ${START_MS} ms:\n${output()}`))
  }, START_MS)
  child.once('message', (up: Up) => {
    clearTimeout(patience)
    resolve(up)
  })
  void dead.then(() => {
    clearTimeout(patience)
    reject(new Error(`It ended before it was up:\n${output()}`))
  })
})
