import assert from 'node:assert/strict'
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { fact, section, unanswered } from './fact.ts'
import { call } from './harness/http.ts'
import { refusal } from './harness/sdk.ts'
import type { World } from './harness/world.ts'

const JAN = '2026-01'
const DOCS = '2026-11'
const DYN = 'dynalite 4.0.0 lacks it'
const CHAT_TABLE = {
  KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }],
} satisfies Partial<CreateTableCommandInput>

/** Creates a table with the key of the chat; answers what the call answered. */
async function create({ aws, name, removeLater }: World, what: string, more: Partial<CreateTableCommandInput> = {}) {
  const TableName = name(what)
  const { TableDescription } = await aws.dynamodb.createTable({ TableName, BillingMode: 'PAY_PER_REQUEST', ...CHAT_TABLE, ...more })
  removeLater(`table ${TableName}`, () => aws.dynamodb.deleteTable({ TableName }))
  return { TableName, made: TableDescription! }
}
const describe = async ({ aws }: World, TableName: string) => (await aws.dynamodb.describeTable({ TableName })).Table!

/** A table, once it is ACTIVE. */
async function makeTable(world: World, what: string, more: Partial<CreateTableCommandInput> = {}) {
  const { TableName } = await create(world, what, more)
  await world.eventually(`${TableName} is ACTIVE`, async () => (await describe(world, TableName)).TableStatus === 'ACTIVE')
  return TableName
}
const shared = (world: World) => world.once('table rows', () => makeTable(world, 'rows'))

async function refused(call_: Promise<unknown>) {
  const { status, name, message } = await refusal(call_)
  return [status, name, message]
}
const invalid = (message: string) => [400, 'ValidationException', message]
const text = (S: string) => ({ S })

