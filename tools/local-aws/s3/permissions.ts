import type { Cloud } from '../cloud.ts'
import type { Context, Permission } from '../service.ts'
import { copySource } from './objects.ts'
import { bucketsOf } from './state.ts'

/** Operations whose action is not `s3:Operation`. */
const ACTIONS: Record<string, string> = {
  HeadBucket: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
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

type Named = { Bucket?: string, Key?: string, CopySource?: string, Delete?: { Objects?: { Key?: string }[] } }

/**
 * What the caller must be allowed, on the object if there is a key, else on the bucket. The bucket's policy counts too.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function permissions(operation: string, input: Named, { account }: Context, cloud: Cloud): Permission[] {
  const action = ACTIONS[operation] ?? `s3:${operation}`
  const on = (verb: string, bucket: string, key?: string): Permission => ({
    action: verb,
    resource: `arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`,
    resourcePolicy: bucketsOf(cloud, account).data.buckets.find(({ name }) => name === bucket)?.policy,
    // A bucket's ARN does not say whose it is. Those of others are not found here (state.ts).
    conditions: { 'aws:ResourceAccount': account, 's3:ResourceAccount': account },
  })

  const bucket = input.Bucket ?? '*'
  if (operation === 'DeleteObjects') return (input.Delete?.Objects ?? []).map(({ Key }) => on(action, bucket, Key))
  const needed = [on(action, bucket, input.Key)]
  if (operation === 'CopyObject') {
    const source = copySource(input.CopySource?.split('?')[0] ?? '')
    needed.push(on('s3:GetObject', source.bucket, source.key))
  }
  return needed
}
