import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  ConditionalCheckFailedException, CreateTableCommand, DescribeTableCommand, DynamoDBClient, ExecuteStatementCommand, GetItemCommand, paginateScan, PutItemCommand,
  ResourceNotFoundException, ScanCommand, waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { startTestCloud } from '../testing.ts'

const TableName = 'WebsocketConnection'

describe('DynamoDB through the SDK client', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  let client: DynamoDBClient
  before(async () => {
    aws = await startTestCloud()
    client = new DynamoDBClient(aws.client)
    await client.send(new CreateTableCommand({
      TableName, BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }],
    }))
    await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName })
  })
  after(async () => {
    client.destroy()
    await aws.stop()
  })

  it('describes a table with dates', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }))

    assert.equal(Table?.TableStatus, 'ACTIVE')
    assert.ok(Table?.CreationDateTime instanceof Date)
  })

  it('gives back bytes as they were put', async () => {
    const Item = { connectionId: { S: 'bytes' }, b: { B: new Uint8Array([1, 2, 255]) } }
    await client.send(new PutItemCommand({ TableName, Item }))

    assert.deepEqual((await client.send(new GetItemCommand({ TableName, Key: { connectionId: { S: 'bytes' } } }))).Item, Item)
  })

  it('throws the classes that people catch', async () => {
    const Item = { connectionId: { S: 'once' } }
    await client.send(new PutItemCommand({ TableName, Item }))

    await assert.rejects(client.send(new ScanCommand({ TableName: 'nobody' })), (error) => error instanceof ResourceNotFoundException && error.message === 'Requested resource not found')
    await assert.rejects(
      client.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(connectionId)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
      (error) => error instanceof ConditionalCheckFailedException && error.Item?.connectionId?.S === 'once',
    )
  })

  it('pages through more than 1 MB', async () => {
    const text = { S: 'x'.repeat(390 * 1024) }
    for (const id of ['p1', 'p2', 'p3', 'p4']) await client.send(new PutItemCommand({ TableName, Item: { connectionId: { S: id }, text } }))

    const ids: (string | undefined)[] = []
    let pages = 0
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      pages++
      ids.push(...Items.map(({ connectionId }) => connectionId?.S))
    }

    assert.ok(pages > 1)
    assert.deepEqual(ids.filter((id) => id?.startsWith('p')).toSorted(), ['p1', 'p2', 'p3', 'p4'])
  })

  it('names what is not built', async () => {
    await assert.rejects(client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM x' })), { message: /^dynamodb ExecuteStatement is not built into the local AWS/ })
  })
})
