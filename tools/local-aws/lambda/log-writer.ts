import { AwsError } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Principal } from '../service.ts'
import type { Place } from '../store.ts'

type LogEvent = { timestamp: number, message: string }

export type LogWriter = {
  write(message: string): void
  /** Whether more waits to be written than should; whoever writes may wait until it is `drained`. */
  isFull(): boolean
  drained(): Promise<void>
  /** Resolves when all that was written has been handed over, or refused. */
  flush(): Promise<void>
}

/** PutLogEvents takes so much at a time; each event counts 26 bytes more than its text. */
const MAX_BATCH = { events: 1000, bytes: 1_048_576 }
const EVENT_BYTES = 26
const FULL_BYTES = 4 * MAX_BATCH.bytes

/**
 * Writes one log stream, as the function's role, some events at a time; nobody waits for it.
 * A role that may not write has no logs, which is not an error (D3.8).
 */
export function createLogWriter(cloud: Cloud, place: Place, principal: Principal, group: string, stream: string): LogWriter {
  let waiting: LogEvent[] = []
  let waitingBytes = 0
  let writing: Promise<void> | undefined
  let isOpen = false

  async function openStream() {
    const names = { logGroupName: group, logStreamName: stream }
    const create = () => unlessExists(cloud.call('logs', 'CreateLogStream', names, principal, place))
    try {
      await create()
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error
      await unlessExists(cloud.call('logs', 'CreateLogGroup', { logGroupName: group }, principal, place))
      await create()
    }
    isOpen = true
  }
  async function drain() {
    while (waiting.length > 0) {
      const all = waiting
      waiting = []
      for (const { logEvents, bytes } of batchesOf(all)) {
        try {
          if (!isOpen) await openStream()
          await cloud.call('logs', 'PutLogEvents', { logGroupName: group, logStreamName: stream, logEvents }, principal, place)
        } catch {
          isOpen = false // the group may have been deleted, or the role may not write: the next events try again
        }
        waitingBytes -= bytes
      }
    }
  }
  const writer: LogWriter = {
    write(message) {
      const event = { timestamp: cloud.clock.now(), message }
      waiting.push(event)
      waitingBytes += bytesOf(event)
      writing ??= new Promise<void>((resolve) => { setImmediate(resolve) }).then(drain).finally(() => { writing = undefined })
    },
    isFull: () => waitingBytes > FULL_BYTES,
    async drained() { await writing },
    async flush() {
      await writing
      if (waiting.length > 0) await writer.flush()
    },
  }
  return writer
}

const bytesOf = ({ message }: LogEvent) => Buffer.byteLength(message) + EVENT_BYTES

function* batchesOf(events: LogEvent[]) {
  let logEvents: LogEvent[] = []
  let bytes = 0
  for (const event of events) {
    const more = bytesOf(event)
    if (logEvents.length === MAX_BATCH.events || (logEvents.length > 0 && bytes + more > MAX_BATCH.bytes)) {
      yield { logEvents, bytes }
      logEvents = []
      bytes = 0
    }
    logEvents.push(event)
    bytes += more
  }
  if (logEvents.length > 0) yield { logEvents, bytes }
}

const isNamed = (error: unknown, name: string) => error instanceof AwsError && error.name === name

async function unlessExists(creation: Promise<unknown>) {
  try {
    await creation
  } catch (error) {
    if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error
  }
}
