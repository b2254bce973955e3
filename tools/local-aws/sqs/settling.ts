import type { Context, Operations } from '../service.ts'
import { checkBatch, eachEntry } from './batches.ts'
import { invalidValue } from './errors.ts'
import { messageOf } from './handles.ts'
import { checkRange } from './queues.ts'
import type { Sqs } from './sqs.ts'
import { dropExpired } from './stock.ts'

const MOST_MS = 43_200_000

/** What becomes of messages that were received: deleted, or left invisible for longer or shorter. */
export function settlingOperations(sqs: Sqs) {
  const now = () => sqs.cloud.clock.now()

  function queueOf(url: string | undefined, context: Context) {
    const queue = sqs.find(url, context)
    dropExpired(queue, now())
    return queue
  }

  function remove(queue: ReturnType<typeof queueOf>, handle = '') {
    const message = messageOf(queue, handle, now())
    if (!message) return {} // it was deleted before, which is no failure
    queue.messages = queue.messages.filter((other) => other !== message)
    sqs.changed(queue)
    return {}
  }

  function change(queue: ReturnType<typeof queueOf>, handle = '', timeout = 0) {
    checkRange(timeout, 'VisibilityTimeout', 0, MOST_MS / 1000, 'Must be between 0 and 43200, if provided.')
    const message = messageOf(queue, handle, now())
    if (!message || message.receiveCount === 0)
      throw invalidValue(handle, 'ReceiptHandle', 'Message does not exist or is not available for visibility timeout change.')
    if (message.visibleAt <= now()) return {} // recorded: without effect, but no failure
    message.visibleAt = now() + timeout * 1000
    sqs.changed(queue)
    return {}
  }

  return {
    DeleteMessage: ({ QueueUrl, ReceiptHandle }, context) => remove(queueOf(QueueUrl, context), ReceiptHandle),
    DeleteMessageBatch({ QueueUrl, Entries = [] }, context) {
      const queue = queueOf(QueueUrl, context)
      checkBatch('DeleteMessageBatchRequestEntry', Entries)
      return eachEntry(Entries, ({ ReceiptHandle }) => remove(queue, ReceiptHandle))
    },
    ChangeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout }, context) {
      return change(queueOf(QueueUrl, context), ReceiptHandle, VisibilityTimeout)
    },
    ChangeMessageVisibilityBatch({ QueueUrl, Entries = [] }, context) {
      const queue = queueOf(QueueUrl, context)
      checkBatch('ChangeMessageVisibilityBatchRequestEntry', Entries)
      return eachEntry(Entries, ({ ReceiptHandle, VisibilityTimeout }) => change(queue, ReceiptHandle, VisibilityTimeout))
    },
  } satisfies Operations<'sqs'>
}
