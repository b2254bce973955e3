import assert from 'node:assert/strict'
import { fact, section, unanswered } from './fact.ts'
import { call } from './harness/http.ts'
import { refusal, refused } from './harness/sdk.ts'
import { CHAT_TABLE, createTable, describeTable, makeTable, sharedTable } from './harness/tables.ts'

const JAN = '2026-01'
const DOCS = '2026-11'
const DYN = 'dynalite 4.0.0 lacks it'

const invalid = (message: string) => [400, 'ValidationException', message]
const text = (S: string) => ({ S })

export const dynamodb = section('F tables', [
  fact('F.1', 'O', 'CreateTable answers CREATING; a table that is ACTIVE shows these members', 'LS-ddb, LS-lambda', JAN, async (world) => {
    const { TableName, made } = await createTable(world, 'described')
    await world.eventually('it is ACTIVE', async () => (await describeTable(world, TableName)).TableStatus === 'ACTIVE')
    const { CreationDateTime, TableArn, TableId, ...rest } = await describeTable(world, TableName)

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
    const onDemand = await describeTable(world, await sharedTable(world))
    const provisioned = await describeTable(
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
    const TableName = await sharedTable(world)
    assert.deepEqual(
      await refused(world.aws.dynamodb.createTable({ TableName, BillingMode: 'PAY_PER_REQUEST', ...CHAT_TABLE })),
      [400, 'ResourceInUseException', `Table already exists: ${TableName}`],
    )
  }),
  fact('F.6', 'O', 'capacity units on demand, and a key schema that does not fit its definitions', 'LS-ddb, WILD', JAN, async (world) => {
    const units = await refusal(createTable(world, 'units', { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }))
    const schema = await refusal(createTable(
      world, 'schema', { AttributeDefinitions: [...CHAT_TABLE.AttributeDefinitions, { AttributeName: 'other', AttributeType: 'S' }] },
    ))

    assert.match(units.message, /Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST$/)
    assert.match(
      schema.message, /Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions$/,
    )
  }),
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
      'it is gone', () => describeTable(world, TableName).then(() => false, ({ name }) => name === 'ResourceNotFoundException'),
    )
  }),
  fact('F.14', 'M', 'DeletionProtectionEnabled, WarmThroughput and a UUID as TableId are shown', DYN, DOCS, async (world) => {
    const { DeletionProtectionEnabled, WarmThroughput, TableId } = await describeTable(world, await sharedTable(world))

    assert.deepEqual([DeletionProtectionEnabled, WarmThroughput?.Status, TableId?.length], [false, 'ACTIVE', 36])
  }),
  fact('F.15', 'M', 'ResourceInUseException has its text', DYN, DOCS, async (world) => {
    const TableName = await sharedTable(world)
    assert.match(
      (await refusal(world.aws.dynamodb.createTable({ TableName, BillingMode: 'PAY_PER_REQUEST', ...CHAT_TABLE }))).message,
      /^Table already exists: /,
    )
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
    const ResourceArn = (await describeTable(world, TableName)).TableArn

    assert.deepEqual((await db.listTagsOfResource({ ResourceArn })).Tags, [{ Key: 'team', Value: 'chat' }])
  }),
  fact('F.19', 'M', 'UpdateTable takes DeletionProtectionEnabled and TableClass', DYN, DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const TableName = await makeTable(world, 'updated-table')
    await db.updateTable({ TableName, TableClass: 'STANDARD_INFREQUENT_ACCESS' })
    await world.eventually('it is ACTIVE', async () => (await describeTable(world, TableName)).TableStatus === 'ACTIVE')

    assert.equal((await describeTable(world, TableName)).TableClassSummary?.TableClass, 'STANDARD_INFREQUENT_ACCESS')
  }),
  fact('F.20', 'M', 'a table may be named by its ARN', DYN, DOCS, async (world) => {
    const { dynamodb: db } = world.aws
    const { TableArn } = await describeTable(world, await sharedTable(world))
    await db.putItem({ TableName: TableArn, Item: { connectionId: text('by-arn') } })

    assert.deepEqual(
      (await db.getItem({ TableName: TableArn, Key: { connectionId: text('by-arn') } })).Item, { connectionId: text('by-arn') },
    )
  }),
])
