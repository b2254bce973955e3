export type Rate = {
  /** how many at once, after a pause */
  burst: number
  perSecond: number
}

export type Bucket = ReturnType<typeof createBucket>

/** A token bucket: full at first, refilled with time, never over `burst`. */
export function createBucket({ burst, perSecond }: Rate, now: () => number) {
  let tokens = burst
  let filledAt = now()

  function fill() {
    const at = now()
    // A clock that was set back takes nothing away.
    tokens = Math.min(burst, tokens + Math.max(0, at - filledAt) / 1000 * perSecond)
    filledAt = at
  }

  return {
    /** Takes `count` tokens if there are so many; otherwise none, and answers false. */
    take(count = 1): boolean {
      fill()
      if (tokens < count) return false
      tokens -= count
      return true
    },
    isEmpty(): boolean {
      fill()
      return tokens < 1
    },
  }
}
