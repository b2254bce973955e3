/** What happened to a person in the chat, as their client saw it. A browser and wscat tell less than others. */
export type Seen =
  | { kind: 'open' }
  | { kind: 'heard', text: string }
  | { kind: 'refused', status?: number }
  | { kind: 'closed', code?: number, reason?: string }

type OfKind<K extends Seen['kind']> = Extract<Seen, { kind: K }>

/** Somebody in front of a client. */
export type Person = {
  say(text: string): void
  /** all that was heard so far, in order */
  heard(): string[]
  /** The first event of this kind, past or future. Rejects with all that was seen when it does not come. */
  sees<K extends Seen['kind']>(kind: K): Promise<OfKind<K>>
  /** Resolves once this was heard. */
  hears(text: string): Promise<void>
  leave(): Promise<void>
}

const PATIENCE_MS = 20_000

/** What a client tells about its person, kept in order and waited for. */
export function openDiary(name: string) {
  const seen: Seen[] = []
  const readers = new Set<() => void>()

  const first = <E extends Seen>(what: string, wanted: (event: Seen) => event is E) => new Promise<E>((resolve, reject) => {
    const timer = setTimeout(() => {
      readers.delete(look)
      reject(new Error(`${name} did not see ${what} within ${PATIENCE_MS} ms, but ${JSON.stringify(seen)}`))
    }, PATIENCE_MS)
    const look = () => {
      const event = seen.find(wanted)
      if (!event) return
      clearTimeout(timer)
      readers.delete(look)
      resolve(event)
    }
    readers.add(look)
    look()
  })

  return {
    write(event: Seen) {
      seen.push(event)
      for (const look of readers) look()
    },
    heard: () => seen.flatMap((event) => event.kind === 'heard' ? [event.text] : []),
    sees: <K extends Seen['kind']>(kind: K) => first(kind, (event): event is OfKind<K> => event.kind === kind),
    async hears(text: string) {
      await first(`"${text}"`, (event): event is Seen => event.kind === 'heard' && event.text === text)
    },
  }
}
