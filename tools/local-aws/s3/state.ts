import { AwsError } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Document } from '../store.ts'

/** An object's body is the file `file` of the service's folder. `modifiedAt` in milliseconds since the epoch, `etag` without quotes. */
export type StoredObject = {
  key: string
  file: string
  size: number
  etag: string
  modifiedAt: number
  /** as given at the upload: ContentType, Metadata, checksums … in the SDK's spelling */
  headers: ObjectHeaders
  /** absent: AES256 */
  encryption?: Encryption
  tags?: Tag[]
  /** absent: the one that is called `null` */
  versionId?: string
}
/** A version that is not the current one, or without `object` a delete marker. `at` in milliseconds since the epoch. */
export type Former = { key: string, versionId?: string, at: number, object?: StoredObject }
export type Tag = { Key: string, Value: string }
export type ObjectHeaders = {
  ContentType?: string, ContentEncoding?: string, ContentDisposition?: string, ContentLanguage?: string, CacheControl?: string
  Metadata?: Record<string, string>
} & Checksums
export type Checksums = { ChecksumCRC32?: string, ChecksumCRC32C?: string, ChecksumCRC64NVME?: string, ChecksumSHA1?: string, ChecksumSHA256?: string }

/** With S3's own keys, or with a key of KMS. Differs from AWS: a word only, bodies are kept as they are. */
export type Encryption = 'AES256' | 'aws:kms'

export type Upload = { id: string, key: string, startedAt: number, headers: ObjectHeaders, encryption?: Encryption, parts: Part[] }
export type Part = { number: number, file: string, size: number, etag: string, modifiedAt: number }

export type Bucket = {
  name: string
  region: string
  createdAt: number
  /** sorted by key, in the order of UTF-8 bytes */
  objects: StoredObject[]
  /** of all keys, oldest first; a bucket without versions has none */
  former?: Former[]
  uploads: Upload[]
  policy?: string
  encryption?: object[]
  publicAccessBlock?: object
  lifecycle?: object[]
  versioning?: 'Enabled' | 'Suspended'
  tags?: Tag[]
}

export type Buckets = Document<{ buckets: Bucket[] }>

/**
 * The buckets of an account, of all regions.
 *
 * Differs from AWS: buckets of other accounts are not found, their names may be used again, and every region answers for every bucket.
 */
export const bucketsOf = (cloud: Cloud, account: string): Buckets =>
  cloud.store.document('s3', { account, region: 'global' }, () => ({ buckets: [] as Bucket[] }))

/** The names of the files that hold the bodies of objects and parts. */
export const bodyFiles = (cloud: Cloud, { account }: { account: string }) =>
  bucketsOf(cloud, account).data.buckets.flatMap(({ objects, former = [], uploads }) => [...objects, ...former.flatMap(({ object }) => object ?? []), ...uploads.flatMap(({ parts }) => parts)].map(({ file }) => file))

/** Throws AwsError `NoSuchBucket` (H.1), or `AccessDenied` when the bucket was expected to be another account's. */
export function findBucket(buckets: Buckets, { Bucket: name = '', ExpectedBucketOwner }: { Bucket?: string, ExpectedBucketOwner?: string }): Bucket {
  const bucket = buckets.data.buckets.find((candidate) => candidate.name === name)
  if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404, fields: { BucketName: name } })
  if (ExpectedBucketOwner && ExpectedBucketOwner !== buckets.place.account) throw new AwsError('AccessDenied', 'Access Denied', { status: 403 })
  return bucket
}

export const noSuchKey = (key: string, headers: Record<string, string> = {}) =>
  new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, fields: { Key: key }, headers })

/** Answers to HEAD have no body, so S3 has one code for everything that is missing. */
export function headOnly<T>(find: () => T): T {
  try {
    return find()
  } catch (error) {
    if (error instanceof AwsError && error.status === 404) throw new AwsError('NotFound', '', { status: 404, headers: error.headers })
    throw error
  }
}

export const byUtf8 = (a: { key: string }, b: { key: string }) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))
