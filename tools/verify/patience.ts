import { setTimeout as pause } from 'node:timers/promises'

/** Tells whoever watches what verify is at, and what it waits for. */
export type Tell = (progress: Progress) => void
export type Progress =
  | { kind: 'check', step: number, title: string }
  | { kind: 'wait', reason: string, secondsLeft: number }
  | { kind: 'clean-up', what: string }

/** Waiting for what AWS needs time for. The local AWS obeys at once, so nothing is waited for there. */
export type Patience = {
  readonly patient: boolean
  /**
   * Tries `attempt` until it answers something, for `seconds` at most; once only where nothing needs time.
   * @param reason read by people while they wait: what takes its time, and why
   */
  until<T>(reason: string, seconds: number, attempt: () => Promise<T | undefined>): Promise<T | undefined>
}

/** Time, so that tests need none. `sleep` ends early when `signal` aborts. */
export type Time = { now(): number, sleep(ms: number, signal?: AbortSignal): Promise<void> }

const realTime: Time = {
  now: () => performance.now(),
  sleep: (ms, signal) => pause(ms, undefined, { signal }).catch(() => {}),
}

type PatienceOptions = { patient: boolean, tell?: Tell, signal?: AbortSignal, everyMs?: number, time?: Time }

export function createPatience({ patient, tell = () => {}, signal, everyMs = 2_000, time = realTime }: PatienceOptions): Patience {
  return {
    patient,
    async until<T>(reason: string, seconds: number, attempt: () => Promise<T | undefined>) {
      const end = time.now() + seconds * 1_000
      for (;;) {
        const answer = await attempt()
        const leftMs = end - time.now()
        if (answer !== undefined || !patient || signal?.aborted || leftMs < everyMs) return answer

        tell({ kind: 'wait', reason, secondsLeft: Math.round(leftMs / 1_000) })
        await time.sleep(everyMs, signal)
        if (signal?.aborted) return undefined
      }
    },
  }
}
