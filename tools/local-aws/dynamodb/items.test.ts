import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Input, OperationName } from '../service.ts'
import { testCloud } from '../testing.ts'

const TableName = 'WebsocketConnection'

describe('DynamoDB items', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  const call = <O extends OperationName<'dynamodb'>>(operation: O, input: Input<'dynamodb', O>) =>
    aws.cloud.call('dynamodb', operation, input, aws.cloud.authority.internal(aws.place.account), aws.place)

  beforeEach(async () => {
    aws = await testCloud()
    await call('CreateTable', {
      TableName, BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }],
    })
  })
  afterEach(() => aws.stop())

  it('gives back every type of attribute as it was put', async () => {
    const Item = {
      connectionId: { S: 'a=' }, B: { S: 'called B' }, n: { N: '1.5' }, bytes: { B: Buffer.from([1, 2, 255]) }, set: { BS: [Buffer.from('x')] },
      map: { M: { B: { B: Buffer.from('deep') }, list: { L: [{ BOOL: true }, { NULL: true as const }] } } },
      CreationDateTime: { N: '5' },
    }
    await call('PutItem', { TableName, Item })

    assert.deepEqual((await call('GetItem', { TableName, Key: { connectionId: { S: 'a=' } } })).Item, Item)
  })

  const refusals: [string, Input<'dynamodb', 'PutItem'>, string][] = [
    ['without the key', { TableName, Item: { id: { S: 'a' } } }, 'One or more parameter values were invalid: Missing the key connectionId in the item'],
    ['with a key of another type', { TableName, Item: { connectionId: { N: '1' } } }, 'One or more parameter values were invalid: Type mismatch for key connectionId expected: S actual: N'],
    ['above 400 KB', { TableName, Item: { connectionId: { S: 'a' }, text: { S: 'x'.repeat(409_600) } } }, 'Item size has exceeded the maximum allowed size'],
  ]
  for (const [what, input, message] of refusals)
    it(`refuses an item ${what} (F.5)`, () => assert.rejects(call('PutItem', input), { name: 'ValidationException', message, status: 400 }))

  it('refuses to read from a table that is not there (F.3)', async () => {
    await assert.rejects(call('Scan', { TableName: 'nobody' }), { name: 'ResourceNotFoundException', message: 'Requested resource not found' })
  })

  it('shows the item that failed a condition, if asked (F.7)', async () => {
    const Item = { connectionId: { S: 'a' }, nick: { S: 'Ada' } }
    await call('PutItem', { TableName, Item })
    const again: Input<'dynamodb', 'PutItem'> = { TableName, Item: { connectionId: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(connectionId)' }

    await assert.rejects(call('PutItem', again), { name: 'ConditionalCheckFailedException', message: 'The conditional request failed', fields: {} })
    await assert.rejects(call('PutItem', { ...again, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }), { name: 'ConditionalCheckFailedException', fields: { Item } })
    await assert.rejects(call('DeleteItem', {
      TableName, Key: { connectionId: { S: 'a' } }, ConditionExpression: 'nick = :n', ExpressionAttributeValues: { ':n': { S: 'Bob' } }, ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }), { fields: { Item } })
  })

  it('ends a Scan page at 1 MB, and the last page has no key (F.8)', async () => {
    const text = { S: 'x'.repeat(390 * 1024) }
    for (const id of ['a', 'b', 'c', 'd']) await call('PutItem', { TableName, Item: { connectionId: { S: id }, text } })

    const first = await call('Scan', { TableName })
    const second = await call('Scan', { TableName, ExclusiveStartKey: first.LastEvaluatedKey })

    assert.equal(first.Count, 3)
    assert.equal(second.Count, 1)
    assert.equal(second.LastEvaluatedKey, undefined)
  })

  it('tells of each row that is written or deleted', async () => {
    const rows: (string | undefined)[][] = []
    aws.cloud.events.on((event) => { if (event.kind === 'row') rows.push([event.table, event.operation, event.connectionId]) })
    const Key = { connectionId: { S: 'a' } }

    await call('PutItem', { TableName, Item: Key })
    await call('UpdateItem', { TableName, Key, UpdateExpression: 'SET nick = :n', ExpressionAttributeValues: { ':n': { S: 'Ada' } } })
    await call('BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item: { connectionId: { S: 'b' } } } }, { DeleteRequest: { Key } }] } })
    await call('PutItem', { TableName, Item: Key, ConditionExpression: 'attribute_exists(connectionId)' }).catch(() => {})

    assert.deepEqual(rows, [
      [TableName, 'PutItem', 'a'],
      [TableName, 'UpdateItem', 'a'],
      [TableName, 'PutItem', 'b'],
      [TableName, 'DeleteItem', 'a'],
    ])
  })

  it('refuses tables of another account by ARN', async () => {
    await assert.rejects(call('GetItem', { TableName: 'arn:aws:dynamodb:us-east-1:999999999999:table/x', Key: {} }), { name: 'NotImplemented' })
  })
})
