import { createHash } from 'node:crypto'
import { AwsError } from '../aws-error.ts'
import type { Clock } from '../clock.ts'
import { randomAlphanumeric } from '../ids.ts'
import type { Operations } from '../service.ts'
import { bytesOf, type Bodies } from './bodies.ts'
import { encryptionFor, told } from './encryption.ts'
import { checkKey, checksumsOf, headersOf } from './objects.ts'
import { findBucket, type Bucket, type Buckets, type Part, type Upload } from './state.ts'
import { place } from './versions.ts'

const MIN_PART_BYTES = 5 * 1024 * 1024

/**
 * Uploads in parts, as `@aws-sdk/lib-storage` makes of anything above 5 MB.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export const uploadOperations = (buckets: Buckets, bodies: Bodies, clock: Clock): Operations<'s3'> => ({
  CreateMultipartUpload(input) {
    const bucket = findBucket(buckets, input)
    checkKey(input.Key)
    const upload: Upload = { id: randomAlphanumeric(64), key: input.Key!, startedAt: clock.now(), headers: headersOf(input), encryption: encryptionFor(bucket, input), parts: [] }
    bucket.uploads.push(upload)
    buckets.changed()
    return { Bucket: bucket.name, Key: upload.key, UploadId: upload.id, ...told(upload.encryption) }
  },

  async UploadPart(input) {
    const { upload } = findUpload(buckets, input)
    const number = input.PartNumber!
    if (!(number >= 1 && number <= 10_000)) throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', { status: 400 })

    const part: Part = { number, modifiedAt: clock.now(), ...await bodies.write(bytesOf(input.Body)) }
    const former = upload.parts.find((other) => other.number === number)
    upload.parts = [...upload.parts.filter((other) => other !== former), part].toSorted((a, b) => a.number - b.number)
    buckets.changed()
    if (former) await bodies.remove(former.file)
    return { ETag: `"${part.etag}"`, ...told(upload.encryption), ...checksumsOf(input) }
  },

  ListParts(input) {
    const { bucket, upload } = findUpload(buckets, input)
    return {
      Bucket: bucket.name, Key: upload.key, UploadId: upload.id, IsTruncated: false,
      Parts: upload.parts.map(({ number, size, etag, modifiedAt }) => ({ PartNumber: number, Size: size, ETag: `"${etag}"`, LastModified: new Date(modifiedAt) })),
    }
  },

  async CompleteMultipartUpload(input) {
    const { bucket, upload } = findUpload(buckets, input)
    const parts = chosenParts(upload, input.MultipartUpload?.Parts ?? [])

    const body = Buffer.concat(await Promise.all(parts.map(({ file }) => bodies.read(file))))
    const written = await bodies.write(body)
    const etag = etagOf(parts)
    const { versionId } = await place(buckets, bodies, bucket, { key: upload.key, modifiedAt: clock.now(), headers: upload.headers, encryption: upload.encryption, ...written, etag })
    await forget(buckets, bodies, bucket, upload)
    return { Location: `/${bucket.name}/${upload.key}`, Bucket: bucket.name, Key: upload.key, ETag: `"${etag}"`, VersionId: versionId, ...told(upload.encryption) }
  },

  async AbortMultipartUpload(input) {
    const { bucket, upload } = findUpload(buckets, input)
    await forget(buckets, bodies, bucket, upload)
    return {}
  },

  ListMultipartUploads(input) {
    const bucket = findBucket(buckets, input)
    const found = bucket.uploads.filter(({ key }) => key.startsWith(input.Prefix ?? ''))
    return { Bucket: bucket.name, IsTruncated: false, Uploads: found.map(({ id, key, startedAt }) => ({ UploadId: id, Key: key, Initiated: new Date(startedAt), StorageClass: 'STANDARD' as const })) }
  },
})

function findUpload(buckets: Buckets, input: { Bucket?: string, Key?: string, UploadId?: string, ExpectedBucketOwner?: string }) {
  const bucket = findBucket(buckets, input)
  const upload = bucket.uploads.find(({ id, key }) => id === input.UploadId && key === input.Key)
  if (!upload) throw new AwsError('NoSuchUpload', 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.', { status: 404, fields: { UploadId: input.UploadId } })
  return { bucket, upload }
}

function chosenParts(upload: Upload, named: { PartNumber?: number, ETag?: string }[]): Part[] {
  if (named.length === 0) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', { status: 400 })
  const parts = named.map(({ PartNumber, ETag = '' }) => {
    const part = upload.parts.find(({ number, etag }) => number === PartNumber && etag === ETag.replaceAll('"', ''))
    if (!part) throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part\'s entity tag.', { status: 400 })
    return part
  })
  if (parts.some(({ number }, index) => index > 0 && number <= parts[index - 1]!.number))
    throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.', { status: 400 })
  if (parts.slice(0, -1).some(({ size }) => size < MIN_PART_BYTES))
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', { status: 400 })
  return parts
}

/** MD5 of the parts' MD5s, with their number: how an object tells that it came in parts. */
const etagOf = (parts: Part[]) =>
  `${createHash('md5').update(Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')))).digest('hex')}-${parts.length}`

async function forget(buckets: Buckets, bodies: Bodies, bucket: Bucket, upload: Upload) {
  bucket.uploads = bucket.uploads.filter((other) => other !== upload)
  buckets.changed()
  await bodies.remove(...upload.parts.map(({ file }) => file))
}
