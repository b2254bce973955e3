import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Context } from '../service.ts'
import { testCloud } from '../testing.ts'
import { permissions } from './permissions.ts'

describe('what a caller of S3 must be allowed', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  before(async () => { aws = await testCloud() })
  after(() => aws.stop())
  const needed = (operation: string, input: object) => permissions(operation, input, aws.place as Context, aws.cloud)
  const said = (operation: string, input: object) => needed(operation, input).map(({ action, resource }) => `${action} ${resource}`)

  it('is on the object, if there is a key', () => {
    assert.deepEqual(said('PutObject', { Bucket: 'b', Key: 'k/1' }), ['s3:PutObject arn:aws:s3:::b/k/1'])
    assert.deepEqual(said('HeadObject', { Bucket: 'b', Key: 'k' }), ['s3:GetObject arn:aws:s3:::b/k'])
  })
  it('is on the bucket otherwise', () => {
    assert.deepEqual(said('ListObjectsV2', { Bucket: 'b' }), ['s3:ListBucket arn:aws:s3:::b'])
    assert.deepEqual(said('GetBucketEncryption', { Bucket: 'b' }), ['s3:GetEncryptionConfiguration arn:aws:s3:::b'])
  })
  it('is one per object where several are named', () => {
    assert.deepEqual(said('DeleteObjects', { Bucket: 'b', Delete: { Objects: [{ Key: '1' }, { Key: '2' }] } }), ['s3:DeleteObject arn:aws:s3:::b/1', 's3:DeleteObject arn:aws:s3:::b/2'])
    assert.deepEqual(said('CopyObject', { Bucket: 'b', Key: 'k', CopySource: 'c/x%20y' }), ['s3:PutObject arn:aws:s3:::b/k', 's3:GetObject arn:aws:s3:::c/x y'])
  })
  it('is another one for a version', () => {
    assert.deepEqual(said('GetObject', { Bucket: 'b', Key: 'k', VersionId: 'v' }), ['s3:GetObjectVersion arn:aws:s3:::b/k'])
    assert.deepEqual(said('DeleteObjects', { Bucket: 'b', Delete: { Objects: [{ Key: '1', VersionId: 'v' }, { Key: '2' }] } }), ['s3:DeleteObjectVersion arn:aws:s3:::b/1', 's3:DeleteObject arn:aws:s3:::b/2'])
    assert.deepEqual(said('CopyObject', { Bucket: 'b', Key: 'k', CopySource: 'c/x?versionId=v' }), ['s3:PutObject arn:aws:s3:::b/k', 's3:GetObjectVersion arn:aws:s3:::c/x'])
  })
  it('also depends on the policy of the bucket', async () => {
    const internal = aws.cloud.authority.internal(aws.place.account)
    await aws.cloud.call('s3', 'CreateBucket', { Bucket: 'with-policy' }, internal, aws.place)
    await aws.cloud.call('s3', 'PutBucketPolicy', { Bucket: 'with-policy', Policy: '{"Statement":[]}' }, internal, aws.place)

    assert.equal(needed('GetObject', { Bucket: 'with-policy', Key: 'k' })[0]?.resourcePolicy, '{"Statement":[]}')
  })
})
