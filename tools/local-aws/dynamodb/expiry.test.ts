import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { manualClock } from '../clock.ts'
import type { Input, OperationName } from '../service.ts'
import { testCloud } from '../testing.ts'
import { expireItems } from './expiry.ts'

const TableName = 'Sessions'
const HOUR_S = 3_600
const sessions: Input<'dynamodb', 'CreateTable'> = {
  TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'user', AttributeType: 'S' }, { AttributeName: 'token', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'user', KeyType: 'HASH' }, { AttributeName: 'token', KeyType: 'RANGE' }],
}

describe('expiry', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  let clock: ReturnType<typeof manualClock>
  let now = 0
  beforeEach(async () => {
    clock = manualClock()
    now = Math.floor(clock.now() / 1_000)
    aws = await testCloud({ clock })
    await call('CreateTable', sessions)
    await call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } })
  })
  afterEach(() => aws.stop())
  const call = <O extends OperationName<'dynamodb'>>(operation: O, input: Input<'dynamodb', O>) =>
    aws.cloud.call('dynamodb', operation, input, aws.cloud.authority.internal(aws.place.account), aws.place)
  const put = (token: string, ttl: number) => call('PutItem', { TableName, Item: { user: { S: 'ada' }, token: { S: token }, ttl: { N: String(ttl) } } })
  const tokens = async () => (await call('Scan', { TableName })).Items!.map(({ token }) => token!.S)

  it('deletes what has passed, by the whole key, and tells of the rows', async () => {
    await put('gone', now - 1)
    await put('here', now + HOUR_S)
    const rows: unknown[] = []
    aws.cloud.events.on((event) => { if (event.kind === 'row') rows.push(event) })
    await expireItems(aws.cloud, aws.place)

    assert.deepEqual(await tokens(), ['here'])
    assert.equal(rows.length, 1)
  })

  it('comes every hour by itself', async () => {
    await put('gone', now + HOUR_S / 2)
    assert.deepEqual(await tokens(), ['gone'])

    clock.advance(HOUR_S * 1_000)
    while ((await tokens()).length > 0) await new Promise((resolve) => { setImmediate(resolve) })
    await put('next', now + HOUR_S + 60)
    clock.advance(HOUR_S * 1_000)
    while ((await tokens()).length > 0) await new Promise((resolve) => { setImmediate(resolve) })
  })

  it('leaves tables alone whose time to live is switched off', async () => {
    await put('gone', now - 1)
    clock.advance(2 * HOUR_S * 1_000)
    while ((await tokens()).length > 0) await new Promise((resolve) => { setImmediate(resolve) })
    await call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: false } })
    await put('kept', now - 1)
    await expireItems(aws.cloud, aws.place)

    assert.deepEqual(await tokens(), ['kept'])
  })

  it('is over before the cloud has stopped, however far it came', async () => {
    for (let turns = 0; turns < 12; turns++) {
      const ended = await testCloud({ clock })
      const run = <O extends OperationName<'dynamodb'>>(operation: O, input: Input<'dynamodb', O>) =>
        ended.cloud.call('dynamodb', operation, input, ended.cloud.authority.internal(ended.place.account), ended.place)
      await run('CreateTable', sessions)
      await run('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } })
      for (let i = 0; i < 5; i++) await run('PutItem', { TableName, Item: { user: { S: 'ada' }, token: { S: `${i}` }, ttl: { N: String(now - 1) } } })

      clock.advance(HOUR_S * 1_000)
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => { setImmediate(resolve) })
      await ended.stop() // where something still reads, it says "Database is not open", and nobody can catch that
    }
  })
})
