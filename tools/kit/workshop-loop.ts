/** What one round found out about the step the participant is at. */
export type Round = { step: number, passed: boolean }

export type LoopParts = {
  /** the step to work on now */
  current(): number
  /** Deploys up to `step`; false where that failed (and was told). */
  deploy(step: number, signal: AbortSignal): Promise<boolean>
  /** Verifies `step` and tells the result. */
  verify(step: number, signal: AbortSignal): Promise<Round>
  /** Called after a step passed, with the step that comes next (the same one after the last). */
  passed(step: number, next: number): void
  /** Something that is nobody's named mistake. */
  failed(error: unknown): void
}

/**
 * Deploys and verifies on each save, one round at a time. Saves during a round make one more round, not several. After a step has passed
 * the next one waits for a save: its failures would look like failures of what was just solved.
 */
export function createLoop({ current, deploy, verify, passed, failed }: LoopParts) {
  const ending = new AbortController()
  let again = false
  let running: Promise<void> | undefined

  async function round() {
    const step = current()
    if (!await deploy(step, ending.signal) || ending.signal.aborted) return
    const result = await verify(step, ending.signal)
    if (result.passed && !ending.signal.aborted) passed(step, current())
  }

  async function rounds() {
    do {
      again = false
      await round().catch((error) => { if (!ending.signal.aborted) failed(error) })
    } while (again && !ending.signal.aborted)
    running = undefined
  }

  return {
    /** Asks for a round; answers when no round is left. */
    poke() {
      again = true
      return running ??= rounds()
    },
    /** Lets the round that runs clean up, and begins no other. */
    async end() {
      ending.abort()
      await running
    },
  }
}
