import { createHash } from 'node:crypto'
import { uuid } from '../ids.ts'
import { invalidParameter, invalidValue, missingParameter } from './errors.ts'
import { isFifo, type Queue } from './state.ts'

const WINDOW_MS = 300_000
/** Sequence numbers have 20 digits and leave gaps. */
const FIRST_SEQUENCE = 18_850_000_000_000_000_000n

type Group = { MessageGroupId?: string, MessageDeduplicationId?: string }

/** Group and deduplication id of a message, the latter made of its body where the queue says so. Throws where a FIFO queue lacks one. */
export function readGroup(queue: Queue, message: Group & { MessageBody?: string }, { inBatch = false } = {}): Group {
  const { MessageBody = '', MessageGroupId, MessageDeduplicationId } = message
  checkId('MessageGroupId', MessageGroupId)
  checkId('MessageDeduplicationId', MessageDeduplicationId)
  if (!isFifo(queue)) {
    if (MessageDeduplicationId !== undefined)
      throw invalidValue(MessageDeduplicationId, 'MessageDeduplicationId', 'The request includes a parameter that is not valid for this queue type.')
    return { MessageGroupId }
  }
  if (MessageGroupId === undefined && inBatch) throw invalidParameter('The request must contain the parameter MessageGroupId.')
  if (MessageGroupId === undefined) throw missingParameter('MessageGroupId')
  if (MessageDeduplicationId !== undefined) return { MessageGroupId, MessageDeduplicationId }
  if (queue.attributes.ContentBasedDeduplication !== 'true')
    throw invalidParameter('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly')
  return { MessageGroupId, MessageDeduplicationId: createHash('sha256').update(MessageBody).digest('hex') }
}

function checkId(parameter: string, id: string | undefined) {
  if (id !== undefined && !/^[!-~]{1,128}$/.test(id))
    throw invalidValue(id, parameter, `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`)
}

/** A message that was sent within the last five minutes already has its id and number, and is not sent again. */
export function deduplicated(queue: Queue, groupId: string, deduplicationId: string, now: number) {
  for (const [key, { until }] of Object.entries(queue.duplicates)) if (until <= now) delete queue.duplicates[key]
  const key = `${queue.attributes.DeduplicationScope === 'messageGroup' ? groupId : ''} ${deduplicationId}`
  const known = queue.duplicates[key]
  if (known) return { id: known.messageId, sequenceNumber: known.sequenceNumber, isDuplicate: true }

  queue.sequence += 1
  const made = { messageId: uuid(), sequenceNumber: String(FIRST_SEQUENCE + 256n * BigInt(queue.sequence)) }
  queue.duplicates[key] = { until: now + WINDOW_MS, ...made }
  return { id: made.messageId, sequenceNumber: made.sequenceNumber, isDuplicate: false }
}
