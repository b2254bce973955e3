import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { manualClock } from '../clock.ts'
import type { CloudEvent } from '../events.ts'
import type { Context, Input, OperationName } from '../service.ts'
import { testCloud } from '../testing.ts'
import { logsService } from './index.ts'

const logGroupName = '/aws/lambda/hello'
const logStreamName = '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef'
const groupArn = `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`
const DAY = 24 * 3_600_000

const messages = (events: { message?: string }[] = []) => events.map(({ message }) => message)

describe('CloudWatch Logs', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  let clock: ReturnType<typeof manualClock>
  let now: number
  const call = <O extends OperationName<'logs'>>(operation: O, input: Input<'logs', O>) =>
    aws.cloud.call('logs', operation, input, aws.cloud.authority.internal(aws.place.account), aws.place)
  const put = (events: [at: number, message: string][], stream = logStreamName) =>
    call('PutLogEvents', { logGroupName, logStreamName: stream, logEvents: events.map(([at, message]) => ({ timestamp: now + at, message })) })
  const filter = async (input: object = {}) => messages((await call('FilterLogEvents', { logGroupName, ...input })).events)

  const page = async (input: object) => call('GetLogEvents', { logGroupName, logStreamName, ...input })
  const needed = (operation: Parameters<typeof logsService.permissions>[0], input: object) =>
    logsService.permissions(operation, input, aws.place as Context, aws.cloud).map(({ action, resource }) => `${action} ${resource}`)

  beforeEach(async () => {
    clock = manualClock()
    now = clock.now()
    aws = await testCloud({ clock })
    await call('CreateLogGroup', { logGroupName })
    await call('CreateLogStream', { logGroupName, logStreamName })
  })
  afterEach(() => aws.stop())

  describe('groups and streams', () => {
    it('are described with their ARNs', async () => {
      await put([[-5, 'a'], [0, 'bc']])

      const [group] = (await call('DescribeLogGroups', { logGroupNamePrefix: '/aws/' })).logGroups ?? []
      const [stream] = (await call('DescribeLogStreams', { logGroupName })).logStreams ?? []

      assert.equal(group?.arn, `${groupArn}:*`)
      assert.equal(group?.logGroupArn, groupArn)
      assert.equal(group?.storedBytes, 3)
      assert.equal(stream?.arn, `${groupArn}:log-stream:${logStreamName}`)
      assert.equal(stream?.firstEventTimestamp, now - 5)
      assert.equal(stream?.lastEventTimestamp, now)
    })

    it('are not made twice', async () => {
      await assert.rejects(call('CreateLogGroup', { logGroupName }), { name: 'ResourceAlreadyExistsException', message: 'The specified log group already exists' })
      await assert.rejects(call('CreateLogStream', { logGroupName, logStreamName }), { name: 'ResourceAlreadyExistsException', message: 'The specified log stream already exists' })
    })

    it('that are missing are said to be (H.7)', async () => {
      const noGroup = { name: 'ResourceNotFoundException', message: 'The specified log group does not exist.' }
      await assert.rejects(call('FilterLogEvents', { logGroupName: 'x' }), noGroup)
      await assert.rejects(call('DeleteLogGroup', { logGroupName: 'x' }), noGroup)
      await assert.rejects(put([[0, 'x']], 'x'), { name: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' })
    })

    it('begin empty when they are made again', async () => {
      await put([[0, 'old']])
      await call('DeleteLogGroup', { logGroupName })
      await call('CreateLogGroup', { logGroupName })

      assert.deepEqual(await filter(), [])
    })

    it('are listed by their last event, page by page', async () => {
      await call('CreateLogStream', { logGroupName, logStreamName: 'newer' })
      await put([[0, 'a']])
      await put([[5, 'b']], 'newer')
      const order = { logGroupName, orderBy: 'LastEventTime' as const, descending: true, limit: 1 }

      const first = await call('DescribeLogStreams', order)
      const second = await call('DescribeLogStreams', { ...order, nextToken: first.nextToken })

      assert.deepEqual([...first.logStreams!, ...second.logStreams!].map((stream) => stream.logStreamName), ['newer', logStreamName])
      assert.equal(second.nextToken, undefined)
    })

    it('have tags and a retention', async () => {
      await call('TagResource', { resourceArn: groupArn, tags: { a: '1', b: '2' } })
      await call('UntagResource', { resourceArn: groupArn, tagKeys: ['a'] })
      await assert.rejects(call('PutRetentionPolicy', { logGroupName, retentionInDays: 2 }), { name: 'InvalidParameterException' })
      await call('PutRetentionPolicy', { logGroupName, retentionInDays: 1 })
      await put([[0, 'short-lived']])

      assert.deepEqual((await call('ListTagsForResource', { resourceArn: groupArn })).tags, { b: '2' })
      assert.deepEqual(await filter(), ['short-lived'])
      clock.advance(DAY + 1)
      assert.deepEqual(await filter(), [])
    })
  })

  describe('PutLogEvents', () => {
    it('tells of each event', async () => {
      const seen: CloudEvent[] = []
      aws.cloud.events.on((event) => { seen.push(event) })

      await put([[0, 'hello\n']])

      assert.deepEqual(seen, [{ at: now, kind: 'log', group: logGroupName, stream: logStreamName, message: 'hello\n' }])
    })

    it('refuses events out of order, and none at all', async () => {
      await assert.rejects(put([[1, 'b'], [0, 'a']]), { name: 'InvalidParameterException', message: 'Log events in a single PutLogEvents request must be in chronological order.' })
      await assert.rejects(put([]), { name: 'InvalidParameterException' })
    })

    it('leaves out what is too old or too new, and says which', async () => {
      const { rejectedLogEventsInfo } = await put([[-15 * DAY, 'old'], [0, 'now'], [3 * 3_600_000, 'new']])

      assert.deepEqual(rejectedLogEventsInfo, { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2, expiredLogEventEndIndex: undefined })
      assert.deepEqual(await filter(), ['now'])
    })
  })

  describe('FilterLogEvents', () => {
    beforeEach(async () => {
      await call('CreateLogStream', { logGroupName, logStreamName: 'other' })
      await put([[0, 'START a'], [20, 'ERROR b']])
      await put([[10, 'INFO c']], 'other')
    })

    it('answers all streams, oldest first', async () => {
      const { events, searchedLogStreams } = await call('FilterLogEvents', { logGroupName })

      assert.deepEqual(messages(events), ['START a', 'INFO c', 'ERROR b'])
      assert.deepEqual(searchedLogStreams, [])
      assert.match(events?.[0]?.eventId ?? '', /^\d{56}$/)
      assert.equal(events?.[1]?.logStreamName, 'other')
      assert.equal(events?.[1]?.ingestionTime, now)
    })

    it('narrows by time, stream and words', async () => {
      assert.deepEqual(await filter({ startTime: now + 10, endTime: now + 10 }), ['INFO c'])
      assert.deepEqual(await filter({ logStreamNames: ['other'] }), ['INFO c'])
      assert.deepEqual(await filter({ logStreamNamePrefix: '2026' }), ['START a', 'ERROR b'])
      assert.deepEqual(await filter({ filterPattern: '?START ?INFO' }), ['START a', 'INFO c'])
    })

    it('goes on where a page ended, also when more arrives in between', async () => {
      const first = await call('FilterLogEvents', { logGroupName, limit: 2 })
      await put([[30, 'END d']])
      const second = await call('FilterLogEvents', { logGroupName, limit: 2, nextToken: first.nextToken })

      assert.deepEqual(messages(first.events), ['START a', 'INFO c'])
      assert.deepEqual(messages(second.events), ['ERROR b', 'END d'])
      assert.equal(second.nextToken, undefined)
    })

    it('refuses other tokens and higher limits (H.7)', async () => {
      await assert.rejects(filter({ nextToken: 'x' }), { name: 'InvalidParameterException', message: 'The specified nextToken is invalid.' })
      await assert.rejects(filter({ limit: 10_001 }), { message: /Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000/ })
    })
  })

  describe('GetLogEvents', () => {
    beforeEach(() => put([[0, 'a'], [1, 'b'], [2, 'c'], [3, 'd'], [4, 'e']]))

    it('answers the newest, unless it is asked for the head', async () => {
      assert.deepEqual(messages((await page({ limit: 2 })).events), ['d', 'e'])
      assert.deepEqual(messages((await page({ limit: 2, startFromHead: true })).events), ['a', 'b'])
    })

    it('walks both ways, and repeats its token at the end', async () => {
      const first = await page({ limit: 2, startFromHead: true })
      const second = await page({ limit: 9, nextToken: first.nextForwardToken })
      const third = await page({ nextToken: second.nextForwardToken })
      const back = await page({ limit: 1, nextToken: second.nextBackwardToken })

      assert.deepEqual(messages(second.events), ['c', 'd', 'e'])
      assert.deepEqual(third.events, [])
      assert.equal(third.nextForwardToken, second.nextForwardToken)
      assert.deepEqual(messages(back.events), ['b'])
    })

    it('ends before endTime', async () => {
      assert.deepEqual(messages((await page({ startTime: now + 1, endTime: now + 3 })).events), ['b', 'c'])
    })
  })

  it('has no live tail', () => assert.rejects(call('StartLiveTail', { logGroupIdentifiers: [groupArn] }), { name: 'NotImplemented' }))

  it('asks permission on the stream, or on the group in the form that needs a star', () => {
    assert.deepEqual(needed('PutLogEvents', { logGroupName: 'g', logStreamName: 's' }), ['logs:PutLogEvents arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:s'])
    assert.deepEqual(needed('CreateLogGroup', { logGroupName: 'g' }), ['logs:CreateLogGroup arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:'])
  })
})
