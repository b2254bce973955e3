import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Input, OperationName } from '../service.ts'
import { testCloud } from '../testing.ts'

const Bucket = 'kept'
const Key = 'a'

describe('versions of objects', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  const call = <O extends OperationName<'s3'>>(operation: O, input: Input<'s3', O>) =>
    aws.cloud.call('s3', operation, input, aws.cloud.authority.internal(aws.place.account), aws.place)
  const versioning = (Status: 'Enabled' | 'Suspended') => call('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } })
  const put = async (text: string, key = Key) => (await call('PutObject', { Bucket, Key: key, Body: Buffer.from(text) })).VersionId
  const remove = (VersionId?: string) => call('DeleteObject', { Bucket, Key, VersionId })
  const read = async (VersionId?: string) => Buffer.from((await call('GetObject', { Bucket, Key, VersionId })).Body as never as Uint8Array).toString()
  const files = async () => (await readdir(path.join(aws.root, aws.place.account, 'global', 's3'))).length
  const listed = async (more: object = {}) => {
    const { Versions = [], DeleteMarkers = [] } = await call('ListObjectVersions', { Bucket, ...more })
    return [...Versions, ...DeleteMarkers].map(({ Key: key, VersionId, IsLatest }) => [key, VersionId, IsLatest])
  }

  beforeEach(async () => {
    aws = await testCloud()
    await call('CreateBucket', { Bucket })
  })
  afterEach(() => aws.stop())

  it('are kept where an object is replaced', async () => {
    const none = await put('one')
    await versioning('Enabled')
    const [second, third] = [await put('two'), await put('three')]

    assert.equal(none, undefined)
    assert.deepEqual([await read(), await read(third), await read(second), await read('null')], ['three', 'three', 'two', 'one'])
    assert.deepEqual(await listed(), [[Key, third, true], [Key, second, false], [Key, 'null', false]])
    assert.equal((await call('HeadObject', { Bucket, Key })).VersionId, third)
    await assert.rejects(read('nothing'), { name: 'NoSuchVersion', status: 404 })
  })

  it('stay behind a marker where an object is deleted, and come back when that is deleted', async () => {
    await versioning('Enabled')
    const first = await put('one')
    const { DeleteMarker, VersionId: marker } = await remove()

    assert.equal(DeleteMarker, true)
    await assert.rejects(read(), { name: 'NoSuchKey', headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker } })
    await assert.rejects(read(marker), { name: 'MethodNotAllowed', status: 405 })
    assert.deepEqual((await call('ListObjectsV2', { Bucket })).KeyCount, 0)
    assert.deepEqual(await listed(), [[Key, first, false], [Key, marker, true]])
    assert.deepEqual(await remove(marker), { VersionId: marker, DeleteMarker: true })
    assert.equal(await read(), 'one')
  })

  it('are gone for ever when they are deleted by name, and the one before is the current one', async () => {
    await versioning('Enabled')
    const [first, second] = [await put('one'), await put('two')]
    await remove(second)
    const before = await read()
    await call('DeleteObjects', { Bucket, Delete: { Objects: [{ Key, VersionId: first }] } })

    assert.equal(before, 'one')
    assert.deepEqual(await listed(), [])
    assert.equal(await files(), 0)
  })

  it('are no longer made once suspended: one called null is replaced', async () => {
    await versioning('Enabled')
    const first = await put('one')
    await versioning('Suspended')
    await put('two')
    await put('three')
    await remove()

    assert.deepEqual(await listed(), [[Key, first, false], [Key, 'null', true]])
    assert.equal(await files(), 1)
  })

  it('keep their bucket', async () => {
    await versioning('Enabled')
    await put('one')
    await remove()

    await assert.rejects(call('DeleteBucket', { Bucket }), { name: 'BucketNotEmpty', message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.' })
  })

  it('are listed by pages, in order of their keys, the newest first', async () => {
    await versioning('Enabled')
    for (const key of ['b', 'a', 'b']) await put(key, key)
    const all = await listed()
    const first = await call('ListObjectVersions', { Bucket, MaxKeys: 2 })
    const second = await listed({ KeyMarker: first.NextKeyMarker, VersionIdMarker: first.NextVersionIdMarker })

    assert.deepEqual(all.map(([key, , isLatest]) => [key, isLatest]), [['a', true], ['b', true], ['b', false]])
    assert.equal(first.IsTruncated, true)
    assert.deepEqual(second, all.slice(2))
    assert.deepEqual(await listed({ KeyMarker: 'a' }), all.slice(1))
    assert.deepEqual(await listed({ Prefix: 'a' }), all.slice(0, 1))
  })

  it('are not asked for by a name that cannot be where there are none', async () => {
    await put('one')

    await assert.rejects(remove('x'), { name: 'InvalidArgument', message: 'Invalid version id specified' })
    await remove('null')
    assert.deepEqual(await listed(), [])
  })
})
