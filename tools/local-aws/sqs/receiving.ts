import type { Message as ReceivedMessage } from '@aws-sdk/client-sqs'
import { AwsError } from '../aws-error.ts'
import { randomLower } from '../ids.ts'
import type { Operations } from '../service.ts'
import { numberOf } from './attributes.ts'
import { md5OfAttributes } from './checksums.ts'
import { unknownAttribute } from './errors.ts'
import { handleOf } from './handles.ts'
import { givenAttributes, selectAttributes } from './message-attributes.ts'
import { checkRange } from './queues.ts'
import type { Sqs } from './sqs.ts'
import type { Message, Queue } from './state.ts'
import { nextDue, receivable } from './stock.ts'

const SYSTEM_ATTRIBUTES = [
  'SenderId', 'SentTimestamp', 'ApproximateReceiveCount', 'ApproximateFirstReceiveTimestamp', 'SequenceNumber', 'MessageDeduplicationId',
  'MessageGroupId', 'AWSTraceHeader', 'DeadLetterQueueSourceArn',
]

type Asked = { AttributeNames?: string[], MessageSystemAttributeNames?: string[], MessageAttributeNames?: string[] }

/**
 * Long polling ends with the first message. Differs from AWS: whoever hangs up while it waits still takes the next message, which comes back
 * after its visibility timeout.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function receivingOperations(sqs: Sqs) {
  const { cloud: { clock } } = sqs
  return {
    async ReceiveMessage(input, context) {
      const { QueueUrl, MaxNumberOfMessages, WaitTimeSeconds, VisibilityTimeout } = input
      checkRange(MaxNumberOfMessages, 'MaxNumberOfMessages', 1, 10, 'Must be between 1 and 10, if provided.')
      checkRange(WaitTimeSeconds, 'WaitTimeSeconds', 0, 20, 'Must be >= 0 and <= 20, if provided.')
      checkRange(VisibilityTimeout, 'VisibilityTimeout', 0, 43_200, 'Must be between 0 and 43200, if provided.')
      const names = [...input.AttributeNames ?? [], ...input.MessageSystemAttributeNames ?? []]
      for (const name of names) if (name !== 'All' && !SYSTEM_ATTRIBUTES.includes(name)) throw unknownAttribute(name)

      const asks = sqs.find(QueueUrl, context)
      const until = clock.now() + (WaitTimeSeconds ?? numberOf(asks, 'ReceiveMessageWaitTimeSeconds')) * 1000
      for (;;) {
        const queue = sqs.find(QueueUrl, context)
        const messages = receivable(sqs, queue, MaxNumberOfMessages ?? 1)
        const now = clock.now()
        if (messages.length > 0) {
          for (const message of messages) take(message, now, (VisibilityTimeout ?? numberOf(queue, 'VisibilityTimeout')) * 1000)
          sqs.document.changed()
          return { Messages: messages.map((message) => shown(queue, message, input)) }
        }
        if (now >= until) return {}
        if (sqs.isStopped()) throw new AwsError('ServiceUnavailable', 'The local AWS has stopped.', { status: 503 })
        await sqs.news(queue, Math.min(until, nextDue(queue, now)) - now)
      }
    },
  } satisfies Operations<'sqs'>
}

function take(message: Message, now: number, visibilityMs: number) {
  message.receiveCount += 1
  message.firstReceivedAt ??= now
  message.visibleAt = now + visibilityMs
  message.receipt = randomLower(16)
}

function shown(queue: Queue, message: Message, input: Asked): ReceivedMessage {
  const { AttributeNames = [], MessageSystemAttributeNames = [], MessageAttributeNames } = input
  const asked = new Set([...AttributeNames, ...MessageSystemAttributeNames])
  const system = Object.entries(systemAttributes(message)).filter(([name, value]) => value !== undefined && (asked.has('All') || asked.has(name)))
  const attributes = selectAttributes(message.attributes, MessageAttributeNames)
  return {
    MessageId: message.id, ReceiptHandle: handleOf(queue, message), MD5OfBody: message.md5, Body: message.body,
    ...system.length > 0 && { Attributes: Object.fromEntries(system) as Record<string, string> },
    ...Object.keys(attributes).length > 0 && { MD5OfMessageAttributes: md5OfAttributes(attributes), MessageAttributes: givenAttributes(attributes) },
  }
}

const systemAttributes = (message: Message): Record<string, string | undefined> => ({
  SenderId: message.senderId, SentTimestamp: String(message.sentAt), ApproximateReceiveCount: String(message.receiveCount),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt), SequenceNumber: message.sequenceNumber,
  MessageDeduplicationId: message.deduplicationId, MessageGroupId: message.groupId, AWSTraceHeader: message.traceHeader, DeadLetterQueueSourceArn: message.deadLetterSource,
})
