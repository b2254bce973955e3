import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { manualClock } from '../clock.ts'
import type { Input, OperationName } from '../service.ts'
import { testCloud } from '../testing.ts'

const connections: Input<'dynamodb', 'CreateTable'> = {
  TableName: 'WebsocketConnection',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }],
}
const named = { TableName: 'WebsocketConnection' }
const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/WebsocketConnection'

describe('DynamoDB tables', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  const clock = manualClock()
  beforeEach(async () => { aws = await testCloud({ clock }) })
  afterEach(() => aws.stop())
  const call = <O extends OperationName<'dynamodb'>>(operation: O, input: Input<'dynamodb', O>) =>
    aws.cloud.call('dynamodb', operation, input, aws.cloud.authority.internal(aws.place.account), aws.place)

  it('answers CREATING, and ACTIVE from then on (F.1)', async () => {
    const { TableDescription } = await call('CreateTable', connections)
    const { Table } = await call('DescribeTable', named)

    assert.equal(TableDescription?.TableStatus, 'CREATING')
    assert.equal(TableDescription?.WarmThroughput, undefined)
    assert.equal(Table?.TableStatus, 'ACTIVE')
    assert.equal(Table?.TableArn, arn)
    assert.match(Table?.TableId ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    assert.ok(Table?.CreationDateTime instanceof Date)
  })

  it('describes a table that is paid on demand (F.2)', async () => {
    await call('CreateTable', connections)

    const { Table } = await call('DescribeTable', named)

    assert.equal(Table?.BillingModeSummary?.BillingMode, 'PAY_PER_REQUEST')
    assert.deepEqual(Table?.ProvisionedThroughput, { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 })
    assert.deepEqual(Table?.WarmThroughput, { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: 'ACTIVE' })
    assert.equal(Table?.DeletionProtectionEnabled, false)
  })

  it('describes a provisioned table without a summary (F.2)', async () => {
    await call('CreateTable', { ...connections, BillingMode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 } })

    const { Table } = await call('DescribeTable', named)

    assert.equal(Table?.BillingModeSummary, undefined)
    assert.deepEqual(Table?.WarmThroughput, { ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 2, Status: 'ACTIVE' })
  })

  it('refuses a second table of the same name (F.4)', async () => {
    await call('CreateTable', connections)

    await assert.rejects(call('CreateTable', connections), { name: 'ResourceInUseException', message: 'Table already exists: WebsocketConnection', status: 400 })
  })

  it('refuses units for a table on demand (F.6)', async () => {
    await assert.rejects(call('CreateTable', { ...connections, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }), {
      name: 'ValidationException',
      message: 'One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    })
  })

  it('says which table it does not find (F.3)', async () => {
    const missing = { name: 'ResourceNotFoundException', message: 'Requested resource not found: Table: WebsocketConnection not found' }

    await assert.rejects(call('DescribeTable', named), missing)
    await assert.rejects(call('DeleteTable', named), missing)
  })

  it('accepts the ARN as the name (F.20)', async () => {
    await call('CreateTable', connections)

    assert.equal((await call('DescribeTable', { TableName: arn })).Table?.TableName, 'WebsocketConnection')
  })

  it('answers DELETING, and the table and its items are gone (F.12)', async () => {
    await call('CreateTable', connections)
    await call('PutItem', { ...named, Item: { connectionId: { S: 'a' } } })

    const { TableDescription } = await call('DeleteTable', named)

    assert.equal(TableDescription?.TableStatus, 'DELETING')
    assert.deepEqual((await call('ListTables', {})).TableNames, [])
    await call('CreateTable', connections)
    assert.equal((await call('Scan', named)).Count, 0)
  })

  it('protects from deletion until that is switched off (F.12)', async () => {
    await call('CreateTable', { ...connections, DeletionProtectionEnabled: true })

    await assert.rejects(call('DeleteTable', named), { name: 'ValidationException', message: /^Resource cannot be deleted as it is currently protected/ })

    const { TableDescription } = await call('UpdateTable', { ...named, DeletionProtectionEnabled: false })
    assert.equal(TableDescription?.DeletionProtectionEnabled, false)
    await call('DeleteTable', named)
  })

  it('changes from provisioned to on demand', async () => {
    await call('CreateTable', { ...connections, BillingMode: undefined, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } })

    await call('UpdateTable', { ...named, BillingMode: 'PAY_PER_REQUEST' })

    assert.equal((await call('DescribeTable', named)).Table?.BillingModeSummary?.BillingMode, 'PAY_PER_REQUEST')
  })

  it('refuses what is not built, by name', async () => {
    await assert.rejects(call('CreateTable', { ...connections, StreamSpecification: { StreamEnabled: true } }),
      { name: 'NotImplemented', message: /^dynamodb CreateTable with StreamSpecification is not built/ })
    await assert.rejects(call('TransactWriteItems', { TransactItems: [] }), { name: 'NotImplemented' })
  })

  it('lists tables in pages, in order', async () => {
    for (const TableName of ['ccc', 'aaa', 'bbb']) await call('CreateTable', { ...connections, TableName })

    const first = await call('ListTables', { Limit: 2 })
    const second = await call('ListTables', { ExclusiveStartTableName: first.LastEvaluatedTableName })

    assert.deepEqual(first, { TableNames: ['aaa', 'bbb'], LastEvaluatedTableName: 'bbb' })
    assert.deepEqual(second, { TableNames: ['ccc'] })
  })

  it('keeps tags', async () => {
    await call('CreateTable', { ...connections, Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] })

    await call('TagResource', { ResourceArn: arn, Tags: [{ Key: 'b', Value: '3' }] })
    await call('UntagResource', { ResourceArn: arn, TagKeys: ['a'] })

    assert.deepEqual((await call('ListTagsOfResource', { ResourceArn: arn })).Tags, [{ Key: 'b', Value: '3' }])
    assert.equal('local' in (await call('DescribeTable', named)).Table!, false)
  })

  it('keeps accounts and regions apart', async () => {
    await call('CreateTable', connections)
    const elsewhere = { ...aws.place, region: 'eu-west-1' }

    const tables = await aws.cloud.call('dynamodb', 'ListTables', {}, aws.cloud.authority.internal(aws.place.account), elsewhere)

    assert.deepEqual(tables.TableNames, [])
  })

  describe('time to live (F.11)', () => {
    const specification = { AttributeName: 'expiresAt', Enabled: true }
    beforeEach(() => call('CreateTable', connections))

    it('is off at first', async () => {
      assert.deepEqual(await call('DescribeTimeToLive', named), { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } })
    })

    it('is on once it is switched on', async () => {
      const answer = await call('UpdateTimeToLive', { ...named, TimeToLiveSpecification: specification })

      assert.deepEqual(answer, { TimeToLiveSpecification: specification })
      assert.deepEqual(await call('DescribeTimeToLive', named), { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' } })
    })

    it('refuses the same again, and another change within an hour', async () => {
      await call('UpdateTimeToLive', { ...named, TimeToLiveSpecification: specification })

      await assert.rejects(call('UpdateTimeToLive', { ...named, TimeToLiveSpecification: specification }), { name: 'ValidationException', message: 'TimeToLive is already enabled' })
      const off = { ...named, TimeToLiveSpecification: { ...specification, Enabled: false } }
      await assert.rejects(call('UpdateTimeToLive', off), { message: 'Time to live has been modified multiple times within a fixed interval' })

      clock.advance(3_600_000)
      await call('UpdateTimeToLive', off)
    })
  })
})
