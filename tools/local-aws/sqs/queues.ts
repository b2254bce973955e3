import { AwsError } from '../aws-error.ts'
import { randomLower } from '../ids.ts'
import type { Operations } from '../service.ts'
import { checkAttributes, deadLetterTarget, firstDifference, selectedAttributes, withAttributes } from './attributes.ts'
import { deletedRecently, invalidParameter, invalidValue, nameExists, queueDoesNotExist } from './errors.ts'
import { pageOf } from './pages.ts'
import { isQuery, type Sqs } from './sqs.ts'
import { isFifo, queueArn, queueUrl, type Queue } from './state.ts'

/** No queue takes the name of one that was deleted so short a time ago; nor can one be purged twice in it. */
const PAUSE_MS = 60_000

/** Queues themselves: make, find, change, empty, delete. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/ */
export function queueOperations(sqs: Sqs) {
  const { cloud, place, document, find } = sqs
  const { queues, deletedAt } = document.data
  const now = () => cloud.clock.now()

  return {
    CreateQueue({ QueueName: name = '', Attributes = {}, tags = {} }, { headers }) {
      const fifo = Attributes.FifoQueue !== undefined && Attributes.FifoQueue !== 'false'
      checkName(name, fifo)
      checkAttributes(sqs, Attributes, { fifo, isNew: true })
      const QueueUrl = queueUrl(place, name, headers.host)
      if (queues[name]) {
        const difference = firstDifference(sqs, queues[name], Attributes)
        if (difference) throw nameExists(difference)
        return { QueueUrl }
      }
      if ((deletedAt[name] ?? -Infinity) + PAUSE_MS > now())
        throw deletedRecently()

      queues[name] = {
        name, id: randomLower(12), createdAt: now(), modifiedAt: now(), attributes: withAttributes({}, Attributes), tags: { ...tags },
        messages: [], sequence: 0, duplicates: {},
      }
      document.changed()
      return { QueueUrl }
    },

    GetQueueUrl({ QueueName: name = '' }, { headers }) {
      if (!queues[name]) throw queueDoesNotExist(isQuery(headers))
      return { QueueUrl: queueUrl(place, name, headers.host) }
    },

    ListQueues({ QueueNamePrefix = '', MaxResults, NextToken }, { headers }) {
      const { names, next } = pageOf(Object.keys(queues).filter((name) => name.startsWith(QueueNamePrefix)), MaxResults, NextToken)
      return { ...names.length > 0 && { QueueUrls: names.map((name) => queueUrl(place, name, headers.host)) }, ...next && { NextToken: next } }
    },

    ListDeadLetterSourceQueues({ QueueUrl, MaxResults, NextToken }, context) {
      const arn = queueArn(place, find(QueueUrl, context).name)
      const { names, next } = pageOf(Object.keys(queues).filter((name) => deadLetterTarget(queues[name]!) === arn), MaxResults, NextToken)
      return { queueUrls: names.map((name) => queueUrl(place, name, context.headers.host)), ...next && { NextToken: next } }
    },

    GetQueueAttributes({ QueueUrl, AttributeNames = [] }, context) {
      const Attributes = selectedAttributes(sqs, find(QueueUrl, context), AttributeNames)
      return Object.keys(Attributes).length > 0 ? { Attributes } : {}
    },

    SetQueueAttributes({ QueueUrl, Attributes = {} }, context) {
      const queue = find(QueueUrl, context)
      checkAttributes(sqs, Attributes, { fifo: isFifo(queue), isNew: false })
      queue.attributes = withAttributes(queue.attributes, Attributes)
      queue.modifiedAt = now()
      sqs.changed(queue)
      return {}
    },

    DeleteQueue({ QueueUrl }, context) {
      const queue = find(QueueUrl, context)
      delete queues[queue.name]
      forgetOld(deletedAt, now())
      deletedAt[queue.name] = now()
      sqs.changed(queue)
      return {}
    },

    PurgeQueue({ QueueUrl }, context) {
      const queue = find(QueueUrl, context)
      if ((queue.purgedAt ?? -Infinity) + PAUSE_MS > now())
        throw new AwsError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`)
      queue.purgedAt = now()
      queue.messages = []
      sqs.changed(queue)
      return {}
    },

    ListQueueTags({ QueueUrl }, context) {
      const { tags } = find(QueueUrl, context)
      return Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {}
    },
    TagQueue({ QueueUrl, Tags = {} }, context) {
      const queue = find(QueueUrl, context)
      return retag(queue, { ...queue.tags, ...Tags })
    },
    UntagQueue({ QueueUrl, TagKeys = [] }, context) {
      const queue = find(QueueUrl, context)
      return retag(queue, Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !TagKeys.includes(key))))
    },
  } satisfies Operations<'sqs'>

  function retag(queue: Queue, tags: Record<string, string>) {
    if (Object.keys(tags).length > MAX_TAGS) throw invalidParameter(`Too many tags for queue: ${queueArn(place, queue.name)}.`)
    queue.tags = tags
    document.changed()
    return {}
  }
}

const MAX_TAGS = 50
const BAD_FIFO_NAME = 'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, '
  + 'must end with .fifo suffix and be 1 to 80 in length.'
const BAD_NAME = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'

function checkName(name: string, fifo: boolean) {
  if (fifo && !/^[\w-]{1,75}\.fifo$/.test(name)) throw invalidParameter(BAD_FIFO_NAME)
  if (!fifo && !/^[\w-]{1,80}$/.test(name)) throw invalidParameter(BAD_NAME)
}

function forgetOld(deletedAt: Record<string, number>, now: number) {
  for (const [name, at] of Object.entries(deletedAt)) if (at + PAUSE_MS <= now) delete deletedAt[name]
}

export const checkRange = (value: number | undefined, parameter: string, least: number, most: number, reason: string) => {
  if (value !== undefined && (!Number.isInteger(value) || value < least || value > most)) throw invalidValue(value, parameter, reason)
}
