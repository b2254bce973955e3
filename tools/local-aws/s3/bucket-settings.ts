import type { LifecycleRule, ServerSideEncryptionRule } from '@aws-sdk/client-s3'
import { AwsError, notBuilt } from '../aws-error.ts'
import type { Operations } from '../service.ts'
import { encryptionOf } from './encryption.ts'
import { findBucket, type Buckets } from './state.ts'

/** How a bucket keeps its objects: encrypted by what, in versions, for how long. */
export const bucketSettingOperations = (buckets: Buckets): Operations<'s3'> => ({
  GetBucketEncryption(input) {
    const rules = findBucket(buckets, input).encryption as ServerSideEncryptionRule[] | undefined
    return { ServerSideEncryptionConfiguration: { Rules: rules ?? [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] } }
  },

  PutBucketEncryption(input) {
    const bucket = findBucket(buckets, input)
    const rules = input.ServerSideEncryptionConfiguration?.Rules ?? []
    for (const { ApplyServerSideEncryptionByDefault: byDefault } of rules) encryptionOf(byDefault?.SSEAlgorithm, byDefault?.KMSMasterKeyID)
    bucket.encryption = rules
    buckets.changed()
    return {}
  },

  DeleteBucketEncryption(input) {
    delete findBucket(buckets, input).encryption
    buckets.changed()
    return {}
  },

  GetBucketVersioning: (input) => ({ Status: findBucket(buckets, input).versioning }),

  PutBucketVersioning(input) {
    const bucket = findBucket(buckets, input)
    const { Status, MFADelete } = input.VersioningConfiguration ?? {}
    if (MFADelete === 'Enabled') throw notBuilt('s3 PutBucketVersioning: MFADelete')
    if (Status !== 'Enabled' && Status !== 'Suspended')
      throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', { status: 400 })
    bucket.versioning = Status
    buckets.changed()
    return {}
  },

  GetBucketLifecycleConfiguration(input) {
    const { name, lifecycle } = findBucket(buckets, input)
    if (!lifecycle) throw new AwsError('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', { status: 404, fields: { BucketName: name } })
    return { Rules: lifecycle as LifecycleRule[] }
  },

  /** Differs from AWS: remembered only. Nothing expires here. */
  PutBucketLifecycleConfiguration(input) {
    findBucket(buckets, input).lifecycle = input.LifecycleConfiguration?.Rules ?? []
    buckets.changed()
    return {}
  },

  DeleteBucketLifecycle(input) {
    delete findBucket(buckets, input).lifecycle
    buckets.changed()
    return {}
  },
})