export const dynamodb = section('F DynamoDB', [
  fact('F.1', 'O', 'CreateTable answers CREATING; a table that is ACTIVE shows these members', 'LS-ddb, LS-lambda', JAN, async (world) => {
    const { TableName, made } = await create(world, 'described')
    await world.eventually('it is ACTIVE', async () => (await describe(world, TableName)).TableStatus === 'ACTIVE')
    const { CreationDateTime, TableArn, TableId, ...rest } = await describe(world, TableName)

    assert.equal(made.TableStatus, 'CREATING')
    assert.ok(CreationDateTime instanceof Date)
    assert.equal(TableArn, `arn:aws:dynamodb:${world.cloud.region}:${world.cloud.account}:table/${TableName}`)
    assert.match(TableId!, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    for (const name of [
      'AttributeDefinitions', 'TableName', 'KeySchema', 'TableStatus', 'ProvisionedThroughput', 'TableSizeBytes', 'ItemCount',
      'DeletionProtectionEnabled', 'WarmThroughput',
    ]) assert.ok(name in rest, name)
    assert.deepEqual([rest.ItemCount, rest.TableSizeBytes, rest.DeletionProtectionEnabled], [0, 0, false])
    assert.deepEqual(rest.WarmThroughput, { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: 'ACTIVE' })
  }),
  fact('F.2', 'O', 'on demand has capacity 0 / 0 and a billing summary, provisioned tables have none and are the default',
    'LS-lambda, BOTO', JAN, async (world) => {
    const onDemand = await describe(world, await shared(world))
    const provisioned = await describe(
      world,
      await makeTable(
        world, 'provisioned', { BillingMode: undefined, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 } },
      ),
    )

    assert.deepEqual(
      [
        onDemand.ProvisionedThroughput?.ReadCapacityUnits, onDemand.ProvisionedThroughput?.WriteCapacityUnits,
        onDemand.BillingModeSummary?.BillingMode,
      ],
      [0, 0, 'PAY_PER_REQUEST'],
    )
    assert.ok(onDemand.BillingModeSummary?.LastUpdateToPayPerRequestDateTime)
    assert.deepEqual([provisioned.ProvisionedThroughput?.WriteCapacityUnits, provisioned.BillingModeSummary], [2, undefined])
  }),
  fact('F.3', 'O', 'a missing table: Requested resource not found, with its name in DescribeTable and DeleteTable; the key is message',
    'LS-ddb', JAN, async (world) => {
    const { dynamodb: db } = world.aws
    const missing = (message: string) => [400, 'ResourceNotFoundException', message]
    const { body } = await call(
      world, { service: 'dynamodb' },
      {
        method: 'POST', body: '{"TableName":"absent"}',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.Scan' },
      },
    )

    assert.deepEqual(await refused(db.scan({ TableName: 'absent' })), missing('Requested resource not found'))
    assert.deepEqual(
      await refused(db.describeTable({ TableName: 'absent' })), missing('Requested resource not found: Table: absent not found'),
    )
    assert.deepEqual(
      await refused(db.deleteTable({ TableName: 'absent' })), missing('Requested resource not found: Table: absent not found'),
    )
    assert.deepEqual(
      JSON.parse(body), { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'Requested resource not found' },
    )
  }),
  fact('F.4', 'O', 'CreateTable twice', 'LS-ddb', JAN, async (world) => {
    const TableName = await shared(world)
    assert.deepEqual(
      await refused(world.aws.dynamodb.createTable({ TableName, BillingMode: 'PAY_PER_REQUEST', ...CHAT_TABLE })),
      [400, 'ResourceInUseException', `Table already exists: ${TableName}`],
    )
  }),
  fact('F.5', 'O', 'what is wrong with an item, a key or an expression is told in these words', 'WILD, DYN', DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await shared(world)

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
  fact('F.6', 'O', 'capacity units on demand, and a key schema that does not fit its definitions', 'LS-ddb, WILD', JAN, async (world) => {
    const units = await refusal(create(world, 'units', { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }))
    const schema = await refusal(create(
      world, 'schema', { AttributeDefinitions: [...CHAT_TABLE.AttributeDefinitions, { AttributeName: 'other', AttributeType: 'S' }] },
    ))

    assert.match(units.message, /Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST$/)
    assert.match(
      schema.message, /Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions$/,
    )
  }),
  fact('F.7', 'O', 'a condition that fails, with the item if it was asked for', 'LS-ddb', JAN, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await shared(world)
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
    const TableName = await shared(world)
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
  unanswered('F.10', 'D', 'items expire by a number of epoch seconds, within days',
    'DynamoDB guide TTL.html', DOCS, 'expired items are never deleted; AWS takes up to days, longer than a workshop'),
  fact('F.11', 'D', 'UpdateTimeToLive answers its specification; switching on what is on is refused', 'BOTO, WILD', DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await makeTable(world, 'expiring')
    const before = await db.describeTimeToLive({ TableName })
    const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true }
    const updated = await db.updateTimeToLive({ TableName, TimeToLiveSpecification })
    const after = await db.describeTimeToLive({ TableName })

    assert.deepEqual(before.TimeToLiveDescription, { TimeToLiveStatus: 'DISABLED' })
    assert.deepEqual(updated.TimeToLiveSpecification, TimeToLiveSpecification)
    assert.match(after.TimeToLiveDescription!.TimeToLiveStatus!, /^ENABL(ING|ED)$/)
    assert.equal(after.TimeToLiveDescription!.AttributeName, 'expiresAt')
    assert.deepEqual(await refused(db.updateTimeToLive({ TableName, TimeToLiveSpecification })), invalid('TimeToLive is already enabled'))
  }),
  fact('F.12', 'U', 'a protected table cannot be deleted', 'WILD, second hand', DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await makeTable(world, 'protected', { DeletionProtectionEnabled: true })
    const refusal_ = await refused(db.deleteTable({ TableName }))
    await db.updateTable({ TableName, DeletionProtectionEnabled: false })

    assert.deepEqual(
      refusal_, invalid('Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.'),
    )
  }),
  fact('F.12', 'D', 'DeleteTable answers DELETING, then the table is not found', 'BOTO', DOCS, async (world) => {
    const TableName = await makeTable(world, 'short-lived')
    const { TableDescription } = await world.aws.dynamodb.deleteTable({ TableName })

    assert.equal(TableDescription!.TableStatus, 'DELETING')
    await world.eventually(
      'it is gone', () => describe(world, TableName).then(() => false, ({ name }) => name === 'ResourceNotFoundException'),
    )
  }),
  unanswered('F.13', 'D', 'a partition takes 1,000 writes and 3,000 reads a second',
    'DynamoDB guide', DOCS, 'capacity is not counted; a throttle fault gives the error'),
  fact('F.14', 'M', 'DeletionProtectionEnabled, WarmThroughput and a UUID as TableId are shown', DYN, DOCS, async (world) => {
    const { DeletionProtectionEnabled, WarmThroughput, TableId } = await describe(world, await shared(world))

    assert.deepEqual([DeletionProtectionEnabled, WarmThroughput?.Status, TableId?.length], [false, 'ACTIVE', 36])
  }),
  fact('F.15', 'M', 'ResourceInUseException has its text', DYN, DOCS, async (world) => {
    const TableName = await shared(world)
    assert.match(
      (await refusal(world.aws.dynamodb.createTable({ TableName, BillingMode: 'PAY_PER_REQUEST', ...CHAT_TABLE }))).message,
      /^Table already exists: /,
    )
  }),
  fact('F.16', 'M', 'ReturnValuesOnConditionCheckFailure brings the item', DYN, DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await shared(world)
    const Item = { connectionId: text('kept') }
    await db.putItem({ TableName, Item })
    const { error } = await refusal(db.deleteItem({
      TableName, Key: Item, ConditionExpression: 'attribute_exists(nothing)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }))

    assert.deepEqual(error.Item, Item)
  }),
  fact('F.17', 'M', 'UpdateTimeToLive works (proven with F.11)', DYN, DOCS, async (world) => {
    assert.equal(
      (await refusal(world.aws.dynamodb.updateTimeToLive({
        TableName: 'absent', TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      }))).name,
      'ResourceNotFoundException',
    )
  }),
  unanswered('F.17', 'M', 'so do transactions, PartiQL, backups, limits, resource policies, contributor insights and Kinesis',
    DYN, DOCS, 'the chat has none of them; each is refused as not built'),
  fact('F.18', 'M', 'tags of a table are kept', DYN, DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await makeTable(world, 'tagged', { Tags: [{ Key: 'team', Value: 'chat' }] })
    const ResourceArn = (await describe(world, TableName)).TableArn

    assert.deepEqual((await db.listTagsOfResource({ ResourceArn })).Tags, [{ Key: 'team', Value: 'chat' }])
  }),
  fact('F.19', 'M', 'UpdateTable takes DeletionProtectionEnabled and TableClass', DYN, DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await makeTable(world, 'updated-table')
    await db.updateTable({ TableName, TableClass: 'STANDARD_INFREQUENT_ACCESS' })
    await world.eventually('it is ACTIVE', async () => (await describe(world, TableName)).TableStatus === 'ACTIVE')

    assert.equal((await describe(world, TableName)).TableClassSummary?.TableClass, 'STANDARD_INFREQUENT_ACCESS')
  }),
  fact('F.20', 'M', 'a table may be named by its ARN', DYN, DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const { TableArn } = await describe(world, await shared(world))
    await db.putItem({ TableName: TableArn, Item: { connectionId: text('by-arn') } })

    assert.deepEqual(
      (await db.getItem({ TableName: TableArn, Key: { connectionId: text('by-arn') } })).Item, { connectionId: text('by-arn') },
    )
  }),
])
