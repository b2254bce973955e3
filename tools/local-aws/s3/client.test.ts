import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteObjectCommand, DeleteObjectsCommand, GetBucketEncryptionCommand, GetBucketLocationCommand,
  GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand, NoSuchKey, NotFound, PutBucketVersioningCommand, PutObjectCommand, S3Client, UploadPartCommand,
} from '@aws-sdk/client-s3'
import { startTestCloud } from '../testing.ts'

const Bucket = 'workshop-assets'

describe('S3 through the SDK client', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  let client: S3Client
  before(async () => {
    aws = await startTestCloud()
    client = new S3Client({ ...aws.client, forcePathStyle: true })
    await client.send(new CreateBucketCommand({ Bucket }))
  })
  after(async () => {
    client.destroy()
    await aws.stop()
  })

  it('puts, heads, reads, lists and deletes an object', async () => {
    const Key = 'dir/ü & +.txt'
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'text/plain', ChecksumAlgorithm: 'SHA256', Metadata: { who: 'ada' } }))

    const head = await client.send(new HeadObjectCommand({ Bucket, Key }))
    const object = await client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }))
    const list = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'dir/' }))

    assert.equal(head.ContentLength, 5)
    assert.equal(head.ETag, '"5d41402abc4b2a76b9719d911017c592"')
    assert.equal(await object.Body?.transformToString(), 'hello')
    assert.equal(object.ContentType, 'text/plain')
    assert.deepEqual(object.Metadata, { who: 'ada' })
    assert.equal(object.ChecksumSHA256, 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=')
    assert.deepEqual(list.Contents?.map((entry) => [entry.Key, entry.Size]), [[Key, 5]])

    const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } }))
    assert.deepEqual(Deleted, [{ Key }])
  })

  it('reads a part', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'digits', Body: '0123456789' }))

    const part = await client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=2-4' }))

    assert.equal(await part.Body?.transformToString(), '234')
    assert.equal(part.ContentRange, 'bytes 2-4/10')
  })

  it('answers what the CDK asks of its bucket', async () => {
    const bootstrapped = { Bucket: `cdk-hnb659fds-assets-${aws.account}-${aws.region}`, ExpectedBucketOwner: aws.account }

    assert.equal((await client.send(new GetBucketLocationCommand(bootstrapped))).LocationConstraint, undefined)
    const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand(bootstrapped))
    assert.equal(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, 'aws:kms')
    assert.equal((await client.send(new ListObjectsV2Command({ ...bootstrapped, Prefix: 'x', MaxKeys: 1 }))).KeyCount, 0)
  })

  it('keeps versions where it is told to', async () => {
    const [versioned, Key] = ['workshop-versions', 'a b']
    await client.send(new CreateBucketCommand({ Bucket: versioned }))
    await client.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration: { Status: 'Enabled' } }))
    const { VersionId: first } = await client.send(new PutObjectCommand({ Bucket: versioned, Key, Body: 'one' }))
    await client.send(new PutObjectCommand({ Bucket: versioned, Key, Body: 'two' }))
    const { DeleteMarker } = await client.send(new DeleteObjectCommand({ Bucket: versioned, Key }))

    const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket: versioned }))
    assert.deepEqual([DeleteMarker, Versions?.map(({ Key: key, Size, IsLatest }) => [key, Size, IsLatest]), DeleteMarkers?.map(({ IsLatest }) => IsLatest)], [true, [[Key, 3, false], [Key, 3, false]], [true]])
    assert.equal(await (await client.send(new GetObjectCommand({ Bucket: versioned, Key, VersionId: first }))).Body?.transformToString(), 'one')
  })

  it('throws the classes that people catch', async () => {
    await assert.rejects(client.send(new GetObjectCommand({ Bucket, Key: 'nothing' })), (error) => error instanceof NoSuchKey && error.message === 'The specified key does not exist.')
    await assert.rejects(client.send(new HeadObjectCommand({ Bucket, Key: 'nothing' })), (error) => error instanceof NotFound)
    await assert.rejects(client.send(new ListObjectsV2Command({ Bucket: 'nobodys-bucket' })), { name: 'NoSuchBucket', message: 'The specified bucket does not exist' })
  })

  it('takes an upload in parts', async () => {
    const Key = 'big'
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))
    const bodies = [Buffer.alloc(5 * 1024 * 1024, 'x'), Buffer.from('end')]
    const Parts = await Promise.all(bodies.map(async (Body, index) =>
      ({ PartNumber: index + 1, ETag: (await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: index + 1, Body }))).ETag })))

    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }))

    assert.equal((await client.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength, 5 * 1024 * 1024 + 3)
  })
})
