import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { crc32 } from 'node:zlib'
import type { Context, RawAnswer } from '../service.ts'
import { testCloud } from '../testing.ts'
import { dynamodbService } from './index.ts'

const text = ({ body }: RawAnswer) => Buffer.from(body).toString()

describe('DynamoDB from body to body', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  const send = (operation: string, body: string) => {
    const context: Context = { ...aws.place, operation, caller: aws.cloud.authority.internal(aws.place.account), requestId: 'r', baseUrl: '', headers: {} }
    return dynamodbService.passThrough!(aws.cloud, context, Buffer.from(body))
  }

  beforeEach(async () => {
    aws = await testCloud()
    await aws.cloud.call('dynamodb', 'CreateTable', {
      TableName: 'people', BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }, aws.cloud.authority.internal(aws.place.account), aws.place)
  })
  afterEach(() => aws.stop())

  it('answers with the checksum and type that DynamoDB sends', async () => {
    await send('PutItem', '{"TableName":"people","Item":{"id":{"S":"ada"}}}')

    const answer = await send('GetItem', '{"TableName":"people","Key":{"id":{"S":"ada"}}}')

    assert.equal(text(answer!), '{"Item":{"id":{"S":"ada"}}}')
    assert.deepEqual(answer, {
      status: 200, body: answer!.body,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-crc32': String(crc32(answer!.body)) },
    })
  })

  it('answers errors as DynamoDB writes them', async () => {
    const answer = await send('GetItem', '{"TableName":"nobody","Key":{"id":{"S":"ada"}}}')

    assert.equal(answer?.status, 400)
    assert.equal(text(answer), '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}')
  })

  for (const body of ['{', '[]', 'null'])
    it(`refuses ${body} as a body`, async () => {
      assert.equal(text((await send('GetItem', body))!), '{"__type":"com.amazon.coral.service#SerializationException"}')
    })

  it('leaves other operations to the typed ones', () => {
    assert.equal(send('DescribeTable', '{"TableName":"people"}'), undefined)
  })
})

describe('what a caller of DynamoDB must be allowed', () => {
  const context = { account: '111122223333', region: 'eu-west-1' } as Context
  const needed = (operation: Parameters<typeof dynamodbService.permissions>[0], input: object) =>
    dynamodbService.permissions(operation, input, context, undefined as never).map(({ action, resource }) => `${action} ${resource.split(':').at(-1)}`)

  it('is the operation on the table', () => assert.deepEqual(needed('PutItem', { TableName: 'people' }), ['dynamodb:PutItem table/people']))
  it('is the operation on the index that is read', () => assert.deepEqual(needed('Query', { TableName: 'people', IndexName: 'byNick' }), ['dynamodb:Query table/people/index/byNick']))
  it('is one per table for a batch', () =>
    assert.deepEqual(needed('BatchWriteItem', { RequestItems: { a: [], b: [] } }), ['dynamodb:BatchWriteItem table/a', 'dynamodb:BatchWriteItem table/b']))
  it('is on all tables where none is named', () => assert.deepEqual(needed('ListTables', {}), ['dynamodb:ListTables table/*']))
})
