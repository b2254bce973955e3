export type Echoes = ReturnType<typeof createEchoes>

/** Everybody hears what is said, the speaker too: remembers what was said until it comes back, and tells what does not within `ms`. */
export function createEchoes({ ms, late }: { ms: number, late(text: string): void }) {
  const waiting: { text: string, timer: NodeJS.Timeout }[] = []
  const whenNone: (() => void)[] = []

  function remove(index: number) {
    const [removed] = waiting.splice(index, 1)
    clearTimeout(removed?.timer)
    if (waiting.length === 0) for (const action of whenNone.splice(0)) action()
    return removed?.text
  }

  return {
    expect(text: string) {
      const entry = { text, timer: setTimeout(() => { remove(waiting.indexOf(entry)); late(text) }, ms) }
      waiting.push(entry)
    },
    /** Whether `text` is something that was said here. */
    heard(text: string): boolean {
      const index = waiting.findIndex((entry) => entry.text === text)
      if (index >= 0) remove(index)
      return index >= 0
    },
    /** An answer that is no echo came instead: the oldest will not come back. */
    refused: () => remove(0),
    /** Forgets them all; answers what they were. */
    forget: () => waiting.map(({ text }) => text).filter(() => remove(0) !== undefined),
    /** Resolves as soon as nothing is waited for. */
    none: () => waiting.length === 0 ? Promise.resolve() : new Promise<void>((resolve) => { whenNone.push(resolve) }),
  }
}
