import { isDeepStrictEqual } from 'node:util'
import { notBuilt } from '../aws-error.ts'
import { invalidAttributeName, invalidAttributeValue, invalidValue, unknownAttribute } from './errors.ts'
import type { Sqs } from './sqs.ts'
import { isFifo, queueArn, queueWithArn, type Queue } from './state.ts'

type Attributes = Record<string, string | undefined>

/** Numbers: default, least, most. */
const NUMBERS = {
  DelaySeconds: [0, 0, 900],
  MaximumMessageSize: [1_048_576, 1_024, 1_048_576],
  MessageRetentionPeriod: [345_600, 60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 0, 20],
  VisibilityTimeout: [30, 0, 43_200],
} as const
type NumberName = keyof typeof NUMBERS
const isNumber = (name: string): name is NumberName => Object.hasOwn(NUMBERS, name)
const JSONS = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy']
const FIFO_DEFAULTS = { ContentBasedDeduplication: 'false', DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' }
const FIFO_VALUES: Record<string, string[]> = {
  FifoQueue: ['true'], ContentBasedDeduplication: ['true', 'false'], DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
}
const ENCRYPTION = ['SqsManagedSseEnabled', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds']
const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesDelayed', 'ApproximateNumberOfMessagesNotVisible']
const SET_BY_AWS = [...COUNTS, 'CreatedTimestamp', 'LastModifiedTimestamp', 'QueueArn']
const SETTABLE = [...Object.keys(NUMBERS), ...JSONS, ...Object.keys(FIFO_VALUES), ...ENCRYPTION]

/** A setting that is a number, or its default. */
export const numberOf = ({ attributes }: Pick<Queue, 'attributes'>, name: NumberName): number =>
  attributes[name] === undefined ? NUMBERS[name][0] : Number(attributes[name])

/**
 * Checks attributes that are to be set. Throws `InvalidAttributeName`, `InvalidAttributeValue` and `InvalidParameterValue`.
 * @param fifo whether the queue is, or is to become, a FIFO queue
 */
export function checkAttributes(sqs: Sqs, given: Attributes, { fifo, isNew }: { fifo: boolean, isNew: boolean }): void {
  for (const [name, value = ''] of Object.entries(given)) {
    if (!SETTABLE.includes(name)) throw unknownAttribute(name)
    if (isNumber(name)) checkNumber(name, value)
    else if (FIFO_VALUES[name]) checkFifo(name, value, fifo, isNew)
    else if (ENCRYPTION.includes(name)) checkEncryption(name, value)
    else if (value !== '') checkJson(sqs, name, value, fifo)
  }
}

function checkNumber(name: NumberName, value: string) {
  const [, least, most] = NUMBERS[name]
  if (!/^\d{1,9}$/.test(value) || Number(value) < least || Number(value) > most) throw invalidAttributeValue(name)
}

function checkFifo(name: string, value: string, fifo: boolean, isNew: boolean) {
  if (!fifo && (name === 'DeduplicationScope' || name === 'FifoThroughputLimit'))
    throw invalidAttributeName(`You can specify the ${name} only when FifoQueue is set to true.`)
  if (!fifo) throw unknownAttribute(name)
  if (name === 'FifoQueue' && !isNew && value !== 'true') throw invalidAttributeValue(name, 'Modifying queue type is not supported.')
  if (!FIFO_VALUES[name]!.includes(value)) throw invalidAttributeValue(name)
}

function checkEncryption(name: string, value: string) {
  if (name === 'KmsMasterKeyId' && value !== '') throw notBuilt('sqs KmsMasterKeyId')
  if (name === 'SqsManagedSseEnabled' && !/^(?:true|false)$/.test(value)) throw invalidAttributeValue(name)
}

function checkJson(sqs: Sqs, name: string, value: string, fifo: boolean) {
  if (name === 'Policy') {
    if (!sqs.cloud.authority.readsPolicy(value)) throw invalidAttributeValue(name)
    return
  }
  const policy = objectIn(value)
  if (!policy) throw invalidValue(value, name, `${name === 'RedrivePolicy' ? 'Redrive' : 'Redrive allow'} policy is not a valid JSON map.`)
  if (name === 'RedrivePolicy') checkRedrive(sqs, value, policy, fifo)
}

function checkRedrive(sqs: Sqs, value: string, policy: Record<string, unknown>, fifo: boolean) {
  const refuse = (reason: string) => invalidValue(value, 'RedrivePolicy', reason)
  for (const member of ['deadLetterTargetArn', 'maxReceiveCount'])
    if (policy[member] === undefined) throw refuse(`Redrive policy does not contain mandatory attribute: ${member}.`)
  const count = Number(policy.maxReceiveCount)
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw refuse(`Invalid value for maxReceiveCount: ${policy.maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`)

  const target = queueWithArn(sqs.document.data, sqs.place, String(policy.deadLetterTargetArn))
  if (!target) throw refuse('Dead letter target does not exist.')
  if (isFifo(target) !== fifo) throw refuse('Dead letter queue must be same type of queue as the source.')
}

/** Where dead letters go; undefined where they go nowhere. */
export function redriveOf(sqs: Sqs, { attributes }: Queue): { target: Queue, maxReceiveCount: number } | undefined {
  const policy = objectIn(attributes.RedrivePolicy ?? '')
  const target = policy && queueWithArn(sqs.document.data, sqs.place, String(policy.deadLetterTargetArn))
  return target && { target, maxReceiveCount: Number(policy.maxReceiveCount) }
}

/** The ARN of the queue that takes this one's dead letters, whether or not it exists. */
export const deadLetterTarget = ({ attributes }: Queue) => objectIn(attributes.RedrivePolicy ?? '')?.deadLetterTargetArn

/** `attributes` with `given` in them. An empty policy is none, as is an empty value of what has no default. */
export function withAttributes(attributes: Record<string, string>, given: Attributes): Record<string, string> {
  const kept = Object.entries({ ...attributes, ...given }).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
  return Object.fromEntries(kept)
}

/** The first given attribute that an existing queue has otherwise. */
export const firstDifference = (sqs: Sqs, queue: Queue, given: Attributes) => {
  const present = shownAttributes(sqs, queue)
  return Object.entries(given).find(([name, value]) => !isSame(present[name], value))?.[0]
}

function isSame(one = '', other = '') {
  const [a, b] = [objectIn(one), objectIn(other)]
  return one === other || (a !== undefined && b !== undefined && isDeepStrictEqual(a, b))
}

/** What GetQueueAttributes shows for `names`. Throws `InvalidAttributeName`. */
export function selectedAttributes(sqs: Sqs, queue: Queue, names: string[]): Record<string, string> {
  for (const name of names) if (name !== 'All' && !SETTABLE.includes(name) && !SET_BY_AWS.includes(name)) throw unknownAttribute(name)
  return Object.fromEntries(Object.entries(shownAttributes(sqs, queue)).filter(([name]) => names.includes('All') || names.includes(name)))
}

function shownAttributes({ cloud, place }: Sqs, queue: Queue): Record<string, string> {
  const now = cloud.clock.now()
  const hidden = queue.messages.filter(({ visibleAt }) => visibleAt > now)
  const inFlight = hidden.filter(({ receiveCount }) => receiveCount > 0).length
  const counts = [queue.messages.length - hidden.length, hidden.length - inFlight, inFlight]
  return {
    ...Object.fromEntries(COUNTS.map((name, index) => [name, String(counts[index])])),
    ...Object.fromEntries(Object.entries(NUMBERS).map(([name, [normal]]) => [name, String(normal)])),
    ...isFifo(queue) && FIFO_DEFAULTS,
    SqsManagedSseEnabled: 'true',
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
    QueueArn: queueArn(place, queue.name),
    ...queue.attributes,
  }
}

const seconds = (ms: number) => String(Math.floor(ms / 1000))

function objectIn(json: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
