import { invalidHandle, invalidValue } from './errors.ts'
import { isFifo, type Message, type Queue } from './state.ts'

/** AWS's handles begin with these bytes: `AQEB`. */
const MARK = '\u0001\u0001\u0001'

/** The receipt handle of a message that is being received. */
export const handleOf = ({ id }: Queue, message: Message) => Buffer.from(`${MARK}${id}:${message.id}:${message.receipt}`, 'latin1').toString('base64')

const HANDLE = new RegExp(`^${MARK}([a-z0-9]{12}):([0-9a-f-]{36}):([a-z0-9]{16})$`)

/**
 * The message that a handle was given for, if it is still there. A standard queue takes any handle that it ever gave for a message; a FIFO
 * queue takes the last one until it expires. Throws `ReceiptHandleIsInvalid` and `InvalidParameterValue`.
 */
export function messageOf(queue: Queue, handle: string, now: number): Message | undefined {
  const [, queueId, messageId, receipt] = HANDLE.exec(Buffer.from(handle, 'base64').toString('latin1')) ?? []
  if (!queueId) throw invalidHandle(handle)
  const message = queueId === queue.id ? queue.messages.find(({ id }) => id === messageId) : undefined
  const isExpired = message && isFifo(queue) && (message.receipt !== receipt || message.visibleAt <= now)
  if (isExpired) throw invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.')
  return message
}
