import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { createFrameReader, encodeFrame } from './frames.ts'

const RUNTIME = path.join(import.meta.dirname, 'runtime')
const BOOTSTRAP = path.join(RUNTIME, 'bootstrap.cjs')
/** The preload that leads `https://*.amazonaws.com` to the local AWS. Also for wscat: `--require` it, with LOCAL_AWS=HOST:PORT. */
export const redirectPreload = path.join(RUNTIME, 'redirect.cjs')

/** What the runtime in the process says: `line` and `text` are output, `idle` waits for an event, the others but `started` carry a payload. */
export type Message = { kind: 'started' | 'line' | 'text' | 'idle' | 'result' | 'error' | 'initError' | 'afterwards', memoryBytes?: number, fatal?: boolean }
export type Exit = { code: number | null, signal: NodeJS.Signals | null }

export type FunctionProcess = {
  readonly pid: number
  /** Gives the process its next event. */
  send(header: object, body: Uint8Array): void
  /** While paused, nothing that it says is read, and it waits in its next write. */
  pause(): void
  resume(): void
  /** Ends it at once, and what it started. */
  kill(): void
  /** Resolves when it has ended and all it wrote was read. */
  readonly ended: Promise<Exit>
}

export type ProcessOptions = {
  folder: string
  variables: Record<string, string>
  memoryMegabytes: number
  /** `127.0.0.1:4566` */
  localAws: string
  onMessage(message: Message, body: Buffer): void
  /** What came by the standard streams: native code, child processes, Node's own last words. */
  onOutput(text: string): void
}

const canGroup = process.platform !== 'win32'
const DRAIN_MS = 100

/**
 * Starts a process that runs a function: Node, the preload, the bootstrap. One event at a time.
 *
 * Differs from AWS: MemorySize bounds the JavaScript heap only, and the function may read files of this machine.
 */
export function startProcess({ folder, variables, memoryMegabytes, localAws, onMessage, onOutput }: ProcessOptions): FunctionProcess {
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning', `--max-old-space-size=${memoryMegabytes}`, '--require', redirectPreload, BOOTSTRAP,
  ], {
    cwd: folder,
    env: { ...variables, LOCAL_AWS: localAws },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal does not reach it, and what a handler starts ends with it. On Windows that would open a window.
    detached: canGroup,
    windowsHide: true,
  })
  const [, , , events, answers] = child.stdio as unknown as [null, Readable, Readable, Writable, Readable]
  events.on('error', () => { /* the process has ended; `ended` tells */ })
  const read = createFrameReader<Message>(({ header, body }) => onMessage(header, body))
  answers.on('data', (piece: Buffer) => {
    try {
      read(piece)
    } catch {
      answers.destroy()
      killGroup(child)
    }
  })
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', onOutput)

  const outputs = [answers, child.stdout!, child.stderr!]
  const resume = () => { for (const stream of outputs) stream.resume() }
  // What it wrote last must be read before the descriptors are closed.
  child.once('exit', resume)

  return {
    pid: child.pid ?? 0,
    pause() { if (child.exitCode === null && child.signalCode === null) for (const stream of outputs) stream.pause() },
    resume,
    send: (header, body) => { events.write(encodeFrame(header, body)) },
    kill: () => killGroup(child),
    ended: endOf(child),
  }
}

/** After the exit, output may still be on its way; a grandchild that holds the pipes open must not delay the answer for long. */
async function endOf(child: ChildProcess): Promise<Exit> {
  const closed = new Promise<void>((resolve) => { child.once('close', () => resolve()) })
  const exit = await new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: 1, signal: null }))
  })
  killGroup(child)
  await Promise.race([closed, new Promise((resolve) => { setTimeout(resolve, DRAIN_MS).unref() })])
  for (const stream of child.stdio) stream?.destroy()
  return exit
}

function killGroup(child: ChildProcess) {
  try {
    if (canGroup && child.pid) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch { /* it has ended */ }
}
