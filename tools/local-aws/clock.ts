/** Time as the local AWS sees it, so that tests can move two hours in a moment. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls `action` once after `ms` milliseconds, unless `cancel` comes first. Never keeps the process alive. */
  after(ms: number, action: () => void): { cancel(): void }
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms)
    timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },
}

/** Resolves after `ms` of `clock`. */
export const sleep = (clock: Clock, ms: number) => new Promise<void>((resolve) => { clock.after(ms, resolve) })

/** A clock that stands still until `advance(ms)`, which runs what became due, in order. */
export function manualClock(start = Date.UTC(2026, 0, 1)): Clock & { advance(ms: number): void } {
  let now = start
  let due: { at: number, action: () => void }[] = []
  return {
    now: () => now,
    after(ms, action) {
      const entry = { at: now + ms, action }
      due.push(entry)
      return { cancel: () => { due = due.filter((other) => other !== entry) } }
    },
    advance(ms) {
      const until = now + ms
      for (;;) {
        const next = due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        due = due.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.action()
      }
      now = until
    },
  }
}
