import type { Cloud } from '../cloud.ts'
import type { Context, Permission } from '../service.ts'
import { copySource } from './objects.ts'
import { bucketsOf } from './state.ts'

/** Operations whose action is not `s3:Operation`. */
const ACTIONS: Record<string, string> = {
  HeadBucket: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  ListBuckets: 's3:ListAllMyBuckets',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  PutBucketEncryption: 's3:PutEncryptionConfiguration',
  DeleteBucketEncryption: 's3:PutEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
  PutBucketLifecycleConfiguration: 's3:PutLifecycleConfiguration',
  DeleteBucketLifecycle: 's3:PutLifecycleConfiguration',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  DeletePublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  DeleteBucketTagging: 's3:PutBucketTagging',
  HeadObject: 's3:GetObject',
  CopyObject: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  ListParts: 's3:ListMultipartUploadParts',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
  DeleteObjects: 's3:DeleteObject',
}

/** Those whose action is another one where they name a version. */
const OF_VERSIONS: Record<string, string> = {
  GetObject: 's3:GetObjectVersion',
  HeadObject: 's3:GetObjectVersion',
  DeleteObject: 's3:DeleteObjectVersion',
  DeleteObjects: 's3:DeleteObjectVersion',
  GetObjectTagging: 's3:GetObjectVersionTagging',
  PutObjectTagging: 's3:PutObjectVersionTagging',
  DeleteObjectTagging: 's3:DeleteObjectVersionTagging',
}

type Version = { Key?: string, VersionId?: string }
type Named = Version & { Bucket?: string, CopySource?: string, Delete?: { Objects?: Version[] } }

/**
 * What the caller must be allowed, on the object if there is a key, else on the bucket. The bucket's policy counts too.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function permissions(operation: string, input: Named, { account }: Context, cloud: Cloud): Permission[] {
  const actionOn = ({ VersionId }: Version) => (VersionId && OF_VERSIONS[operation]) || (ACTIONS[operation] ?? `s3:${operation}`)
  const on = (verb: string, bucket: string, key?: string): Permission => ({
    action: verb,
    resource: `arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`,
    resourcePolicy: bucketsOf(cloud, account).data.buckets.find(({ name }) => name === bucket)?.policy,
    // A bucket's ARN does not say whose it is. Those of others are not found here (state.ts).
    conditions: { 'aws:ResourceAccount': account, 's3:ResourceAccount': account },
  })

  const bucket = input.Bucket ?? '*'
  if (operation === 'DeleteObjects') return (input.Delete?.Objects ?? []).map((object) => on(actionOn(object), bucket, object.Key))
  const needed = [on(actionOn(input), bucket, input.Key)]
  if (operation === 'CopyObject') {
    const [path = '', version] = input.CopySource?.split('?') ?? []
    const source = copySource(path)
    needed.push(on(version ? 's3:GetObjectVersion' : 's3:GetObject', source.bucket, source.key))
  }
  return needed
}
