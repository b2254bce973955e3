import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ApiGatewayV2Client, CreateApiCommand, DeleteApiCommand, GetApiCommand, NotFoundException } from '@aws-sdk/client-apigatewayv2'
import { CloudFormationClient, CreateChangeSetCommand, DescribeChangeSetCommand } from '@aws-sdk/client-cloudformation'
import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { GetRoleCommand, IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam'
import { GetFunctionCommand, InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda'
import { GetBucketLocationCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, NotFound, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { AwsError, notBuilt } from '../aws-error.ts'
import { startWire, testKeys, type Received } from './wire-testing.ts'

describe('the wire layer, spoken to by SDK clients', () => {
  let wire: Awaited<ReturnType<typeof startWire>>
  let reply: (received: Received) => unknown
  before(async () => { wire = await startWire({ reply: (received) => reply(received) }) })
  after(() => wire.stop())
  beforeEach(() => { wire.received.length = 0 })
  const refuse = (error: AwsError) => { reply = () => { throw error } }

  it('speaks restJson1: path, query and body in, JSON out', async () => {
    reply = () => ({ ApiId: 'a1b2c3', Name: 'chat', CreatedDate: new Date('2026-01-31T12:00:00Z') })

    const api = await new ApiGatewayV2Client(wire.client).send(new CreateApiCommand({ Name: 'chat', ProtocolType: 'WEBSOCKET', Tags: { a: 'b' } }))

    assert.deepEqual(wire.received[0]?.input, { Name: 'chat', ProtocolType: 'WEBSOCKET', Tags: { a: 'b' } })
    assert.equal(wire.received[0]?.operation, 'CreateApi')
    assert.equal(api.$metadata.httpStatusCode, 201)
    assert.equal(api.CreatedDate?.toISOString(), '2026-01-31T12:00:00.000Z')
  })

  it('answers an empty 204 where the model says so', async () => {
    reply = () => undefined

    const { $metadata } = await new ApiGatewayV2Client(wire.client).send(new DeleteApiCommand({ ApiId: 'a1' }))

    assert.equal($metadata.httpStatusCode, 204)
  })

  it('carries payloads and headers of Lambda', async () => {
    reply = () => ({ StatusCode: 200, Payload: Buffer.from('null'), LogResult: 'TE9H', ExecutedVersion: '$LATEST' })

    const answer = await new LambdaClient(wire.client).send(new InvokeCommand({ FunctionName: 'put me', Payload: '{"a":1}', LogType: 'Tail' }))

    const { FunctionName, LogType, Payload } = wire.received[0]!.input
    assert.deepEqual({ FunctionName, LogType, Payload: Buffer.from(Payload).toString() }, { FunctionName: 'put me', LogType: 'Tail', Payload: '{"a":1}' })
    assert.deepEqual([answer.Payload?.transformToString(), answer.LogResult, answer.ExecutedVersion], ['null', 'TE9H', '$LATEST'])
  })

  it('speaks awsJson', async () => {
    reply = () => ({ Parameter: { Name: '/version', Value: '21', Version: 1, LastModifiedDate: new Date(1_700_000_000_000) } })

    const { Parameter } = await new SSMClient(wire.client).send(new GetParameterCommand({ Name: '/version' }))

    assert.deepEqual(wire.received[0]?.input, { Name: '/version' })
    assert.deepEqual(Parameter, { Name: '/version', Value: '21', Version: 1, LastModifiedDate: new Date(1_700_000_000_000) })
  })

  it('speaks awsQuery', async () => {
    reply = () => ({ Id: 'change', StackId: 'stack & "more"' })

    const answer = await new CloudFormationClient(wire.client).send(new CreateChangeSetCommand({
      StackName: 'ChatStack', ChangeSetName: 'cs', Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'], Parameters: [{ ParameterKey: 'a', ParameterValue: 'b & c' }], IncludeNestedStacks: false,
    }))

    assert.deepEqual(wire.received[0]?.input, {
      StackName: 'ChatStack', ChangeSetName: 'cs', Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'], Parameters: [{ ParameterKey: 'a', ParameterValue: 'b & c' }], IncludeNestedStacks: false,
    })
    assert.deepEqual([answer.Id, answer.StackId], ['change', 'stack & "more"'])
  })

  it('takes account and caller from the key, region and service from the scope', async () => {
    reply = () => ({ Account: '000000000000' })

    await new STSClient(wire.client).send(new GetCallerIdentityCommand({}))

    const { account, region, caller, operation, baseUrl, headers } = wire.received[0]!.context
    assert.deepEqual({ account, region, operation, baseUrl }, { account: '000000000000', region: 'eu-west-1', operation: 'GetCallerIdentity', baseUrl: 'http://127.0.0.1:1' })
    assert.equal(caller.kind, 'user')
    assert.match(headers.authorization!, new RegExp(testKeys.accessKeyId))
  })

  it('tells the request id of the context', async () => {
    reply = () => ({})

    const { $metadata } = await new STSClient(wire.client).send(new GetCallerIdentityCommand({}))

    assert.equal($metadata.requestId, wire.received[0]?.context.requestId)
  })

  describe('S3', () => {
    let s3: S3Client
    before(() => { s3 = new S3Client(wire.client) })

    it('stores and gives bytes', async () => {
      reply = ({ operation }) => operation === 'GetObject' ? { Body: new Uint8Array([0, 255, 10]), ContentType: 'application/zip', ETag: '"e"', Metadata: { a: 'b' } } : { ETag: '"e"' }

      await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: 'a b/c+d é.zip', Body: new Uint8Array([0, 255, 10]), ContentType: 'application/zip' }))
      const got = await s3.send(new GetObjectCommand({ Bucket: 'assets', Key: 'a b/c+d é.zip' }))

      const { Bucket, Key, Body, ContentType } = wire.received[0]!.input
      assert.deepEqual({ Bucket, Key, Body: [...Body], ContentType }, { Bucket: 'assets', Key: 'a b/c+d é.zip', Body: [0, 255, 10], ContentType: 'application/zip' })
      assert.deepEqual([...await got.Body!.transformToByteArray()], [0, 255, 10])
      assert.deepEqual([got.ContentType, got.ETag, got.Metadata], ['application/zip', '"e"', { a: 'b' }])
    })

    it('takes the framing off a stream and keeps its checksum', async () => {
      reply = () => ({})

      await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: 'k', Body: Readable.from([Buffer.alloc(70_000, 1), Buffer.alloc(10, 2)]), ContentLength: 70_010 }))

      const { Body, ContentEncoding, ChecksumCRC32 } = wire.received[0]!.input
      assert.deepEqual([Body.length, Body[69_999], Body[70_000], ContentEncoding], [70_010, 1, 2, undefined])
      assert.match(ChecksumCRC32, /^[\w+/]+=*$/)
    })

    it('lists', async () => {
      reply = () => ({ Name: 'assets', KeyCount: 1, MaxKeys: 1, IsTruncated: false, Contents: [{ Key: 'a&b', Size: 3, LastModified: new Date(1_700_000_000_000) }] })

      const list = await s3.send(new ListObjectsV2Command({ Bucket: 'assets', Prefix: 'a', MaxKeys: 1 }))

      assert.equal(wire.received[0]?.operation, 'ListObjectsV2')
      assert.deepEqual(list.Contents, [{ Key: 'a&b', Size: 3, LastModified: new Date(1_700_000_000_000) }])
    })

    it('gives the region of a bucket as the text of the root element', async () => {
      reply = () => ({ LocationConstraint: 'eu-west-1' })

      const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket: 'assets' }))

      assert.equal(LocationConstraint, 'eu-west-1')
    })

    it('answers HEAD for a missing key with 404 and no body', async () => {
      refuse(new AwsError('NotFound', 'Not Found'))

      await assert.rejects(s3.send(new HeadObjectCommand({ Bucket: 'assets', Key: 'k' })), (error) => {
        assert.ok(error instanceof NotFound)
        assert.equal(error.$metadata.httpStatusCode, 404)
        return true
      })
    })
  })

  describe('errors', () => {
    it('reach restJson1 clients as their classes', async () => {
      refuse(new AwsError('NotFoundException', 'Invalid API identifier specified', { fields: { ResourceType: 'Api' } }))

      await assert.rejects(new ApiGatewayV2Client(wire.client).send(new GetApiCommand({ ApiId: 'x' })), (error) => {
        assert.ok(error instanceof NotFoundException)
        assert.deepEqual([error.message, error.ResourceType, error.$metadata.httpStatusCode], ['Invalid API identifier specified', 'Api', 404])
        return true
      })
    })

    it('carry the fields of Lambda', async () => {
      refuse(new AwsError('ResourceNotFoundException', 'Function not found: f', { fields: { Type: 'User' } }))

      await assert.rejects(new LambdaClient(wire.client).send(new GetFunctionCommand({ FunctionName: 'f' })), (error) => {
        assert.ok(error instanceof ResourceNotFoundException)
        assert.deepEqual([error.message, error.Type, error.$metadata.httpStatusCode], ['Function not found: f', 'User', 404])
        return true
      })
    })

    it('reach awsJson clients as their classes', async () => {
      refuse(new AwsError('ParameterNotFound', ''))
      await assert.rejects(new SSMClient(wire.client).send(new GetParameterCommand({ Name: 'x' })), ParameterNotFound)

      refuse(new AwsError('ConditionalCheckFailedException', 'The conditional request failed', { fields: { Item: { id: { S: 'x' } } } }))
      await assert.rejects(new DynamoDBClient(wire.client).send(new PutItemCommand({ TableName: 't', Item: {} })), (error) => {
        assert.ok(error instanceof ConditionalCheckFailedException)
        assert.deepEqual(error.Item, { id: { S: 'x' } })
        return true
      })
    })

    it('reach awsQuery clients as their classes, by the code of the wire or by the name of the class', async () => {
      for (const name of ['NoSuchEntity', 'NoSuchEntityException']) {
        refuse(new AwsError(name, 'The role with name r cannot be found.'))
        await assert.rejects(new IAMClient(wire.client).send(new GetRoleCommand({ RoleName: 'r' })), (error) => {
          assert.ok(error instanceof NoSuchEntityException)
          assert.deepEqual([error.message, error.$metadata.httpStatusCode], ['The role with name r cannot be found.', 404])
          return true
        })
      }
      refuse(new AwsError('ChangeSetNotFoundException', 'ChangeSet [cs] does not exist'))
      await assert.rejects(new CloudFormationClient(wire.client).send(new DescribeChangeSetCommand({ ChangeSetName: 'cs' })), { name: 'ChangeSetNotFoundException' })
    })

    it('say what is not built', async () => {
      refuse(notBuilt('iam GetRole'))

      await assert.rejects(new IAMClient(wire.client).send(new GetRoleCommand({ RoleName: 'r' })), { name: 'NotImplemented', message: /iam GetRole is not built/ })
    })
  })
})
