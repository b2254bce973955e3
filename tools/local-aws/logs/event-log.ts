import { existsSync, readFileSync } from 'node:fs'
import { appendFile, rm } from 'node:fs/promises'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'

/** Times in milliseconds since the epoch; `id` grows with the order of arrival. */
export type LogEvent = { id: number, stream: string, timestamp: number, ingestedAt: number, message: string }

/**
 * The newest events of one group: in memory, and as JSON lines in a file that only grows, until it is twice as long as it needs to be.
 *
 * Differs from AWS: only the newest `MAX_EVENTS` of a group are kept, and no more than `MAX_CHARACTERS` of text.
 */
export type EventLog = {
  /** Oldest first by timestamp; equal ones by arrival. */
  events(): readonly LogEvent[]
  /** Resolves when the events are in the file. */
  append(events: Omit<LogEvent, 'id'>[]): Promise<void>
  /** Forgets a stream's events. */
  drop(stream: string): Promise<void>
  /** Forgets everything, the file too. */
  remove(): Promise<void>
}

export const MAX_EVENTS = 10_000
const MAX_CHARACTERS = 32 * 1024 * 1024

/** @param demandRoom throws where nothing may be written */
export function openEventLog(folder: string, name: string, demandRoom = () => {}): EventLog {
  const file = path.join(folder, `${name}.jsonl`)
  let { events, lines, fileCharacters, torn } = load(file)
  let characters = events.reduce((sum, { message }) => sum + message.length, 0)
  let nextId = (events.at(-1)?.id ?? 0) + 1
  let sorted: LogEvent[] | undefined
  // One write at a time, or lines would mix.
  let writing: Promise<void> = Promise.resolve()
  const queue = (write: () => Promise<void>) => writing = writing.then(write, write)

  const trim = () => {
    let surplus = Math.max(events.length - MAX_EVENTS, 0)
    for (const { message } of events.slice(0, surplus)) characters -= message.length
    while (characters > MAX_CHARACTERS && surplus < events.length - 1) characters -= events[surplus++]!.message.length
    if (surplus > 0) events = events.slice(surplus)
  }
  const rewrite = async () => {
    const [text, count] = [textOf(events), events.length]
    demandRoom()
    await writeFileAtomic(file, text, { fsync: false, mode: 0o600 })
    lines = count
    fileCharacters = text.length
    torn = false
  }

  return {
    events: () => sorted ??= events.toSorted((a, b) => a.timestamp - b.timestamp || a.id - b.id),
    append(added) {
      const stamped = added.map((event) => ({ id: nextId++, ...event }))
      events.push(...stamped)
      for (const { message } of stamped) characters += message.length
      sorted = undefined
      trim()
      return queue(async () => {
        const text = textOf(stamped)
        if (torn || lines + stamped.length > 2 * MAX_EVENTS || fileCharacters + text.length > 2 * MAX_CHARACTERS) return rewrite()
        torn = true // until all of it is there: on a full disk it may be half of it
        demandRoom()
        await appendFile(file, text, { mode: 0o600 })
        torn = false
        lines += stamped.length
        fileCharacters += text.length
      })
    },
    drop(stream) {
      events = events.filter((event) => event.stream !== stream)
      characters = events.reduce((sum, { message }) => sum + message.length, 0)
      sorted = undefined
      return queue(rewrite)
    },
    remove() {
      events = []
      sorted = undefined
      return queue(() => rm(file, { force: true }))
    },
  }
}

const textOf = (events: LogEvent[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('')

/** A process that was killed while it wrote leaves half a line at the end, which is `torn`. */
function load(file: string) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const lines = text.split('\n')
  const torn = lines.pop() !== ''
  const events: LogEvent[] = lines.slice(-MAX_EVENTS).map((line) => JSON.parse(line))
  return { events, lines: lines.length, fileCharacters: text.length, torn }
}
