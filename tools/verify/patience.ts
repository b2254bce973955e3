import { retry } from 'zx'

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

type Try<T> = { answer: T | undefined } | { error: unknown }

export function createPatience({ patient, tell = () => {}, signal, everyMs = 2_000 }: { patient: boolean, tell?: Tell, signal?: AbortSignal, everyMs?: number }): Patience {
  return {
    patient,
    async until<T>(reason: string, seconds: number, attempt: () => Promise<T | undefined>) {
      if (!patient) return attempt()

      const tries = Math.max(1, Math.ceil(seconds * 1000 / everyMs))
      let tried = 0
      const once = async (): Promise<Try<T>> => {
        const answer = await attempt()
        tried++
        if (answer !== undefined || tried === tries || signal?.aborted) return { answer }
        tell({ kind: 'wait', reason, secondsLeft: Math.round((tries - tried) * everyMs / 1000) })
        throw new Error(reason)
      }
      // `retry` tries again whatever is thrown; an error that is not "not yet" ends the wait.
      const last = await retry(tries, everyMs, () => once().catch((error: Error): Try<T> => {
        if (error.message === reason) throw error
        return { error }
      }))
      if ('error' in last) throw last.error
      return last.answer
    },
  }
}
