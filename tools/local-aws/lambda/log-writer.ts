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

  const tolerate = (names: string[]) => (error: unknown) => {
    if (!(error instanceof AwsError && names.includes(error.name))) throw error
  }
  async function openStream() {
    const names = { logGroupName: group, logStreamName: stream }
    const create = () => cloud.call('logs', 'CreateLogStream', names, principal, place)
    await create().catch(async (error: unknown) => {
      tolerate(['ResourceNotFoundException', 'ResourceAlreadyExistsException'])(error)
      if ((error as AwsError).name === 'ResourceAlreadyExistsException') return
      await cloud.call('logs', 'CreateLogGroup', { logGroupName: group }, principal, place).catch(tolerate(['ResourceAlreadyExistsException']))
      await create()
    })
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
    flush: async () => { while (writing) await writing },
  }
}
