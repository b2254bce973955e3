import { AwsError, notBuilt } from '../aws-error.ts'
import type { Clock } from '../clock.ts'
import type { Operations } from '../service.ts'
import { bytesOf, type Bodies } from './bodies.ts'
import { encryptionFor, told } from './encryption.ts'
import { tagsIn } from './object-tags.ts'
import { findBucket, headOnly, type Bucket, type Buckets, type Checksums, type ObjectHeaders, type StoredObject } from './state.ts'
import { deleteObjects, objectOf, place, versionOf } from './versions.ts'

/** Objects: write, read, copy, delete. @see H.1 (facts) */
export function objectOperations(buckets: Buckets, bodies: Bodies, clock: Clock): Operations<'s3'> {
  return {
    async PutObject(input) {
      const bucket = findBucket(buckets, input)
      checkKey(input.Key)
      demandAbsent(bucket, input)

      const checksums = checksumsOf(input)
      const encryption = encryptionFor(bucket, input)
      const tags = tagsIn(input.Tagging)
      const written = await bodies.write(bytesOf(input.Body))
      const object: StoredObject = { key: input.Key!, modifiedAt: clock.now(), headers: { ...headersOf(input), ...checksums }, encryption, tags, ...written }
      const placed = await place(buckets, bodies, bucket, object)
      return { ETag: `"${object.etag}"`, VersionId: placed.versionId, ...told(encryption), ...checksums }
    },

    async GetObject(input) {
      const bucket = findBucket(buckets, input)
      const { object, body: whole } = await readLatest(bodies, () => {
        const found = objectOf(bucket, input.Key, input.VersionId)
        demandMatch(found, input)
        return found
      })
      const range = input.Range ? rangeOf(input.Range, whole.byteLength) : undefined
      const body = range ? whole.subarray(range.first, range.last + 1) : whole
      return {
        ...headOf(bucket, object, input.ChecksumMode === 'ENABLED' && !range),
        // The protocol layer takes bytes where the SDK's type says stream.
        Body: body as never,
        ContentLength: body.byteLength,
        ContentRange: range && `bytes ${range.first}-${range.last}/${whole.byteLength}`,
      }
    },

    HeadObject(input) {
      const { bucket, object } = headOnly(() => {
        const found = findBucket(buckets, input)
        return { bucket: found, object: objectOf(found, input.Key, input.VersionId) }
      })
      demandMatch(object, input)
      return headOf(bucket, object, input.ChecksumMode === 'ENABLED')
    },

    async CopyObject(input) {
      const bucket = findBucket(buckets, input)
      const encryption = encryptionFor(bucket, input)
      const { object: source, body } = await readLatest(bodies, () => sourceOf(buckets, input.CopySource))
      const written = await bodies.write(body)
      const headers = input.MetadataDirective === 'REPLACE' ? headersOf(input) : source.headers
      const tags = input.TaggingDirective === 'REPLACE' ? tagsIn(input.Tagging) : source.tags
      const object: StoredObject = { key: input.Key!, modifiedAt: clock.now(), headers, encryption, tags, ...written, etag: source.etag }
      const { versionId } = await place(buckets, bodies, bucket, object)
      return { CopyObjectResult: { ETag: `"${object.etag}"`, LastModified: new Date(object.modifiedAt) }, VersionId: versionId, ...told(encryption) }
    },

    async DeleteObject(input) {
      const [deletion] = await deleteObjects(buckets, bodies, findBucket(buckets, input), [{ key: input.Key ?? '', version: input.VersionId }], clock.now())
      return deletion!
    },

    async DeleteObjects(input) {
      const wanted = input.Delete?.Objects ?? []
      const deletings = wanted.map(({ Key: key = '', VersionId: version }) => ({ key, version }))
      const deletions = await deleteObjects(buckets, bodies, findBucket(buckets, input), deletings, clock.now())
      const Deleted = deletions.map(({ DeleteMarker, VersionId }, index) => {
        const { Key, VersionId: named } = wanted[index]!
        return { Key, ...named && { VersionId: named }, ...DeleteMarker && { DeleteMarker, DeleteMarkerVersionId: VersionId } }
      })
      return { Deleted: input.Delete?.Quiet ? undefined : Deleted }
    },
  }
}

