/** What one round found out about the step the participant is at. */
export type Round = { step: number, passed: boolean }

export type LoopParts = {
  /** the step to work on now */
  current(): number
  /** Deploys up to `step`; false where that failed (and was told). */
  deploy(step: number, signal: AbortSignal): Promise<boolean>
  /** Verifies `step` and tells the result. `isOurs`: this loop has just deployed; else somebody else has. */
  verify(step: number, signal: AbortSignal, isOurs: boolean): Promise<Round>
  /** Called after a step passed, with the step that comes next (the same one after the last). */
  passed(step: number, next: number): void
  /** Something that is nobody's named mistake. */
  failed(error: unknown): void | Promise<void>
}

/**
 * Deploys and verifies on each save, one round at a time. Saves during a round make one more round, not several. After a step has passed
 * the next one waits for a save: its failures would look like failures of what was just solved.
 */
export function createLoop({ current, deploy, verify, passed, failed }: LoopParts) {
  const ending = new AbortController()
  let wanted: 'round' | 'look' | undefined
  let running: Promise<void> | undefined

  async function round(isOurs: boolean) {
    const step = current()
    if (isOurs && !await deploy(step, ending.signal) || ending.signal.aborted) return
    const result = await verify(step, ending.signal, isOurs)
    if (result.passed && !ending.signal.aborted) passed(step, current())
  }

  async function rounds() {
    do {
      const isOurs = wanted === 'round'
      wanted = undefined
      await round(isOurs).catch(async (error) => { if (!ending.signal.aborted) await failed(error) })
    } while (wanted && !ending.signal.aborted)
    running = undefined
  }

  return {
    /** Asks for a round; answers when no round is left. */
    poke() {
      wanted = 'round'
      return running ??= rounds()
    },
    /** Asks for a verify alone, because somebody else has deployed; answers when no round is left. */
    look() {
      wanted ??= 'look'
      return running ??= rounds()
    },
    /** Lets the round that runs clean up, and begins no other. */
    async end() {
      ending.abort()
      await running
    },
  }
}
