import { createHash, randomBytes } from 'node:crypto'
import { randomLower } from '../ids.ts'

const CHECK_BYTES = 4
const ID = /^[\w-]{18}==$/

/**
 * Ids as today's gateway makes them (A6.2): 13 bytes in base64url, 20 characters that end in `==`. Four bytes are the time in seconds,
 * five are random, and four are a check over the others, so that an id that merely looks right is told from one that is gone (A6.8).
 */
export function newConnectionId(now: number) {
  const start = timedBytes(now)
  return encode(Buffer.concat([start, checkOf(start)]))
}

/** Looks like the ids of its connection and shares their ending (A6.3), but is none: it fails the check. */
export function newMessageId(connectionId: string, now: number) {
  const ending = decode(connectionId).subarray(-CHECK_BYTES)
  return encode(Buffer.concat([timedBytes(now), ending]))
}

/** 16 characters that end in `=` (A6.4). */
export const newRequestId = () => encode(randomBytes(11))

/** Whether the gateway could have made this connection id (B2.1). Says nothing about whether the connection lives. */
export function isConnectionId(text: string) {
  if (!ID.test(text)) return false
  const bytes = decode(text)
  return encode(bytes) === text && checkOf(bytes.subarray(0, -CHECK_BYTES)).equals(bytes.subarray(-CHECK_BYTES))
}

/** For the control plane: `length` characters of [a-z0-9] that `taken` does not have yet (C3). */
export function newId(length: number, taken: object) {
  for (;;) {
    const id = randomLower(length)
    if (!Object.hasOwn(taken, id)) return id
  }
}

/** `Root=1-…`, as X-Ray and the gateway write it (A3). */
export const newTraceId = (now: number) => `Root=1-${Math.floor(now / 1000).toString(16)}-${randomBytes(12).toString('hex')}`

function timedBytes(now: number) {
  const bytes = Buffer.alloc(9)
  bytes.writeUInt32BE(Math.floor(now / 1000) % 2 ** 32)
  randomBytes(5).copy(bytes, 4)
  return bytes
}

const checkOf = (bytes: Uint8Array) => createHash('sha256').update('connection').update(bytes).digest().subarray(0, CHECK_BYTES)
const encode = (bytes: Buffer) => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
const decode = (text: string) => Buffer.from(text, 'base64url')
