import { createHash } from 'node:crypto'
import type { StoredAttribute } from './state.ts'

export const md5Of = (data: string | Uint8Array) => createHash('md5').update(data).digest('hex')

const TEXT = 1
const BYTES = 2

/**
 * The checksum of message attributes that SDKs compare: of names in order, each followed by type, kind and value, lengths in front.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: Record<string, StoredAttribute>): string {
  const hash = createHash('md5')
  const add = (data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    hash.update(length).update(data)
  }
  for (const [name, { type, text, bytes }] of Object.entries(attributes).toSorted(([a], [b]) => a < b ? -1 : 1)) {
    add(Buffer.from(name))
    add(Buffer.from(type))
    hash.update(Buffer.from([bytes === undefined ? TEXT : BYTES]))
    add(bytes === undefined ? Buffer.from(text ?? '') : Buffer.from(bytes, 'base64'))
  }
  return hash.digest('hex')
}
