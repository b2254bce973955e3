import type { Clock } from '../clock.ts'

/** `rate` tokens come back each second, up to `burst`. */
export type Limit = { rate: number, burst: number }
export type Bucket = ReturnType<typeof createBucket>

/** A bucket that is full at the beginning. A rate or a burst of 0 means that there is never a token. */
export function createBucket(clock: Clock, { rate, burst }: Limit) {
  let tokens = rate > 0 ? burst : 0
  let at = clock.now()

  return {
    /** Takes a token if there is one. */
    take(): boolean {
      const now = clock.now()
      tokens = Math.min(burst, tokens + Math.max(0, now - at) / 1_000 * rate)
      at = now
      if (tokens < 1) return false
      tokens--
      return true
    },
    /** Whether it is a bucket of this limit. */
    holds: (limit: Limit) => limit.rate === rate && limit.burst === burst,
  }
}
