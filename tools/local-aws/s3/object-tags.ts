import { AwsError } from '../aws-error.ts'
import type { Operations } from '../service.ts'
import { findBucket, findObject, refuseVersion, type Buckets, type StoredObject, type Tag } from './state.ts'

const MAX_TAGS = 10

/** Tags of objects, as the garbage collection of the CDK sets them. */
export const objectTagOperations = (buckets: Buckets): Operations<'s3'> => ({
  GetObjectTagging: (input) => ({ TagSet: objectOf(buckets, input, 'GetObjectTagging').tags ?? [] }),

  PutObjectTagging(input) {
    const object = objectOf(buckets, input, 'PutObjectTagging')
    object.tags = checked((input.Tagging?.TagSet ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })))
    buckets.changed()
    return {}
  },

  DeleteObjectTagging(input) {
    delete objectOf(buckets, input, 'DeleteObjectTagging').tags
    buckets.changed()
    return {}
  },
})

/** `a=1&b=2`, as the header x-amz-tagging has them. Throws AwsError `InvalidTag`. */
export const tagsIn = (header: string | undefined): Tag[] | undefined =>
  header === undefined ? undefined : checked([...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value })))

type Named = { Bucket?: string, Key?: string, ExpectedBucketOwner?: string, VersionId?: string }

function objectOf(buckets: Buckets, input: Named, operation: string): StoredObject {
  refuseVersion(operation, input)
  return findObject(findBucket(buckets, input), input.Key)
}

function checked(tags: Tag[]) {
  if (tags.length > MAX_TAGS) throw new AwsError('BadRequest', `Object tags cannot be greater than ${MAX_TAGS}`, { status: 400 })
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key', { status: 400 })
  return tags
}
