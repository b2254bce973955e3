import type { MessageSystemAttributeValue, SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs'
import { AwsError } from '../aws-error.ts'
import { uuid } from '../ids.ts'
import type { Context, Operations } from '../service.ts'
import { numberOf } from './attributes.ts'
import { checkBatch, eachEntry } from './batches.ts'
import { md5Of, md5OfAttributes } from './checksums.ts'
import { invalidParameter, missingParameter, notForThisType } from './errors.ts'
import { deduplicated, readGroup } from './fifo.ts'
import { attributeBytes, hasForbidden, storedAttributes } from './message-attributes.ts'
import { checkRange } from './queues.ts'
import type { Sqs } from './sqs.ts'
import { isFifo, type Message, type Queue, type StoredAttribute } from './state.ts'
import { dropExpired } from './stock.ts'

type Sent = Omit<SendMessageBatchRequestEntry, 'Id'>

const MOST_BATCH_BYTES = 1_048_576
const BAD_CHARACTERS = 'Invalid characters found. Valid unicode characters are '
  + '#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF'

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function sendingOperations(sqs: Sqs) {
  return {
    SendMessage({ QueueUrl, ...message }, context) {
      const queue = sqs.find(QueueUrl, context)
      const group = readGroup(queue, message)
      return put(sqs, queue, { ...message, ...group }, senderOf(context))
    },

    SendMessageBatch({ QueueUrl, Entries = [] }, context) {
      const queue = sqs.find(QueueUrl, context)
      checkBatch('SendMessageBatchRequestEntry', Entries)
      const bytes = Entries.reduce((sum, entry) => sum + bytesOf(entry.MessageBody, storedAttributes(entry.MessageAttributes)), 0)
      if (bytes > MOST_BATCH_BYTES)
        throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MOST_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`)
      // What a FIFO queue needs of every entry is asked of the batch as a whole.
      const groups = new Map(Entries.map((entry) => [entry, readGroup(queue, entry, { inBatch: true })]))
      return eachEntry(Entries, (entry) => put(sqs, queue, { ...entry, ...groups.get(entry) }, senderOf(context), { inBatch: true }))
    },
  } satisfies Operations<'sqs'>
}

const senderOf = ({ caller }: Context) => caller.kind === 'service' ? caller.service : caller.userId

const bytesOf = (body = '', attributes?: Record<string, StoredAttribute>) => Buffer.byteLength(body) + attributeBytes(attributes)

function put(sqs: Sqs, queue: Queue, sent: Sent, senderId: string, { inBatch = false } = {}) {
  const { MessageBody: body = '', DelaySeconds, MessageGroupId: groupId, MessageDeduplicationId: deduplicationId } = sent
  const now = sqs.cloud.clock.now()
  const attributes = storedAttributes(sent.MessageAttributes)
  const traceHeader = traceIn(sent.MessageSystemAttributes)
  checkBody(queue, body, attributes, inBatch)
  checkDelay(queue, DelaySeconds)
  dropExpired(queue, now)

  const md5 = md5Of(body)
  const { id, sequenceNumber, isDuplicate } = isFifo(queue)
    ? deduplicated(queue, groupId!, deduplicationId!, now)
    : { id: uuid(), sequenceNumber: undefined, isDuplicate: false }
  if (!isDuplicate) {
    const message: Message = {
      id, body, md5, attributes, traceHeader, senderId, sentAt: now, receiveCount: 0,
      visibleAt: now + (DelaySeconds ?? numberOf(queue, 'DelaySeconds')) * 1000, groupId, deduplicationId, sequenceNumber,
    }
    queue.messages.push(message)
    sqs.changed(queue)
  }
  return {
    MessageId: id, MD5OfMessageBody: md5,
    ...attributes && { MD5OfMessageAttributes: md5OfAttributes(attributes) },
    ...traceHeader && { MD5OfMessageSystemAttributes: md5OfAttributes({ AWSTraceHeader: { type: 'String', text: traceHeader } }) },
    ...sequenceNumber && { SequenceNumber: sequenceNumber },
  }
}

function checkBody(queue: Queue, body: string, attributes: Record<string, StoredAttribute> | undefined, inBatch: boolean) {
  if (body === '') throw missingParameter('MessageBody')
  const most = numberOf(queue, 'MaximumMessageSize')
  if (bytesOf(body, attributes) > most)
    throw invalidParameter(`One or more parameters ${inBatch ? 'cannot be validated' : 'are invalid'}. Reason: Message must be shorter than ${most} bytes.`)
  if (hasForbidden(body)) throw new AwsError('InvalidMessageContents', BAD_CHARACTERS)
}

function checkDelay(queue: Queue, delay: number | undefined) {
  if (isFifo(queue) && delay) throw notForThisType(delay, 'DelaySeconds')
  checkRange(delay, 'DelaySeconds', 0, 900, 'DelaySeconds must be >= 0 and <= 900.')
}

function traceIn(given: Record<string, MessageSystemAttributeValue> = {}): string | undefined {
  const unknown = Object.keys(given).find((name) => name !== 'AWSTraceHeader')
  if (unknown !== undefined) throw invalidParameter(`Message system attribute name '${unknown}' is invalid.`)
  return given.AWSTraceHeader?.StringValue
}