/** Reads an object's body; again if the object is replaced between looking and reading. */
async function readLatest(bodies: Bodies, find: () => StoredObject): Promise<{ object: StoredObject, body: Uint8Array }> {
  const object = find()
  try {
    return { object, body: await bodies.read(object.file) }
  } catch (error) {
    if (find().file === object.file) throw error
    return readLatest(bodies, find)
  }
}

export const headersOf = ({ ContentType, ContentEncoding, ContentDisposition, ContentLanguage, CacheControl, Metadata }: ObjectHeaders): ObjectHeaders =>
  ({ ContentType, ContentEncoding, ContentDisposition, ContentLanguage, CacheControl, Metadata })

/**
 * The checksums that came with a body; the protocol layer has compared them.
 *
 * Differs from AWS: none is made where none was given.
 */
export const checksumsOf = ({ ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA1, ChecksumSHA256 }: Checksums): Checksums =>
  ({ ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA1, ChecksumSHA256 })

export function checkKey(key = '') {
  if (Buffer.byteLength(key) > 1024) throw new AwsError('KeyTooLongError', 'Your key is too long', { status: 400, fields: { Size: Buffer.byteLength(key), MaxSizeAllowed: 1024 } })
}

function headOf(bucket: Bucket, object: StoredObject, withChecksums: boolean) {
  return {
    ...headersOf(object.headers),
    ...withChecksums && checksumsOf(object.headers),
    ContentType: object.headers.ContentType ?? 'binary/octet-stream',
    ContentLength: object.size,
    ETag: `"${object.etag}"`,
    LastModified: new Date(object.modifiedAt),
    AcceptRanges: 'bytes',
    ...told(object.encryption),
    VersionId: versionOf(bucket, object),
    TagCount: object.tags?.length || undefined,
  }
}

type Conditions = { IfMatch?: string, IfNoneMatch?: string }
const names = (condition: string, etag: string) => condition === '*' || condition.split(',').some((one) => one.trim().replaceAll('"', '') === etag)

function demandMatch({ etag }: StoredObject, { IfMatch, IfNoneMatch }: Conditions) {
  if (IfMatch && !names(IfMatch, etag)) throw preconditionFailed('If-Match')
  if (IfNoneMatch && names(IfNoneMatch, etag)) throw new AwsError('NotModified', 'Not Modified', { status: 304 })
}

function demandAbsent(bucket: Bucket, { Key, IfMatch, IfNoneMatch }: Conditions & { Key?: string }) {
  if (IfMatch) throw notBuilt('s3 PutObject with If-Match')
  if (IfNoneMatch && bucket.objects.some(({ key }) => key === Key)) throw preconditionFailed('If-None-Match')
}

const preconditionFailed = (condition: string) =>
  new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { status: 412, fields: { Condition: condition } })

/** `bytes=0-9`, `bytes=10-` or `bytes=-5`; anything else means the whole object. */
function rangeOf(range: string, size: number): { first: number, last: number } | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? []
  if (!from && !to) return undefined
  const first = from ? Number(from) : Math.max(size - Number(to), 0)
  const last = from && to ? Math.min(Number(to), size - 1) : size - 1
  if (first > last)
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', { status: 416, fields: { RangeRequested: range, ActualObjectSize: size } })
  return { first, last }
}

function sourceOf(buckets: Buckets, source = ''): StoredObject {
  const [path = '', query] = source.split('?')
  const { bucket, key } = copySource(path)
  return objectOf(findBucket(buckets, { Bucket: bucket }), key, new URLSearchParams(query).get('versionId') ?? undefined)
}

/** `bucket/key` or `/bucket/key`, percent-encoded, as the header x-amz-copy-source has it. Throws AwsError `InvalidArgument`. */
export function copySource(source: string) {
  const [bucket = '', ...key] = decoded(source.replace(/^\//, '')).split('/')
  return { bucket, key: key.join('/') }
}

function decoded(source: string) {
  try {
    return decodeURIComponent(source)
  } catch {
    throw new AwsError('InvalidArgument', 'Invalid copy source encoding', { status: 400, fields: { ArgumentName: 'x-amz-copy-source', ArgumentValue: source } })
  }
}
