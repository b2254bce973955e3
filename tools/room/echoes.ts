export type Echoes = ReturnType<typeof createEchoes>

type Entry = { text: string, timer: NodeJS.Timeout, isLate: boolean }

/** What is later than that many others is given up. */
const MAX_LATE = 20

/**
 * Everybody hears what is said, the speaker too: remembers what was said until it comes back, and tells what does not within `ms`. In a busy
 * room it may still come after that.
 */
export function createEchoes({ ms, late, isEcho = (text, said) => text === said }: { ms: number, late(text: string): void, isEcho?(text: string, said: string): boolean }) {
  const entries: Entry[] = []
  const whenNone: (() => void)[] = []
  const isWaiting = () => entries.some(({ isLate }) => !isLate)

  function remove(entry: Entry | undefined) {
    if (!entry) return
    entries.splice(entries.indexOf(entry), 1)
    clearTimeout(entry.timer)
    tellIfNone()
  }

  function tellIfNone() {
    if (!isWaiting()) for (const action of whenNone.splice(0)) action()
  }

  function beLate(entry: Entry) {
    entry.isLate = true
    const overdue = entries.filter(({ isLate }) => isLate)
    if (overdue.length > MAX_LATE) remove(overdue[0])
    tellIfNone()
    late(entry.text)
  }

  return {
    expect(text: string) {
      const entry: Entry = { text, isLate: false, timer: setTimeout(() => beLate(entry), ms) }
      entries.push(entry)
    },
    /** Whether `text` is something that was said here. */
    heard(text: string): boolean {
      const entry = entries.find((one) => isEcho(text, one.text))
      remove(entry)
      return entry !== undefined
    },
    /** An answer that is no echo came instead: the oldest will not come back. */
    refused: () => remove(entries[0]),
    /** Forgets them all; answers those that were still waited for. */
    forget(): string[] {
      const unheard = entries.filter(({ isLate }) => !isLate).map(({ text }) => text)
      while (entries.length > 0) remove(entries[0])
      return unheard
    },
    /** Resolves as soon as nothing is waited for. */
    none: () => isWaiting() ? new Promise<void>((resolve) => { whenNone.push(resolve) }) : Promise.resolve(),
  }
}
