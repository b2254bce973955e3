import type { Cloud } from '../cloud.ts'
import type { Place } from '../store.ts'
import { invalidAddress } from './errors.ts'

/** A message attribute as it is kept: bytes in base64. */
export type StoredAttribute = { type: string, text?: string, bytes?: string }

/** Times in milliseconds since the epoch. */
export type Message = {
  id: string
  body: string
  md5: string
  attributes?: Record<string, StoredAttribute>
  traceHeader?: string
  senderId: string
  sentAt: number
  /** before that nobody receives it: it is delayed, or (once received) in flight */
  visibleAt: number
  receiveCount: number
  firstReceivedAt?: number
  /** of the last receipt handle; a FIFO queue takes no other */
  receipt?: string
  groupId?: string
  deduplicationId?: string
  sequenceNumber?: string
  /** the queue from which it came here as a dead letter */
  deadLetterSource?: string
}

export type Queue = {
  name: string
  /** random, in receipt handles: a queue made again knows nothing of the old one's */
  id: string
  createdAt: number
  modifiedAt: number
  purgedAt?: number
  /** as set; what is missing has its default */
  attributes: Record<string, string>
  tags: Record<string, string>
  /** oldest first */
  messages: Message[]
  /** FIFO: how many messages there have been, and which ids of the last five minutes must not come again */
  sequence: number
  duplicates: Record<string, { until: number, messageId: string, sequenceNumber: string }>
}

/** Dead letters that were sent back; `source` and `destination` are ARNs. */
export type MoveTask = { id: string, source: string, destination?: string, rate?: number, startedAt: number, toMove: number, moved: number, failure?: string }

/** `deletedAt` by name: 60 seconds long no queue of that name can be made. `moves`: newest first. */
export type SqsState = { queues: Record<string, Queue>, deletedAt: Record<string, number>, moves?: MoveTask[] }

export const stateOf = (cloud: Cloud, { account, region }: Place) =>
  cloud.store.document<SqsState>('sqs', { account, region }, () => ({ queues: {}, deletedAt: {} }))

export const queueArn = ({ account, region }: Place, name: string) => `arn:aws:sqs:${region}:${account}:${name}`
export const isFifo = ({ attributes }: Queue) => attributes.FifoQueue === 'true'

/** The queue that an ARN names, if it is one of this place. */
export function queueWithArn({ queues }: SqsState, place: Place, arn: string): Queue | undefined {
  const name = arn.slice(arn.lastIndexOf(':') + 1)
  return arn === queueArn(place, name) ? queues[name] : undefined
}

/** What a QueueUrl names, on whatever host. Throws `InvalidAddress`. */
export function readUrl(url = ''): { account: string, name: string } {
  const [, account, name] = /^https?:\/\/[^/]+\/(\d{12})\/([^/?#]+)\/?$/.exec(url) ?? []
  if (!account || !name) throw invalidAddress(url)
  return { account, name }
}

/**
 * The address of a queue. Callers get it with the host that they asked, so that clients which post to a queue's address (SDK v3 without an endpoint
 * of its own does) stay where they are; inside the cloud it is the one of AWS.
 */
export function queueUrl({ account, region }: Place, name: string, host = `sqs.${region}.amazonaws.com`) {
  const scheme = /\.(?:amazonaws\.com|api\.aws)$/.test(host) ? 'https' : 'http'
  return `${scheme}://${host}/${account}/${name}`
}
