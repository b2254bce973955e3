import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import { notBuilt } from '../aws-error.ts'
import { invalidParameter } from './errors.ts'
import type { StoredAttribute } from './state.ts'

const MAX_ATTRIBUTES = 10

/**
 * Checks the attributes of a message and turns them into what is kept. Throws `InvalidParameterValue`; most of the texts are those of an
 * emulator (U).
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function storedAttributes(given: Record<string, MessageAttributeValue> = {}): Record<string, StoredAttribute> | undefined {
  const entries = Object.entries(given)
  if (entries.length === 0) return undefined
  if (entries.length > MAX_ATTRIBUTES)
    throw invalidParameter(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`)
  return Object.fromEntries(entries.map(([name, value]) => [checkedName(name), storedAttribute(name, value)]))
}

const BAD_NAME = 'Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. '
const RESERVED_NAME = "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. "
  + "Additionally, they cannot start or end with '.'."

function checkedName(name: string) {
  if (name.length > 256) throw invalidParameter('Message (user) attribute names must be shorter than 256 Bytes')
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name))
    throw invalidParameter(BAD_NAME)
  if (/^(?:AWS|Amazon)\.|^\.|\.$/i.test(name))
    throw invalidParameter(RESERVED_NAME)
  return name
}

function storedAttribute(name: string, value: MessageAttributeValue): StoredAttribute {
  const { DataType: type = '', StringValue, BinaryValue, StringListValues, BinaryListValues } = value
  if (StringListValues?.length || BinaryListValues?.length) throw notBuilt('sqs lists in message attributes (AWS has not built them either), which')
  const kind = /^(String|Number|Binary)(?:\..+)?$/.exec(type)?.[1]
  const ofName = 'parameter MessageAttributes.Attribute_name.DataType'
  if (!kind) throw invalidParameter(`Type for ${ofName} must be prefixed with "String", "Binary", or "Number", but was: ${type}`)

  const wanted = kind === 'Binary' ? 'Binary' : 'String'
  const empty = () => invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${wanted}'.`)
  if (kind === 'Binary') {
    if (!BinaryValue?.length) throw empty()
    return { type, bytes: Buffer.from(BinaryValue).toString('base64') }
  }
  if (!StringValue) throw empty()
  if (hasForbidden(StringValue)) throw invalidParameter(`Invalid characters in the value of message (user) attribute '${name}'.`)
  if (kind === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(StringValue))
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`)
  return { type, text: StringValue }
}

/** Text may hold what XML may: tab, line feed, carriage return and everything from the space on, but no half of a pair. */
// oxlint-disable-next-line no-control-regex
export const hasForbidden = (text: string) => /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)

export const givenAttributes = (stored: Record<string, StoredAttribute>): Record<string, MessageAttributeValue> =>
  Object.fromEntries(Object.entries(stored).map(([name, { type, text, bytes }]) =>
    [name, { DataType: type, ...bytes === undefined ? { StringValue: text } : { BinaryValue: Buffer.from(bytes, 'base64') } }]))

/** Those that a receiver asked for: `All`, `.*`, a name, or `prefix.*`. */
export function selectAttributes(stored: Record<string, StoredAttribute> = {}, asked: string[] = []) {
  const isAsked = (name: string) => asked.some((pattern) =>
    pattern === 'All' || pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.replace(/\.?\*$/, ''))))
  return Object.fromEntries(Object.entries(stored).filter(([name]) => isAsked(name)))
}

/** Bytes that count towards the size of a message: names, types and values. */
export const attributeBytes = (stored: Record<string, StoredAttribute> = {}) =>
  Object.entries(stored).reduce((sum, [name, { type, text = '', bytes }]) =>
    sum + Buffer.byteLength(name) + Buffer.byteLength(type) + (bytes === undefined ? Buffer.byteLength(text) : Buffer.byteLength(bytes, 'base64')), 0)
