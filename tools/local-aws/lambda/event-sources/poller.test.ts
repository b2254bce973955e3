import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { testWorkers, type TestWorkers } from './testing.ts'

const PRINTS = 'exports.handler = async ({ Records }) => { console.log(JSON.stringify({ bodies: Records.map(({ body }) => body) })) }'
const REPORTS = `exports.handler = async ({ Records }) => {
  console.log(JSON.stringify({ bodies: Records.map(({ body }) => body) }))
  return { batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })) }
}`
const FAILS = 'exports.handler = async ({ Records }) => { console.log(JSON.stringify({ count: Records[0].attributes.ApproximateReceiveCount })); throw new Error("no") }'

describe('a queue with a worker', () => {
  let aws: TestWorkers
  let queue: { url: string, arn: string }
  let role: string
  beforeEach(async () => {
    aws = await testWorkers()
    role = await aws.role('worker')
    queue = await aws.queue('work')
  })
  afterEach(() => aws.stop())
  const isEmpty = (url: string) => aws.eventually('the queue is empty', async () => (await aws.counts(url)).every((count) => count === 0))

  it('hands over what waits, in one batch, and forgets it when that went well', async () => {
    await aws.worker('worker', role, PRINTS)
    await aws.send(queue.url, 'a', 'b', 'c')

    await aws.map(queue.arn, 'worker')

    assert.deepEqual(await aws.printed(1), [{ bodies: ['a', 'b', 'c'] }])
    await isEmpty(queue.url)
  })

  it('hands over what comes', async () => {
    await aws.worker('worker', role, PRINTS)
    await aws.map(queue.arn, 'worker', { BatchSize: 1 })

    await aws.send(queue.url, 'a')
    await aws.printed(1)
    await aws.send(queue.url, 'b')

    assert.deepEqual(await aws.printed(2), [{ bodies: ['a'] }, { bodies: ['b'] }])
  })

  it('gets the whole batch back when the worker fails, and buries it after so many receipts (H.6)', async () => {
    const dead = await aws.queue('dead')
    await aws.call('sqs', 'SetQueueAttributes', { QueueUrl: queue.url, Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 }) } })
    await aws.worker('worker', role, FAILS)
    await aws.map(queue.arn, 'worker')

    await aws.send(queue.url, 'a', 'b')
    await aws.ended(1)
    assert.deepEqual(await aws.counts(queue.url), [0, 2])
    aws.clock.advance(30_000)
    await aws.ended(2)
    aws.clock.advance(30_000)

    await aws.eventually('both are dead letters', async () => (await aws.counts(dead.url))[0] === 2)
    assert.deepEqual(await aws.printed(2), [{ count: '1' }, { count: '2' }])
    await isEmpty(queue.url)
  })

  it('gets back only what the worker reports (H.6)', async () => {
    await aws.worker('worker', role, REPORTS)
    await aws.send(queue.url, 'good', 'bad')
    await aws.map(queue.arn, 'worker', { FunctionResponseTypes: ['ReportBatchItemFailures'] })

    await aws.ended(1)
    await aws.eventually('the good one is gone', async () => (await aws.counts(queue.url))[1] === 1)
    aws.clock.advance(30_000)

    assert.deepEqual(await aws.printed(2), [{ bodies: ['good', 'bad'] }, { bodies: ['bad'] }])
  })

  it('fills a batch within its window', async () => {
    await aws.worker('worker', role, PRINTS)
    await aws.map(queue.arn, 'worker', { MaximumBatchingWindowInSeconds: 5 })

    await aws.send(queue.url, 'a')
    await aws.eventually('the first is taken', async () => (await aws.counts(queue.url))[1] === 1)
    await aws.send(queue.url, 'b')
    await aws.eventually('the second, too', async () => (await aws.counts(queue.url))[1] === 2)
    aws.clock.advance(5_000)

    assert.deepEqual(await aws.printed(1), [{ bodies: ['a', 'b'] }])
  })

  it('waits while the worker is throttled', async () => {
    await aws.worker('worker', role, PRINTS)
    const allow = aws.cloud.faults.set({ kind: 'throttle', service: 'lambda', operation: 'Invoke' })
    await aws.map(queue.arn, 'worker')
    await aws.send(queue.url, 'a')
    await aws.eventually('it is taken', async () => (await aws.counts(queue.url))[1] === 1)

    allow()
    await aws.eventually('it is handed over', async () => {
      aws.clock.advance(1_000)
      return (await aws.counts(queue.url))[1] === 0
    })

    assert.deepEqual(await aws.printed(1), [{ bodies: ['a'] }])
  })

  it('does not lose what it cannot read for a while', async () => {
    await aws.worker('worker', role, PRINTS)
    const allow = aws.cloud.faults.set({ kind: 'deny', action: 'sqs:ReceiveMessage', principal: 'worker' })
    await aws.send(queue.url, 'a')
    allow()
    await aws.map(queue.arn, 'worker')
    await isEmpty(queue.url)
    const deny = aws.cloud.faults.set({ kind: 'deny', action: 'sqs:ReceiveMessage', principal: 'worker' })
    await aws.send(queue.url, 'b')
    await aws.ended(2)
    await aws.send(queue.url, 'c')
    await aws.happened(1, (event) => event.kind === 'decision' && !event.allowed ? event : undefined)
    deny()
    aws.clock.advance(2_000)

    assert.deepEqual(await aws.printed(3), [{ bodies: ['a'] }, { bodies: ['b'] }, { bodies: ['c'] }])
  })

  it('is left alone once the mapping is disabled', async () => {
    await aws.worker('worker', role, PRINTS)
    const UUID = await aws.map(queue.arn, 'worker')
    await aws.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: false })
    await aws.eventually('it is disabled', async () => (await aws.call('lambda', 'GetEventSourceMapping', { UUID })).State === 'Disabled')

    await aws.send(queue.url, 'a')

    await aws.eventually('the message stays', async () => (await aws.counts(queue.url))[0] === 1)
    const { Messages } = await aws.call('sqs', 'ReceiveMessage', { QueueUrl: queue.url })
    assert.equal(Messages![0]!.Body, 'a')
  })

  it('hands over what a filter wants, and forgets the rest', async () => {
    await aws.worker('worker', role, PRINTS)
    await aws.send(queue.url, '{"kind":"a"}', '{"kind":"b"}', 'plain')
    await aws.map(queue.arn, 'worker', { FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["b","c"]}}' }] } })

    assert.deepEqual(await aws.printed(1), [{ bodies: ['{"kind":"b"}'] }])
    await isEmpty(queue.url)
  })

  it('has no more workers at a time than the mapping says', async () => {
    await aws.worker('worker', role, 'exports.handler = () => new Promise((resolve) => { setTimeout(resolve, 300) })')
    await aws.map(queue.arn, 'worker', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } })

    await aws.send(queue.url, 'a', 'b', 'c', 'd')
    await aws.eventually('two are at work', async () => (await aws.counts(queue.url))[1] === 2)
    await aws.ended(1)
    const [visible, inFlight] = await aws.counts(queue.url)

    assert.ok(visible! >= 1 && inFlight! <= 2, `${visible} wait, ${inFlight} are at work`)
    await aws.ended(4)
    await isEmpty(queue.url)
  })

  it('keeps its messages as long as there is no worker', async () => {
    await aws.worker('worker', role, PRINTS)
    await aws.map(queue.arn, 'worker')
    await aws.send(queue.url, 'a')
    await aws.ended(1)
    await isEmpty(queue.url)
    await aws.call('lambda', 'DeleteFunction', { FunctionName: 'worker' })

    // What waited for the next message already gets it, and cannot hand it over.
    await aws.send(queue.url, 'b')
    await aws.eventually('it is taken', async () => (await aws.counts(queue.url))[1] === 1)
    await aws.worker('worker', role, PRINTS)
    await aws.eventually('it is handed over', async () => {
      aws.clock.advance(10_000)
      return (await aws.counts(queue.url)).every((count) => count === 0)
    })

    assert.deepEqual(await aws.printed(2), [{ bodies: ['a'] }, { bodies: ['b'] }])
  })
})
