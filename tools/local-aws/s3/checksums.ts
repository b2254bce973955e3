import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { AwsError } from '../aws-error.ts'
import type { ObjectHeaders } from './state.ts'

type Given = Pick<ObjectHeaders, 'ChecksumCRC32' | 'ChecksumCRC32C' | 'ChecksumCRC64NVME' | 'ChecksumSHA1' | 'ChecksumSHA256'> & { ContentMD5?: string }

/**
 * Compares a body with the checksums that came with it; throws AwsError `BadDigest`. Answers those to keep.
 *
 * Differs from AWS: CRC32C and CRC64NVME are kept unchecked, and none is made where none was given.
 */
export function checkDigests(body: Uint8Array, { ContentMD5, ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA1, ChecksumSHA256 }: Given) {
  if (ContentMD5 && ContentMD5 !== digest('md5', body)) throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', { status: 400 })
  demand('CRC32', ChecksumCRC32, () => crc32Of(body))
  demand('SHA1', ChecksumSHA1, () => digest('sha1', body))
  demand('SHA256', ChecksumSHA256, () => digest('sha256', body))
  return { ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA1, ChecksumSHA256 }
}

function demand(name: string, given: string | undefined, make: () => string) {
  if (given && given !== make()) throw new AwsError('BadDigest', `The ${name} you specified did not match the calculated checksum.`, { status: 400 })
}

const digest = (algorithm: string, body: Uint8Array) => createHash(algorithm).update(body).digest('base64')

function crc32Of(body: Uint8Array) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(body))
  return bytes.toString('base64')
}
