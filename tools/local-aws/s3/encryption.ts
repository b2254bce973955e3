import type { ServerSideEncryptionRule } from '@aws-sdk/client-s3'
import { AwsError, notBuilt } from '../aws-error.ts'
import type { Bucket, Encryption } from './state.ts'

/**
 * What a request or a bucket's rule asks for. Without a key it is the one that AWS keeps for S3 in each account.
 * Throws "not built" for keys of one's own: there is no KMS here.
 */
export function encryptionOf(algorithm: string | undefined, key?: string): Encryption | undefined {
  if (key !== undefined) throw notBuilt('s3 encryption with a KMS key of your own')
  if (algorithm === undefined || algorithm === 'AES256' || algorithm === 'aws:kms') return algorithm
  if (algorithm === 'aws:kms:dsse' || algorithm === 'aws:fsx') throw notBuilt(`s3 encryption with ${algorithm}`)
  throw new AwsError('InvalidArgument', 'The encryption method specified is not supported', { status: 400, fields: { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: algorithm } })
}

/** How a new object is encrypted: as the upload says, else as the bucket does by default. */
export function encryptionFor(bucket: Bucket, { ServerSideEncryption, SSEKMSKeyId }: { ServerSideEncryption?: string, SSEKMSKeyId?: string }): Encryption | undefined {
  const [byDefault] = bucket.encryption as ServerSideEncryptionRule[] | undefined ?? []
  return encryptionOf(ServerSideEncryption, SSEKMSKeyId) ?? encryptionOf(byDefault?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm)
}

/** What an answer says of it. */
export const told = (encryption: Encryption = 'AES256') => ({ ServerSideEncryption: encryption })
