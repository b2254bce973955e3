import assert from 'node:assert/strict'
import { fact, localFact, section, unanswered } from './fact.ts'
import { refusal, refused } from './harness/sdk.ts'
import { makeTable, sharedTable } from './harness/tables.ts'
import { withStillClock } from './harness/still-clock.ts'

const JAN = '2026-01'
const DOCS = '2026-11'
const DYN = 'dynalite 4.0.0 lacks it'

const invalid = (message: string) => [400, 'ValidationException', message]
const text = (S: string) => ({ S })

export const dynamodbItems = section('F items', [
  fact('F.5', 'O', 'what is wrong with an item, a key or an expression is told in these words', 'WILD, DYN', DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await sharedTable(world)

    assert.deepEqual(
      await refused(db.putItem({ TableName, Item: { other: text('x') } })),
      invalid('One or more parameter values were invalid: Missing the key connectionId in the item'),
    )
    assert.deepEqual(
      await refused(db.putItem({ TableName, Item: { connectionId: { N: '1' } } })),
      invalid('One or more parameter values were invalid: Type mismatch for key connectionId expected: S actual: N'),
    )
    assert.deepEqual(
      await refused(db.getItem({ TableName, Key: { other: text('x') } })), invalid('The provided key element does not match the schema'),
    )
    assert.deepEqual(
      await refused(db.putItem({ TableName, Item: { connectionId: text('') } })),
      invalid('One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: connectionId'),
    )
    assert.deepEqual(
      await refused(db.query({ TableName, KeyConditionExpression: 'nickname = :x', ExpressionAttributeValues: { ':x': text('x') } })),
      invalid('Query condition missed key schema element: connectionId'),
    )
    assert.deepEqual(
      await refused(db.putItem({ TableName, Item: { connectionId: text('big'), data: text('x'.repeat(400 * 1024)) } })),
      invalid('Item size has exceeded the maximum allowed size'),
    )
    assert.deepEqual(
      await refused(db.updateItem({
        TableName, Key: { connectionId: text('x') }, UpdateExpression: 'SET name = :x', ExpressionAttributeValues: { ':x': text('x') },
      })),
      invalid('Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: name'),
    )
  }),
  fact('F.7', 'O', 'a condition that fails, with the item if it was asked for', 'LS-ddb', JAN, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await sharedTable(world)
    const Item = { connectionId: text('there'), name: text('ada') }
    await db.putItem({ TableName, Item })
    const put = (ReturnValuesOnConditionCheckFailure?: 'ALL_OLD') => refusal(db.putItem({
      TableName, Item, ConditionExpression: 'attribute_not_exists(connectionId)', ReturnValuesOnConditionCheckFailure,
    }))
    const plain = await put()

    assert.deepEqual(
      [plain.status, plain.name, plain.message, plain.error.Item],
      [400, 'ConditionalCheckFailedException', 'The conditional request failed', undefined],
    )
    assert.deepEqual((await put('ALL_OLD')).error.Item, Item)
  }),
  fact('F.8', 'D', 'Scan stops after 1 MB read before the filter; the last page has no key; Count is after the filter',
    'DynamoDB guide Scan.html', DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await makeTable(world, 'pages')
    for (let i = 0; i < 4; i++) await db.putItem({
      TableName, Item: { connectionId: text(`row-${i}`), data: text('x'.repeat(390 * 1024)) },
    })
    const first = await db.scan({ TableName, FilterExpression: 'connectionId = :x', ExpressionAttributeValues: { ':x': text('absent') } })
    const second = await db.scan({ TableName, ExclusiveStartKey: first.LastEvaluatedKey })

    assert.deepEqual([first.Count, first.LastEvaluatedKey !== undefined], [0, true])
    assert.ok(first.ScannedCount! < 4)
    assert.equal(second.LastEvaluatedKey, undefined)
    assert.equal(first.ScannedCount! + second.Count!, 4)
  }),
  fact('F.8', 'D', 'segments of a parallel scan have every row once', 'DynamoDB guide Scan.html', DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await makeTable(world, 'segments')
    for (let i = 0; i < 20; i++) await db.putItem({ TableName, Item: { connectionId: text(`row-${i}`) } })
    const pages = await Promise.all([0, 1, 2].map((Segment) => db.scan({ TableName, Segment, TotalSegments: 3 })))

    assert.equal(new Set(pages.flatMap(({ Items = [] }) => Items.map(({ connectionId }) => connectionId!.S))).size, 20)
    assert.equal((await refusal(db.scan({ TableName, Segment: 3, TotalSegments: 3 }))).status, 400)
  }),
  fact('F.9', 'D', 'batches: 25 writes without duplicates, 100 reads', 'BOTO, WILD', DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await sharedTable(world)
    const put = (id: string) => ({ PutRequest: { Item: { connectionId: text(id) } } })
    const keys = (count: number) => Array.from({ length: count }, (_, i) => ({ connectionId: text(`row-${i}`) }))
    const { UnprocessedItems } = await db.batchWriteItem({ RequestItems: { [TableName]: Array.from({ length: 25 }, (_, i) => put(`row-${i}`)) } })
    const read = await db.batchGetItem({ RequestItems: { [TableName]: { Keys: keys(100) } } })

    assert.deepEqual(UnprocessedItems, {})
    assert.equal(read.Responses![TableName]!.length, 25)
    assert.equal(
      (await refusal(db.batchWriteItem({ RequestItems: { [TableName]: Array.from({ length: 26 }, (_, i) => put(`row-${i}`)) } }))).name,
      'ValidationException',
    )
    assert.match(
      (await refusal(db.batchWriteItem({ RequestItems: { [TableName]: [put('same'), put('same')] } }))).message,
      /^Provided list of item keys contains duplicates$/,
    )
    assert.match(
      (await refusal(db.batchGetItem({ RequestItems: { [TableName]: { Keys: keys(101) } } }))).message,
      /Member must have length less than or equal to 100/,
    )
  }),
  unanswered('F.9', 'D', 'transactions of 100 items and 4 MB', 'BOTO', DOCS, 'transactions are not built; the chat has none'),
  localFact('clock', 'F.10', 'D', 'items expire by a number of epoch seconds, within days; until then they are read; other types and what is five years old stay',
    'DynamoDB guide TTL.html', DOCS, () => withStillClock(async (world, advance) => {
    const { dynamodb } = world.aws
    const TableName = await makeTable(world, 'expiring')
    await dynamodb.updateTimeToLive({ TableName, TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } })
    const [now, year] = [Math.floor(Date.now() / 1_000), 365 * 24 * 3_600]
    const untils = { past: { N: String(now - 60) }, words: { S: String(now - 60) }, future: { N: String(now + year) }, ancient: { N: String(now - 6 * year) } }
    for (const [id, until] of Object.entries(untils)) await dynamodb.putItem({ TableName, Item: { connectionId: text(id), until } })
    const ids = async () => (await dynamodb.scan({ TableName })).Items!.map(({ connectionId }) => connectionId!.S).toSorted()

    assert.deepEqual(await ids(), ['ancient', 'future', 'past', 'words'])
    await advance(48 * 3_600_000)
    await world.eventually('the expired item is gone', async () => (await ids()).length < 4)
    assert.deepEqual(await ids(), ['ancient', 'future', 'words'])
  })),
  unanswered('F.13', 'D', 'a partition takes 1,000 writes and 3,000 reads a second',
    'DynamoDB guide', DOCS, 'capacity is not counted; a throttle fault gives the error'),
  fact('F.16', 'M', 'ReturnValuesOnConditionCheckFailure brings the item', DYN, DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await sharedTable(world)
    const Item = { connectionId: text('kept') }
    await db.putItem({ TableName, Item })
    const { error } = await refusal(db.deleteItem({
      TableName, Key: Item, ConditionExpression: 'attribute_exists(nothing)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }))

    assert.deepEqual(error.Item, Item)
  }),
])
