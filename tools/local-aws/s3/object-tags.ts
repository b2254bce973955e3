import { AwsError } from '../aws-error.ts'
import type { Operations } from '../service.ts'
import { findBucket, type Buckets, type StoredObject, type Tag } from './state.ts'
import { objectOf } from './versions.ts'

const MAX_TAGS = 10

/** Tags of objects, as the garbage collection of the CDK sets them. */
export const objectTagOperations = (buckets: Buckets): Operations<'s3'> => ({
  GetObjectTagging: (input) => ({ TagSet: found(buckets, input).tags ?? [] }),

  PutObjectTagging(input) {
    const object = found(buckets, input)
    object.tags = checked((input.Tagging?.TagSet ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })))
    buckets.changed()
    return {}
  },

  DeleteObjectTagging(input) {
    delete found(buckets, input).tags
    buckets.changed()
    return {}
  },
})

/** `a=1&b=2`, as the header x-amz-tagging has them. Throws AwsError `InvalidTag`. */
export const tagsIn = (header: string | undefined): Tag[] | undefined =>
  header === undefined ? undefined : checked([...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value })))

type Named = { Bucket?: string, Key?: string, ExpectedBucketOwner?: string, VersionId?: string }

function found(buckets: Buckets, input: Named): StoredObject {
  return objectOf(findBucket(buckets, input), input.Key, input.VersionId)
}

function checked(tags: Tag[]) {
  if (tags.length > MAX_TAGS) throw new AwsError('BadRequest', `Object tags cannot be greater than ${MAX_TAGS}`, { status: 400 })
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key', { status: 400 })
  return tags
}
