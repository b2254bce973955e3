import { AwsError } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Principal } from '../service.ts'
import type { Place } from '../store.ts'

type LogEvent = { timestamp: number, message: string }

export type LogWriter = {
  write(message: string): void
  /** Resolves when all that was written has been handed over, or refused. */
  flush(): Promise<void>
}

const MAX_BATCH = 1000

/**
 * Writes one log stream, as the function's role, some events at a time; nobody waits for it.
 * A role that may not write has no logs, which is not an error (D3.8).
 */
export function createLogWriter(cloud: Cloud, place: Place, principal: Principal, group: string, stream: string): LogWriter {
  let waiting: LogEvent[] = []
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
      const logEvents = waiting.slice(0, MAX_BATCH)
      waiting = waiting.slice(MAX_BATCH)
      try {
        if (!isOpen) await openStream()
        await cloud.call('logs', 'PutLogEvents', { logGroupName: group, logStreamName: stream, logEvents }, principal, place)
      } catch {
        isOpen = false // the group may have been deleted, or the role may not write: the next events try again
      }
    }
  }
  return {
    write(message) {
      waiting.push({ timestamp: cloud.clock.now(), message })
      writing ??= new Promise<void>((resolve) => { setImmediate(resolve) }).then(drain).finally(() => { writing = undefined })
    },
    async flush() {
      await writing
      if (waiting.length > 0) await this.flush()
    },
  }
}

const isNamed = (error: unknown, name: string) => error instanceof AwsError && error.name === name

async function unlessExists(creation: Promise<unknown>) {
  try {
    await creation
  } catch (error) {
    if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error
  }
}
