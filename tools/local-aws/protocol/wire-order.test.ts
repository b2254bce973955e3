import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { ListTablesCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { CloudEvent } from '../events.ts'
import { sendSigned } from './signed-fetch-testing.ts'
import { startWire, testKeys } from './wire-testing.ts'

const started = async (test: TestContext, options: Parameters<typeof startWire>[0] = {}) => {
  const wire = await startWire(options)
  test.after(() => wire.stop())
  return wire
}
const askSts = (wire: Awaited<ReturnType<typeof startWire>>) => new STSClient(wire.client).send(new GetCallerIdentityCommand({}))

describe('createWireHandler', () => {
  it('loads the SDK client of a service when that is first asked for, and once', async (test) => {
    const wire = await started(test)
    assert.deepEqual(wire.loaded, [])

    await Promise.all([askSts(wire), askSts(wire)])

    assert.deepEqual(wire.loaded, ['sts'])
  })

  it('answers only when the state is on disk', async (test) => {
    const steps: string[] = []
    const wire = await started(test, {
      reply: () => { steps.push('handled') },
      flush: async () => { await new Promise((resolve) => { setImmediate(resolve) }); steps.push('flushed') },
    })

    await askSts(wire)
    steps.push('answered')

    assert.deepEqual(steps, ['handled', 'flushed', 'answered'])
  })

  it('hands the body on, and sends a raw answer as it is', async (test) => {
    const wire = await started(test, { reply: () => ({ status: 200, headers: { 'x-amzn-requestid': 'theirs', 'x-amz-crc32': '1' }, body: Buffer.from('{"TableNames":["t"]}') }) })

    const { TableNames, $metadata } = await new DynamoDBClient(wire.client).send(new ListTablesCommand({ Limit: 5 }))

    assert.deepEqual([TableNames, $metadata.requestId], [['t'], 'theirs'])
    assert.deepEqual(JSON.parse(Buffer.from(wire.received[0]!.body!).toString()), { Limit: 5 })
  })

  it('tells of each request', async (test) => {
    const wire = await started(test)
    const events: CloudEvent[] = []
    wire.events.on((event) => { events.push(event) })

    await askSts(wire)

    const [event] = events
    assert.ok(event?.kind === 'request')
    assert.deepEqual([event.service, event.operation, event.status, event.requestId], ['sts', 'GetCallerIdentity', 200, wire.received[0]?.context.requestId])
  })

  it('names service, operation and request when the fault is its own, and logs the stack once', async (test) => {
    const wire = await started(test, { reply: () => { throw new TypeError('x is undefined') } })
    const logged = test.mock.method(console, 'error', () => {})

    await assert.rejects(new IAMClient(wire.client).send(new GetRoleCommand({ RoleName: 'r' })), (error: any) => {
      assert.deepEqual([error.name, error.$metadata.httpStatusCode], ['InternalFailure', 500])
      assert.match(error.message, new RegExp(`failed in iam GetRole, request ${wire.received[0]!.context.requestId}\\.`))
      assert.doesNotMatch(error.message, /undefined/)
      return true
    })

    assert.equal(logged.mock.callCount(), 1)
    assert.ok(logged.mock.calls[0]?.arguments[1] instanceof TypeError)
  })

  it('answers when the state cannot be written', async (test) => {
    const wire = await started(test, { flush: async () => { throw new Error('disk full') } })
    test.mock.method(console, 'error', () => {})

    await assert.rejects(askSts(wire), { name: 'InternalFailure' })
  })

  it('survives a client that hangs up in the middle of its body', async (test) => {
    const wire = await started(test)
    const { port } = new URL(wire.endpoint)
    const socket = net.connect(Number(port), '127.0.0.1')
    await once(socket, 'connect')

    socket.write('POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 100\r\n\r\nAction=')
    socket.destroy()
    await once(socket, 'close')

    await askSts(wire)
    assert.equal(wire.received.length, 1)
  })

  it('finds the bucket in the Host header', async (test) => {
    const wire = await started(test)
    const headers = { 'host': 'photos.s3.eu-west-1.amazonaws.com', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }

    const { status } = await sendSigned({ endpoint: wire.endpoint, service: 's3', credentials: testKeys }, { method: 'PUT', path: '/a/b', headers, body: 'x' })

    assert.equal(status, 200)
    const { operation, input } = wire.received[0]!
    assert.deepEqual([operation, input.Bucket, input.Key], ['PutObject', 'photos', 'a/b'])
  })

  it('reads awsQuery from the address too', async (test) => {
    const wire = await started(test)

    await sendSigned({ endpoint: wire.endpoint, service: 'iam', credentials: testKeys }, { path: '/?Action=GetRole&RoleName=r&Version=2010-05-08' })

    assert.deepEqual(wire.received[0]?.input, { RoleName: 'r' })
  })

  it('tells S3 operations that share an address apart, without the hint of the SDK', async (test) => {
    const wire = await started(test)
    const asked: [method: string, path: string, operation: string, headers?: Record<string, string>, body?: string][] = [
      ['PUT', '/b/k', 'PutObject'], ['PUT', '/b/k', 'CopyObject', { 'x-amz-copy-source': '/b/o' }],
      ['PUT', '/b/k?partNumber=1&uploadId=u', 'UploadPart'], ['PUT', '/b/k?partNumber=1&uploadId=u', 'UploadPartCopy', { 'x-amz-copy-source': '/b/o' }],
      ['GET', '/', 'ListBuckets'], ['GET', '/b', 'ListObjects'], ['GET', '/b/?list-type=2&prefix=x', 'ListObjectsV2'], ['GET', '/b?versions', 'ListObjectVersions'],
      ['GET', '/b?location', 'GetBucketLocation'], ['GET', '/b/k', 'GetObject'], ['GET', '/b/k/', 'GetObject'], ['GET', '/b/k?uploadId=u', 'ListParts'],
      ['POST', '/b/k?uploads', 'CreateMultipartUpload'], ['POST', '/b/k?uploadId=u', 'CompleteMultipartUpload'], ['POST', '/b?delete', 'DeleteObjects', {}, '<Delete><Object><Key>k</Key></Object></Delete>'],
      ['DELETE', '/b/k', 'DeleteObject'], ['DELETE', '/b/k?uploadId=u', 'AbortMultipartUpload'], ['DELETE', '/b', 'DeleteBucket'],
      ['PUT', '/b', 'CreateBucket'], ['PUT', '/b?versioning', 'PutBucketVersioning', {}, '<VersioningConfiguration/>'], ['HEAD', '/b', 'HeadBucket'], ['HEAD', '/b/k', 'HeadObject'],
    ]

    for (const [method, path, , headers, body] of asked) await sendSigned({ endpoint: wire.endpoint, service: 's3', credentials: testKeys }, { method, path, headers, body })

    assert.deepEqual(wire.received.map(({ operation }) => operation), asked.map(([, , operation]) => operation))
  })

  it('takes paths with and without a slash at the end', async (test) => {
    const wire = await started(test)

    for (const path of ['/2015-03-31/functions', '/2015-03-31/functions/']) await sendSigned({ endpoint: wire.endpoint, service: 'lambda', credentials: testKeys }, { path })

    assert.deepEqual(wire.received.map(({ operation }) => operation), ['ListFunctions', 'ListFunctions'])
  })

  it('keeps ten simultaneous requests apart', async (test) => {
    const wire = await started(test, { reply: ({ input }) => ({ ETag: `"${input.Key}"` }) })
    const s3 = new S3Client(wire.client)

    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => s3.send(new PutObjectCommand({ Bucket: 'b', Key: `k${index}`, Body: 'x' }))))

    assert.deepEqual(answers.map(({ ETag }) => ETag), Array.from({ length: 10 }, (_, index) => `"k${index}"`))
  })
})
