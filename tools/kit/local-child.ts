import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { localState, runningLocal } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { root } from '../lib/paths.ts'

const START_MS = 30_000
const STOP_MS = 8_000

/** The local AWS of the participant in a process of its own, so that a synth here never holds up a message there. One that runs already is used. */
export async function localChild({ state = localState() } = {}): Promise<{ stop(): Promise<void>, startedHere: boolean, onExit(action: (output: string) => void): void }> {
  if (runningLocal(state)) return { stop: async () => {}, startedHere: false, onExit: () => {} }

  const child = spawn(process.execPath, [path.join(root, 'tools/kit/run.mjs'), 'local', ...state === localState() ? [] : ['--state', state]], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C in the terminal goes to the whole group; the child must outlive the destroying of probes, so it listens to us alone.
    detached: process.platform !== 'win32',
  })
  let output = ''
  child.stdout!.on('data', () => {})
  child.stderr!.on('data', (chunk) => { output = (output + chunk).slice(-4_000) })
  await ready(child, () => output)

  let stopping = false
  return {
    startedHere: true,
    onExit(action) {
      child.once('exit', () => { if (!stopping) action(output) })
    },
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise<void>((resolve) => { child.once('exit', () => resolve()) })
      // The end of the channel means "stop" to it; signals do not exist on Windows.
      if (child.connected) child.disconnect()
      const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await gone
      clearTimeout(patience)
    },
  }
}

const ready = (child: ChildProcess, output: () => string) => new Promise<void>((resolve, reject) => {
  const patience = setTimeout(() => {
    child.kill('SIGKILL')
    reject(failure(`did not start within ${START_MS / 1000} s`))
  }, START_MS)
  child.once('message', () => {
    clearTimeout(patience)
    resolve()
  })
  child.once('exit', (code) => {
    clearTimeout(patience)
    reject(failure(`ended with code ${code} while starting`))
  })
  const failure = (what: string) => {
    const said = output().trim()
    return new KitError({ what: `The local AWS ${what}.${said ? `\n${said}` : ''}`, next: 'See it alone: npm run local' })
  }
})
