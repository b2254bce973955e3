import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ApiGatewayV2Client, CreateApiCommand, GetApisCommand } from '@aws-sdk/client-apigatewayv2'
import { CreateLogGroupCommand, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { manualClock } from '../clock.ts'
import { sendRaw, sendSigned } from './signed-fetch-testing.ts'
import { startWire, testKeys, testSession } from './wire-testing.ts'

const MINUTE = 60_000

const missing = (place: string) => new RegExp(`^1 validation error detected: Value null at '${place}' failed to satisfy constraint: Member must not be null$`)

describe('a request that is refused before it reaches a service', () => {
  let wire: Awaited<ReturnType<typeof startWire>>
  const clock = manualClock(Date.now())
  before(async () => { wire = await startWire({ clock }) })
  after(() => wire.stop())
  beforeEach(() => { wire.received.length = 0 })

  type Answer = [code: string, status: number]
  const ask = (options: object) => ({
    lambda: () => new LambdaClient({ ...wire.client, ...options }).send(new ListFunctionsCommand({})),
    apigatewayv2: () => new ApiGatewayV2Client({ ...wire.client, ...options }).send(new GetApisCommand({})),
    dynamodb: () => new DynamoDBClient({ ...wire.client, ...options }).send(new ListTablesCommand({})),
    sts: () => new STSClient({ ...wire.client, ...options }).send(new GetCallerIdentityCommand({})),
    s3: () => new S3Client({ ...wire.client, ...options }).send(new ListBucketsCommand({})),
  })
  type Table = Record<keyof ReturnType<typeof ask>, Answer>
  async function expect(options: object, table: Table, message?: RegExp) {
    for (const [service, send] of Object.entries(ask(options))) {
      const [name, status] = table[service as keyof Table]
      await assert.rejects(send(), (error: any) => {
        assert.deepEqual([error.name, error.$metadata?.httpStatusCode], [name, status], service)
        if (message && service !== 's3') assert.match(error.message, message)
        return true
      })
    }
    assert.equal(wire.received.length, 0)
  }

  it('E3.1: nobody has the key', () => expect({ credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } }, {
    lambda: ['UnrecognizedClientException', 403], apigatewayv2: ['UnrecognizedClientException', 403], dynamodb: ['UnrecognizedClientException', 400],
    sts: ['InvalidClientTokenId', 403], s3: ['InvalidAccessKeyId', 403],
  }, /^The security token included in the request is invalid\.$/))

  it('E3.1: the session token belongs to no such session', () => expect({ credentials: { ...testSession, sessionToken: 'other' } }, {
    lambda: ['UnrecognizedClientException', 403], apigatewayv2: ['UnrecognizedClientException', 403], dynamodb: ['UnrecognizedClientException', 400],
    sts: ['InvalidClientTokenId', 403], s3: ['InvalidToken', 400],
  }, /^The security token included in the request is invalid\.$/))

  it('E3.2: the secret is wrong', () => expect({ credentials: { ...testKeys, secretAccessKey: 'wrong' } }, {
    lambda: ['InvalidSignatureException', 403], apigatewayv2: ['InvalidSignatureException', 403], dynamodb: ['InvalidSignatureException', 400],
    sts: ['SignatureDoesNotMatch', 403], s3: ['SignatureDoesNotMatch', 403],
  }, /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\.$/))

  it('E3.3: the session has ended', async () => {
    const later = await startWire({ clock: manualClock(Date.now()) })
    after(() => later.stop())
    later.clock.advance(60 * MINUTE)
    // The SDK's clock is set to the server's, so that only the session is old.
    const options = { endpoint: later.endpoint, credentials: testSession, systemClockOffset: 60 * MINUTE }

    await expect(options, {
      lambda: ['ExpiredTokenException', 403], apigatewayv2: ['ExpiredTokenException', 403], dynamodb: ['ExpiredTokenException', 400],
      sts: ['ExpiredToken', 403], s3: ['ExpiredToken', 400],
    }, /^The security token included in the request is expired$/)
  })

  it('E3.6: it was signed 16 minutes ago', () => expect({ systemClockOffset: -16 * MINUTE }, {
    lambda: ['InvalidSignatureException', 403], apigatewayv2: ['InvalidSignatureException', 403], dynamodb: ['InvalidSignatureException', 400],
    sts: ['SignatureDoesNotMatch', 403], s3: ['RequestTimeTooSkewed', 403],
  }, /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/))

  it('E3.7: it was signed in the future', () => expect({ systemClockOffset: 16 * MINUTE }, {
    lambda: ['InvalidSignatureException', 403], apigatewayv2: ['InvalidSignatureException', 403], dynamodb: ['InvalidSignatureException', 400],
    sts: ['SignatureDoesNotMatch', 403], s3: ['RequestTimeTooSkewed', 403],
  }, /^Signature not yet current: /))

  it('was signed by the wrong clock: the SDK takes over the server\'s and signs anew', async () => {
    const later = await startWire({ clock: manualClock(Date.now() + 3 * 60 * MINUTE) })
    after(() => later.stop())

    await new DynamoDBClient({ ...later.client, maxAttempts: 2 }).send(new ListTablesCommand({}))

    assert.equal(later.received.length, 1)
  })

  describe('E3.4: it is not signed', () => {
    const cases: [what: string, request: Parameters<typeof sendRaw>[1], status: number, body: RegExp][] = [
      ['DynamoDB', { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.Scan', 'content-type': 'application/x-amz-json-1.0' }, body: '{}' }, 400,
        /^{"__type":"com\.amazon\.coral\.service#MissingAuthenticationTokenException","message":"Request is missing Authentication Token"}$/],
      ['API Gateway', { path: '/v2/apis' }, 403, /^{"message":"Missing Authentication Token"}$/],
      ['Lambda', { path: '/2015-03-31/functions/' }, 403, /^{"message":"Missing Authentication Token"}$/],
      ['STS', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=GetCallerIdentity&Version=2011-06-15' }, 403,
        /<Code>MissingAuthenticationToken<\/Code><Message>Request is missing Authentication Token<\/Message>/],
      ['S3', { path: '/bucket/key' }, 403, /<Code>AccessDenied<\/Code><Message>Access Denied<\/Message>/],
    ]
    for (const [what, request, status, body] of cases)
      it(`for ${what}`, async () => {
        const answer = await sendRaw(wire.endpoint, request)

        assert.equal(answer.status, status)
        assert.match(answer.text, body)
      })
  })

  describe('names what was asked for', () => {
    const cases: [what: string, service: string, request: Parameters<typeof sendRaw>[1], status: number, body: RegExp][] = [
      ['a JSON service that is not built', 'kinesis', { method: 'POST', headers: { 'x-amz-target': 'Kinesis_20131202.PutRecord', 'content-type': 'application/x-amz-json-1.0' }, body: '{}' }, 501, /#NotImplemented","message":"kinesis PutRecord is not built/],
      ['a query service that is not built', 'ec2', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=DescribeVpcs' }, 501, /<Code>NotImplemented<\/Code><Message>ec2 DescribeVpcs is not built/],
      ['a REST service that is not built', 'eks', { path: '/v1/clusters' }, 501, /"eks GET \/v1\/clusters is not built/],
      ['an operation that DynamoDB has not', 'dynamodb', { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.Fetch' }, body: '{}' }, 400, /#UnknownOperationException","message":"DynamoDB_20120810\.Fetch is no operation of dynamodb"/],
      ['an action that IAM has not', 'iam', { method: 'POST', body: 'Action=Fetch&Version=2010-05-08' }, 400, /<Code>InvalidAction<\/Code><Message>Could not find operation Fetch for version 2010-05-08/],
      ['no action at all', 'iam', { method: 'POST', body: '' }, 400, /<Code>MissingAction<\/Code>/],
      ['a path that API Gateway v2 has not', 'apigateway', { path: '/v2/restapis' }, 404, /GET \/v2\/restapis is no operation of apigatewayv2/],
      ['a path of API Gateway v1', 'apigateway', { path: '/restapis' }, 501, /API Gateway v1 \(REST APIs\), GET \/restapis, is not built into the local AWS/],
      ['a method that S3 has not', 's3', { method: 'PATCH', path: '/bucket/key' }, 405, /<Code>MethodNotAllowed<\/Code>.*PATCH \/bucket\/key/],
    ]
    for (const [what, service, request, status, body] of cases)
      it(`as ${what}`, async () => {
        const answer = await sendSigned({ endpoint: wire.endpoint, service, credentials: testKeys }, request)

        assert.equal(answer.status, status)
        assert.match(answer.text, body)
      })
  })

  it('lacks a required member', async () => {
    await assert.rejects(new IAMClient(wire.client).send(new GetRoleCommand({} as any)), { name: 'ValidationError', message: missing('roleName') })
    await assert.rejects(new CloudWatchLogsClient(wire.client).send(new CreateLogGroupCommand({} as any)), { name: 'InvalidParameterException', message: missing('logGroupName') })
    await assert.rejects(new ApiGatewayV2Client(wire.client).send(new CreateApiCommand({ ProtocolType: 'WEBSOCKET' } as any)), { name: 'BadRequestException', message: missing('name') })
  })

  describe('is too large', () => {
    const over = Buffer.alloc(1024 * 1024 + 1, 0x20)

    it('for a service with the usual limit', async () => {
      const answer = await sendSigned({ endpoint: wire.endpoint, service: 'ssm', credentials: testKeys }, { method: 'POST', headers: { 'x-amz-target': 'AmazonSSM.GetParameter' }, body: over })

      assert.equal(answer.status, 413)
      assert.match(answer.text, /#RequestEntityTooLargeException","message":"Request must be smaller than 1048576 bytes"/)
    })

    it('without saying so before', async () => {
      const headers = { 'transfer-encoding': 'chunked', 'authorization': 'AWS4-HMAC-SHA256 Credential=A/20260131/us-east-1/iam/aws4_request' }

      const answer = await sendRaw(wire.endpoint, { method: 'POST', headers, body: over })

      assert.equal(answer.status, 413)
      assert.match(answer.text, /<Code>RequestEntityTooLarge<\/Code>/)
    })
  })

  it('was damaged on its way', async () => {
    await assert.rejects(
      new S3Client(wire.client).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'text', ChecksumCRC32: 'AAAAAA==' })),
      { name: 'BadDigest', message: 'The CRC32 you specified did not match the calculated checksum.' },
    )
  })
})
