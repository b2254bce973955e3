import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { AwsError } from '../aws-error.ts'

const ALGORITHMS: Record<string, (body: Uint8Array) => Buffer> = {
  crc32: (body) => {
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return sum
  },
  sha1: (body) => createHash('sha1').update(body).digest(),
  sha256: (body) => createHash('sha256').update(body).digest(),
}

/**
 * Compares an S3 body with the checksums sent along, in headers or trailers. Throws AwsError `BadDigest` or `InvalidDigest`.
 * Differs from AWS: checksums other than CRC32, SHA1, SHA256 and Content-MD5 are taken as they are.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export function checkChecksums(headers: Record<string, string>, body: Uint8Array) {
  const md5 = headers['content-md5']
  if (md5 !== undefined) {
    if (Buffer.from(md5, 'base64').length !== 16) throw new AwsError('InvalidDigest', 'The Content-MD5 you specified is not valid.', { status: 400 })
    if (createHash('md5').update(body).digest('base64') !== md5)
      throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', { status: 400 })
  }
  for (const [name, compute] of Object.entries(ALGORITHMS)) {
    const declared = headers[`x-amz-checksum-${name}`]
    if (declared !== undefined && compute(body).toString('base64') !== declared)
      throw new AwsError('BadDigest', `The ${name.toUpperCase()} you specified did not match the calculated checksum.`, { status: 400 })
  }
}
