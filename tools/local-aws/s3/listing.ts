import type { Operations } from '../service.ts'
import { AwsError } from '../aws-error.ts'
import { ownerId } from './buckets.ts'
import { findBucket, type Bucket, type Buckets, type StoredObject } from './state.ts'

const MAX_KEYS = 1000

export const listingOperations = (buckets: Buckets): Operations<'s3'> => ({
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
  ListObjectsV2(input) {
    const { Prefix, Delimiter, StartAfter, ContinuationToken, EncodingType, FetchOwner } = input
    const bucket = findBucket(buckets, input)
    const MaxKeys = Math.min(input.MaxKeys ?? MAX_KEYS, MAX_KEYS)
    const encode = EncodingType === 'url' ? encodeKey : (text: string) => text

    const after = ContinuationToken ? readToken(ContinuationToken) : StartAfter ?? ''
    const entries = entriesOf(bucket, Prefix, Delimiter).filter(({ key }) => isAfter(key, after))
    const page = entries.slice(0, MaxKeys)
    const isTruncated = entries.length > page.length && MaxKeys > 0

    return {
      Name: bucket.name, Prefix: encode(Prefix ?? ''), Delimiter, MaxKeys, EncodingType, StartAfter, ContinuationToken,
      KeyCount: page.length,
      IsTruncated: isTruncated,
      NextContinuationToken: isTruncated ? Buffer.from(page.at(-1)!.key).toString('base64') : undefined,
      Contents: page.flatMap(({ key, object }) => object ? [{
        Key: encode(key), Size: object.size, ETag: `"${object.etag}"`, LastModified: new Date(object.modifiedAt), StorageClass: 'STANDARD' as const,
        Owner: FetchOwner ? { ID: ownerId(buckets.place.account) } : undefined,
      }] : []),
      CommonPrefixes: page.flatMap(({ key, object }) => object ? [] : [{ Prefix: encode(key) }]),
    }
  },
})

/** What a listing counts: an object, or all keys that go on alike up to the delimiter, as one (then without `object`). */
type Entry = { key: string, object?: StoredObject }

function entriesOf({ objects }: Bucket, prefix = '', delimiter?: string): Entry[] {
  const entries: Entry[] = []
  for (const object of objects) {
    if (!object.key.startsWith(prefix)) continue
    const end = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1
    if (end < 0) entries.push({ key: object.key, object })
    else {
      const common = object.key.slice(0, end + delimiter!.length)
      if (entries.at(-1)?.key !== common) entries.push({ key: common })
    }
  }
  return entries
}

const isAfter = (key: string, after: string) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0

function readToken(token: string) {
  const key = Buffer.from(token, 'base64').toString()
  if (Buffer.from(key).toString('base64') !== token) throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect', { status: 400 })
  return key
}

const encodeKey = (key: string) => encodeURIComponent(key).replaceAll('%2F', '/')
