import { isInteractive, note } from '../lib/output.ts'
import type { Progress, Tell } from '../verify/index.ts'

const CLEAR = '\r\u001B[2K'
/** Without a terminal a wait is told at its beginning and then now and then. */
const EVERY_S = 20

type Options = { output?: { isTTY?: boolean, write(text: string): unknown }, print?: (text: string) => void, isTerminal?: boolean }

/**
 * Tells what verify waits for: in a terminal as one line that counts down, elsewhere as a line now and then. Only what takes its time is worth a
 * line; the checks themselves are over in a moment. `done` takes the line away again.
 */
export function countdown({ output = process.stderr, print = note, isTerminal = isInteractive({ stream: output }) }: Options = {}): { tell: Tell, done(): void } {
  let isShown = false
  let last: { reason: string, secondsLeft: number } | undefined

  function done() {
    if (isShown) output.write(CLEAR)
    isShown = false
    last = undefined
  }

  function wait({ reason, secondsLeft }: Extract<Progress, { kind: 'wait' }>) {
    const line = `  … ${reason} (${secondsLeft} s left)`
    if (isTerminal) {
      output.write(`${CLEAR}${line}`)
      isShown = true
    } else if (last?.reason !== reason || last.secondsLeft - secondsLeft >= EVERY_S) {
      print(line)
      last = { reason, secondsLeft }
    }
  }

  return {
    done,
    tell(progress) {
      if (progress.kind === 'wait') return wait(progress)
      done()
      if (progress.kind === 'clean-up' && isTerminal) print(`  … ${progress.what}`)
    },
  }
}
