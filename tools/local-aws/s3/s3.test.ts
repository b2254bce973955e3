import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Input, OperationName } from '../service.ts'
import { testCloud } from '../testing.ts'

const Bucket = 'workshop-assets'

describe('S3', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  const callIn = <O extends OperationName<'s3'>>(region: string, operation: O, input: Input<'s3', O>) =>
    aws.cloud.call('s3', operation, input, aws.cloud.authority.internal(aws.place.account), { ...aws.place, region })
  const call = <O extends OperationName<'s3'>>(operation: O, input: Input<'s3', O>) => callIn('us-east-1', operation, input)
  const put = (Key: string, text = Key) => call('PutObject', { Bucket, Key, Body: Buffer.from(text) })
  const read = async (Key: string, more: object = {}) => Buffer.from((await call('GetObject', { Bucket, Key, ...more })).Body as never as Uint8Array).toString()
  const keys = async (input: object) => {
    const { Contents = [], CommonPrefixes = [] } = await call('ListObjectsV2', { Bucket, ...input })
    return [...Contents.map(({ Key }) => Key), ...CommonPrefixes.map(({ Prefix }) => Prefix)]
  }
  const files = async () => (await readdir(path.join(aws.root, aws.place.account, 'global', 's3'))).length

  beforeEach(async () => {
    aws = await testCloud()
    await call('CreateBucket', { Bucket })
  })
  afterEach(() => aws.stop())

  it('keeps tags of objects: given with them, or later, and copied', async () => {
    await call('PutObject', { Bucket, Key: 'a', Body: Buffer.from('a'), Tagging: 'for=ada&x=%26' })
    await call('CopyObject', { Bucket, Key: 'b', CopySource: `${Bucket}/a` })
    const tags = async (Key: string) => (await call('GetObjectTagging', { Bucket, Key })).TagSet
    const given = await tags('a')
    await call('PutObjectTagging', { Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'old', Value: '' }] } })

    assert.deepEqual(given, [{ Key: 'for', Value: 'ada' }, { Key: 'x', Value: '&' }])
    assert.deepEqual(await tags('b'), given)
    assert.deepEqual(await tags('a'), [{ Key: 'old', Value: '' }])
    await call('DeleteObjectTagging', { Bucket, Key: 'a' })
    assert.deepEqual(await tags('a'), [])
    await assert.rejects(call('PutObject', { Bucket, Key: 'a', Body: Buffer.from('a'), Tagging: 'a=1&a=2' }), { name: 'InvalidTag' })
  })

  describe('buckets', () => {
    it('have a location, which is nothing for us-east-1 (H.1)', async () => {
      await callIn('eu-west-1', 'CreateBucket', { Bucket: 'in-ireland', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } })

      assert.equal((await call('GetBucketLocation', { Bucket })).LocationConstraint, undefined)
      assert.equal((await call('GetBucketLocation', { Bucket: 'in-ireland' })).LocationConstraint, 'eu-west-1')
      assert.equal((await call('HeadBucket', { Bucket: 'in-ireland' })).BucketRegion, 'eu-west-1')
    })

    it('are made in the region of the request only', async () => {
      await assert.rejects(callIn('eu-west-1', 'CreateBucket', { Bucket: 'in-ireland' }), { name: 'IllegalLocationConstraintException' })
    })

    it('are not made twice, except in us-east-1', async () => {
      const ireland: Input<'s3', 'CreateBucket'> = { Bucket: 'in-ireland', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }
      await callIn('eu-west-1', 'CreateBucket', ireland)

      await assert.rejects(callIn('eu-west-1', 'CreateBucket', ireland), { name: 'BucketAlreadyOwnedByYou', status: 409 })
      await call('CreateBucket', { Bucket })
    })

    for (const name of ['ab', 'Upper', 'a..b', '1.2.3.4', '-a-', '../etc'])
      it(`are not called ${name}`, () => assert.rejects(call('CreateBucket', { Bucket: name }), { name: 'InvalidBucketName', status: 400 }))

    it('are encrypted with AES256 by default (H.1)', async () => {
      const { ServerSideEncryptionConfiguration } = await call('GetBucketEncryption', { Bucket })

      assert.deepEqual(ServerSideEncryptionConfiguration, { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] })
    })

    it('are listed, and deleted when they are empty', async () => {
      await put('a')
      await assert.rejects(call('DeleteBucket', { Bucket }), { name: 'BucketNotEmpty', status: 409 })

      await call('DeleteObject', { Bucket, Key: 'a' })
      await call('DeleteBucket', { Bucket })

      assert.deepEqual((await call('ListBuckets', {})).Buckets, [])
    })

    it('keep a policy, once they have one', async () => {
      await assert.rejects(call('GetBucketPolicy', { Bucket }), { name: 'NoSuchBucketPolicy', status: 404 })
      await assert.rejects(call('PutBucketPolicy', { Bucket, Policy: 'nonsense' }), { name: 'MalformedPolicy' })

      await call('PutBucketPolicy', { Bucket, Policy: '{"Statement":[]}' })

      assert.equal((await call('GetBucketPolicy', { Bucket })).Policy, '{"Statement":[]}')
    })

    it('remember how their objects are to be kept', async () => {
      assert.deepEqual(await call('GetBucketVersioning', { Bucket }), { Status: undefined })
      await assert.rejects(call('GetBucketLifecycleConfiguration', { Bucket }), { name: 'NoSuchLifecycleConfiguration', status: 404 })
      const Rules = [{ ID: 'old', Status: 'Enabled' as const, Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }]

      await call('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } })
      await call('PutBucketLifecycleConfiguration', { Bucket, LifecycleConfiguration: { Rules } })

      assert.deepEqual(await call('GetBucketVersioning', { Bucket }), { Status: 'Enabled' })
      assert.deepEqual(await call('GetBucketLifecycleConfiguration', { Bucket }), { Rules })
      await call('DeleteBucketLifecycle', { Bucket })
      await assert.rejects(call('GetBucketLifecycleConfiguration', { Bucket }), { name: 'NoSuchLifecycleConfiguration' })
    })

    it('give their objects the encryption that they have by default', async () => {
      const encrypt = (SSEAlgorithm: 'AES256' | 'aws:kms', KMSMasterKeyID?: string) => call('PutBucketEncryption', {
        Bucket, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }] },
      })
      await encrypt('aws:kms')

      assert.equal((await put('a')).ServerSideEncryption, 'aws:kms')
      assert.equal((await call('PutObject', { Bucket, Key: 'b', ServerSideEncryption: 'AES256', Body: Buffer.from('b') })).ServerSideEncryption, 'AES256')
      await encrypt('AES256')
      assert.equal((await call('HeadObject', { Bucket, Key: 'a' })).ServerSideEncryption, 'aws:kms')
      await assert.rejects(encrypt('aws:kms', 'alias/mine'), { name: 'NotImplemented' })
    })

    it('belong to whom the caller expects', async () => {
      await call('ListObjectsV2', { Bucket, ExpectedBucketOwner: aws.place.account })
      await assert.rejects(call('ListObjectsV2', { Bucket, ExpectedBucketOwner: '999999999999' }), { name: 'AccessDenied', status: 403 })
    })

    it('that are missing are said to be (H.1)', async () => {
      await assert.rejects(call('ListObjectsV2', { Bucket: 'nobody' }),
        { name: 'NoSuchBucket', message: 'The specified bucket does not exist', status: 404, fields: { BucketName: 'nobody' } })
      await assert.rejects(call('HeadBucket', { Bucket: 'nobody' }), { name: 'NotFound', message: '', status: 404 })
    })
  })

  describe('objects', () => {
    it('come back as they went in', async () => {
      const { ETag } = await call('PutObject', { Bucket, Key: 'a/b.txt', Body: Buffer.from('hello'), ContentType: 'text/plain', Metadata: { who: 'ada' } })

      const object = await call('GetObject', { Bucket, Key: 'a/b.txt' })
      const head = await call('HeadObject', { Bucket, Key: 'a/b.txt' })

      assert.equal(ETag, '"5d41402abc4b2a76b9719d911017c592"')
      assert.equal(await read('a/b.txt'), 'hello')
      for (const answer of [object, head]) {
        assert.equal(answer.ContentType, 'text/plain')
        assert.equal(answer.ContentLength, 5)
        assert.equal(answer.ETag, ETag)
        assert.deepEqual(answer.Metadata, { who: 'ada' })
      }
    })

    it('may have any key, which never becomes a path', async () => {
      const odd = ['../../escape', '/etc/passwd', '__proto__', 'a\\b', 'ü ñ', '..']
      for (const key of odd) await put(key)

      for (const key of odd) assert.equal(await read(key), key)
      assert.deepEqual((await readdir(aws.root)).filter((name) => name === 'escape'), [])
      assert.equal(await files(), odd.length)
    })

    it('are read in part', async () => {
      await put('a', '0123456789')

      assert.equal(await read('a', { Range: 'bytes=2-4' }), '234')
      assert.equal(await read('a', { Range: 'bytes=7-' }), '789')
      assert.equal(await read('a', { Range: 'bytes=-2' }), '89')
      assert.equal((await call('GetObject', { Bucket, Key: 'a', Range: 'bytes=2-40' })).ContentRange, 'bytes 2-9/10')
      await assert.rejects(call('GetObject', { Bucket, Key: 'a', Range: 'bytes=10-' }), { name: 'InvalidRange', status: 416 })
    })

    it('that are missing are said to be (H.1)', async () => {
      await assert.rejects(call('GetObject', { Bucket, Key: 'a' }), { name: 'NoSuchKey', message: 'The specified key does not exist.', status: 404, fields: { Key: 'a' } })
      await assert.rejects(call('HeadObject', { Bucket, Key: 'a' }), { name: 'NotFound', status: 404 })
      await call('DeleteObject', { Bucket, Key: 'a' })
    })

    it('leave no file behind when they are replaced or deleted', async () => {
      await put('a', 'one')
      await put('a', 'two')
      assert.equal(await read('a'), 'two')
      assert.equal(await files(), 1)

      assert.deepEqual((await call('DeleteObjects', { Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } })).Deleted, [{ Key: 'a' }, { Key: 'b' }])
      assert.equal(await files(), 0)
    })

    it('are put only where there is none, if asked', async () => {
      await put('a')

      await assert.rejects(call('PutObject', { Bucket, Key: 'a', Body: 'b', IfNoneMatch: '*' }), { name: 'PreconditionFailed', status: 412 })
      await assert.rejects(call('GetObject', { Bucket, Key: 'a', IfNoneMatch: '"0cc175b9c0f1b6a831c399e269772661"' }), { name: 'NotModified', status: 304 })
    })

    it('are copied', async () => {
      await call('PutObject', { Bucket, Key: 'a b', Body: 'text', ContentType: 'text/plain' })

      await call('CopyObject', { Bucket, Key: 'c', CopySource: `${Bucket}/a%20b` })

      assert.equal(await read('c'), 'text')
      assert.equal((await call('HeadObject', { Bucket, Key: 'c' })).ContentType, 'text/plain')
    })
  })

  describe('listing', () => {
    beforeEach(async () => { for (const key of ['b/2', 'a', 'b/1', 'c/x/1', 'ü']) await put(key) })

    it('is sorted, and starts where it is asked to', async () => {
      assert.deepEqual(await keys({}), ['a', 'b/1', 'b/2', 'c/x/1', 'ü'])
      assert.deepEqual(await keys({ Prefix: 'b/' }), ['b/1', 'b/2'])
      assert.deepEqual(await keys({ StartAfter: 'b/1', MaxKeys: 1 }), ['b/2'])
    })

    it('counts what goes on alike as one', async () => {
      assert.deepEqual(await keys({ Delimiter: '/' }), ['a', 'ü', 'b/', 'c/'])
      assert.deepEqual(await keys({ Delimiter: '/', Prefix: 'c/' }), ['c/x/'])
    })

    it('goes on page by page', async () => {
      const seen: (string | undefined)[] = []
      let token: string | undefined
      do {
        const page = await call('ListObjectsV2', { Bucket, Delimiter: '/', MaxKeys: 1, ContinuationToken: token })
        seen.push(page.Contents?.[0]?.Key ?? page.CommonPrefixes?.[0]?.Prefix)
        assert.equal(page.KeyCount, 1)
        token = page.NextContinuationToken
        assert.equal(page.IsTruncated, token !== undefined)
      } while (token)

      assert.deepEqual(seen, ['a', 'b/', 'c/', 'ü'])
    })

    it('encodes keys if asked, and refuses tokens that are none', async () => {
      assert.deepEqual(await keys({ EncodingType: 'url', Prefix: 'ü' }), ['%C3%BC'])
      await assert.rejects(keys({ ContinuationToken: '?' }), { name: 'InvalidArgument' })
    })
  })

  describe('uploads in parts', () => {
    const Key = 'big'
    const five = Buffer.alloc(5 * 1024 * 1024, 'x')
    const begin = async () => (await call('CreateMultipartUpload', { Bucket, Key, ContentType: 'text/plain' })).UploadId
    const part = async (UploadId: string | undefined, PartNumber: number, Body: Uint8Array) =>
      ({ PartNumber, ETag: (await call('UploadPart', { Bucket, Key, UploadId, PartNumber, Body })).ETag })

    it('become one object whose ETag tells their number', async () => {
      const UploadId = await begin()
      const Parts = [await part(UploadId, 1, five), await part(UploadId, 2, Buffer.from('end'))]

      const { ETag } = await call('CompleteMultipartUpload', { Bucket, Key, UploadId, MultipartUpload: { Parts } })

      assert.match(ETag ?? '', /^"[0-9a-f]{32}-2"$/)
      const head = await call('HeadObject', { Bucket, Key })
      assert.equal(head.ContentLength, five.length + 3)
      assert.equal(head.ContentType, 'text/plain')
      assert.equal(await files(), 1)
      await assert.rejects(call('ListParts', { Bucket, Key, UploadId }), { name: 'NoSuchUpload' })
    })

    it('refuse parts that are small, unknown or out of order', async () => {
      const UploadId = await begin()
      const [small, end] = [await part(UploadId, 1, Buffer.from('small')), await part(UploadId, 2, Buffer.from('end'))]
      const complete = (...Parts: object[]) => call('CompleteMultipartUpload', { Bucket, Key, UploadId, MultipartUpload: { Parts } })

      await assert.rejects(complete(small, end), { name: 'EntityTooSmall' })
      await assert.rejects(complete(end, small), { name: 'InvalidPartOrder' })
      await assert.rejects(complete({ ...small, ETag: 'x' }), { name: 'InvalidPart' })
    })

    it('leave nothing when they are given up', async () => {
      const UploadId = await begin()
      await part(UploadId, 1, Buffer.from('x'))

      await call('AbortMultipartUpload', { Bucket, Key, UploadId })

      assert.equal(await files(), 0)
      assert.deepEqual((await call('ListMultipartUploads', { Bucket })).Uploads, [])
    })
  })
})
