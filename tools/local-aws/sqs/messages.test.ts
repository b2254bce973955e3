import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { arnOf, bodies, redrive, testQueues, type TestQueues } from './testing.ts'

const waited = () => new Promise((resolve) => { setImmediate(resolve) })
const entries = (ids: string[], MessageBody = 'x') => ids.map((Id) => ({ Id, MessageBody }))
const attribute = (value: object) => ({ MessageAttributes: { a: value as { DataType: string } } })

describe('messages', () => {
  let sqs: TestQueues
  let url: string
  beforeEach(async () => {
    sqs = await testQueues()
    url = await sqs.queue('work')
  })
  afterEach(() => sqs.stop())

  it('arrive as they were sent, with what is known of them', async () => {
    const attributes = { Name: { DataType: 'String', StringValue: 'Ann' }, Age: { DataType: 'Number', StringValue: '7' }, Face: { DataType: 'Binary.png', BinaryValue: new Uint8Array([1, 2]) } }
    const sent = await sqs.send(url, 'héllo', { MessageAttributes: attributes })

    const [message] = await sqs.receive(url)

    assert.equal(message!.Body, 'héllo')
    assert.deepEqual([message!.MessageId, message!.MD5OfBody, message!.MD5OfMessageAttributes], [sent.MessageId, sent.MD5OfMessageBody, sent.MD5OfMessageAttributes])
    assert.deepEqual(message!.MessageAttributes!.Name, attributes.Name)
    assert.deepEqual([...message!.MessageAttributes!.Face!.BinaryValue!], [1, 2])
    assert.match(message!.ReceiptHandle!, /^AQEB/)
    assert.deepEqual(message!.Attributes, {
      SenderId: 'internal.amazonaws.com', SentTimestamp: '1767225600000', ApproximateReceiveCount: '1', ApproximateFirstReceiveTimestamp: '1767225600000',
    })
  })

  it('show only the attributes that are asked for, with their checksum', async () => {
    await sqs.send(url, 'x', { MessageAttributes: { Foo: { DataType: 'String', StringValue: 'Bar' }, Other: { DataType: 'String', StringValue: 'x' } } })

    const [message] = await sqs.receive(url, { MessageSystemAttributeNames: ['SenderId'], MessageAttributeNames: ['Fo*'] })

    assert.deepEqual(Object.keys(message!.Attributes!), ['SenderId'])
    assert.deepEqual(message!.MessageAttributes, { Foo: { DataType: 'String', StringValue: 'Bar' } })
    assert.equal(message!.MD5OfMessageAttributes, 'ae7155c6026991b6d54b11589678bf9c')
  })

  it('are invisible while somebody works on them, and come back', async () => {
    await sqs.send(url, 'x')

    assert.deepEqual(bodies(await sqs.receive(url)), ['x'])
    assert.deepEqual(await sqs.receive(url), [])
    const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: inFlight } = await sqs.attributes(url)
    sqs.clock.advance(30_000)
    const [again] = await sqs.receive(url)

    assert.deepEqual([visible, inFlight, again!.Attributes!.ApproximateReceiveCount], ['0', '1', '2'])
  })

  it('are gone once deleted, and may be deleted twice', async () => {
    await sqs.send(url, 'x')
    const [{ ReceiptHandle } = {}] = await sqs.receive(url)
    sqs.clock.advance(60_000)

    await sqs.call('DeleteMessage', { QueueUrl: url, ReceiptHandle })
    await sqs.call('DeleteMessage', { QueueUrl: url, ReceiptHandle })

    assert.deepEqual(await sqs.receive(url), [])
    await assert.rejects(sqs.call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 1 }),
      { name: 'InvalidParameterValue', message: `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.` })
    await assert.rejects(sqs.call('DeleteMessage', { QueueUrl: url, ReceiptHandle: 'bad' }),
      { name: 'ReceiptHandleIsInvalid', message: 'The input receipt handle "bad" is not a valid receipt handle.' })
  })

  it('stay invisible as long as is said', async () => {
    await sqs.send(url, 'x')
    const [{ ReceiptHandle } = {}] = await sqs.receive(url)

    await sqs.call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 100 })
    sqs.clock.advance(99_000)
    assert.deepEqual(await sqs.receive(url), [])
    await sqs.call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 })

    assert.deepEqual(bodies(await sqs.receive(url)), ['x'])
  })

  it('come late where they were delayed, by themselves or by the queue', async () => {
    await sqs.call('SetQueueAttributes', { QueueUrl: url, Attributes: { DelaySeconds: '10' } })
    await sqs.send(url, 'now', { DelaySeconds: 0 })
    await sqs.send(url, 'later')

    assert.deepEqual(bodies(await sqs.receive(url)), ['now'])
    assert.equal((await sqs.attributes(url)).ApproximateNumberOfMessagesDelayed, '1')
    sqs.clock.advance(10_000)
    assert.deepEqual(bodies(await sqs.receive(url)), ['later'])
  })

  it('are forgotten after the retention period', async () => {
    await sqs.call('SetQueueAttributes', { QueueUrl: url, Attributes: { MessageRetentionPeriod: '60' } })
    await sqs.send(url, 'x')

    sqs.clock.advance(60_001)

    assert.deepEqual(await sqs.receive(url), [])
  })

  describe('that are waited for', () => {
    it('are answered at once when they come', async () => {
      const waiting = sqs.receive(url, { WaitTimeSeconds: 20 })
      await waited()
      await sqs.send(url, 'x')

      assert.deepEqual(bodies(await waiting), ['x'])
    })

    it('are answered when they become visible', async () => {
      await sqs.send(url, 'x', { DelaySeconds: 5 })
      const waiting = sqs.receive(url, { WaitTimeSeconds: 20 })
      await waited()
      sqs.clock.advance(5_000)

      assert.deepEqual(bodies(await waiting), ['x'])
    })

    it('may not come', async () => {
      const waiting = sqs.receive(url, { WaitTimeSeconds: 20 })
      await waited()
      sqs.clock.advance(20_000)

      assert.deepEqual(await waiting, [])
    })

    it('are waited for by nobody once the queue is gone or the cloud stops', async () => {
      const other = await sqs.queue('other')
      const [gone, stopped] = [sqs.receive(other, { WaitTimeSeconds: 20 }), sqs.receive(url, { WaitTimeSeconds: 20 })]
      for (const waiting of [gone, stopped]) waiting.catch(() => {})
      await waited()
      await sqs.call('DeleteQueue', { QueueUrl: other })
      await assert.rejects(gone, { name: 'QueueDoesNotExist' })
      await sqs.stop()

      await assert.rejects(stopped, { name: 'ServiceUnavailable' })
    })
  })

  it('go to the dead letter queue when they were received too often', async () => {
    const dead = await sqs.queue('dead')
    await sqs.call('SetQueueAttributes', { QueueUrl: url, Attributes: redrive('dead', 2) })
    const { MessageId } = await sqs.send(url, 'poison')
    for (const _ of [1, 2]) {
      assert.deepEqual(bodies(await sqs.receive(url)), ['poison'])
      sqs.clock.advance(30_000)
    }
    assert.deepEqual(await sqs.receive(dead), [])

    assert.deepEqual(await sqs.receive(url), [])
    const [message] = await sqs.receive(dead)

    assert.equal(message!.MessageId, MessageId)
    assert.deepEqual([message!.Attributes!.ApproximateReceiveCount, message!.Attributes!.DeadLetterQueueSourceArn, message!.Attributes!.SentTimestamp], ['3', arnOf('work'), '1767225600000'])
  })

  describe('that are dead letters', () => {
    let dead: string
    beforeEach(async () => {
      dead = await sqs.queue('dead')
      await sqs.call('SetQueueAttributes', { QueueUrl: url, Attributes: redrive('dead', 1) })
      await sqs.send(url, 'poison')
      await sqs.receive(url, { VisibilityTimeout: 0 })
      await sqs.receive(url)
    })

    it('go back to where they came from, as new ones', async () => {
      await sqs.call('StartMessageMoveTask', { SourceArn: arnOf('dead') })
      const [message] = await sqs.receive(url)

      assert.deepEqual([message!.Body, message!.Attributes!.ApproximateReceiveCount, message!.Attributes!.DeadLetterQueueSourceArn], ['poison', '1', undefined])
      assert.deepEqual(await sqs.receive(dead), [])
      assert.deepEqual((await sqs.call('ListMessageMoveTasks', { SourceArn: arnOf('dead') })).Results, [{
        Status: 'COMPLETED', SourceArn: arnOf('dead'), ApproximateNumberOfMessagesMoved: 1, ApproximateNumberOfMessagesToMove: 1, StartedTimestamp: 1_767_225_600_000,
      }])
    })

    it('go elsewhere', async () => {
      const other = await sqs.queue('other')
      await sqs.call('StartMessageMoveTask', { SourceArn: arnOf('dead'), DestinationArn: arnOf('other'), MaxNumberOfMessagesPerSecond: 5 })

      assert.deepEqual(bodies(await sqs.receive(other)), ['poison'])
    })

    it('stay where nobody knows where they came from', async () => {
      await sqs.send(dead, 'lost')
      await sqs.call('StartMessageMoveTask', { SourceArn: arnOf('dead') })

      const { Results } = await sqs.call('ListMessageMoveTasks', { SourceArn: arnOf('dead') })
      assert.deepEqual([Results![0]!.Status, Results![0]!.FailureReason, bodies(await sqs.receive(dead))], ['FAILED', 'CouldNotDetermineMessageSource', ['lost']])
    })

    it('need a queue of dead letters, and one to go to', async () => {
      await assert.rejects(sqs.call('StartMessageMoveTask', { SourceArn: arnOf('work') }), { name: 'InvalidParameterValue', message: 'Source queue must be configured as a Dead Letter Queue.' })
      await assert.rejects(sqs.call('StartMessageMoveTask', { SourceArn: arnOf('none') }), { name: 'ResourceNotFoundException', message: "The resource that you specified for the SourceArn parameter doesn't exist." })
      await assert.rejects(sqs.call('StartMessageMoveTask', { SourceArn: arnOf('dead'), DestinationArn: arnOf('none') }), { name: 'ResourceNotFoundException' })
      await assert.rejects(sqs.call('CancelMessageMoveTask', { TaskHandle: 'bad' }), { name: 'InvalidParameterValue', message: 'Value for parameter TaskHandle is invalid.' })
    })
  })

  describe('in batches', () => {
    it('are sent, made visible and deleted each by itself', async () => {
      const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: Id }))
      const { Successful, Failed } = await sqs.call('SendMessageBatch', { QueueUrl: url, Entries: [...Entries, { Id: 'late', MessageBody: 'x', DelaySeconds: 901 }] })
      const [a, b] = await sqs.receive(url)

      const changed = await sqs.call('ChangeMessageVisibilityBatch', { QueueUrl: url, Entries: [{ Id: '1', ReceiptHandle: b!.ReceiptHandle, VisibilityTimeout: 0 }] })
      const deleted = await sqs.call('DeleteMessageBatch', { QueueUrl: url, Entries: [{ Id: '1', ReceiptHandle: a!.ReceiptHandle }, { Id: '2', ReceiptHandle: 'bad' }] })

      assert.deepEqual(Successful!.map(({ Id }) => Id), ['a', 'b'])
      assert.deepEqual(Failed, [{ Id: 'late', SenderFault: true, Code: 'InvalidParameterValue', Message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.' }])
      assert.deepEqual([changed.Successful, deleted.Successful, deleted.Failed![0]!.Code], [[{ Id: '1' }], [{ Id: '1' }], 'ReceiptHandleIsInvalid'])
      assert.deepEqual(bodies(await sqs.receive(url)), ['b'])
    })

    const refusals: [what: string, entries: { Id: string, MessageBody: string }[], name: string, message: string][] = [
      ['nothing', [], 'EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.'],
      ['eleven', entries([...'abcdefghijk']), 'TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent 11.'],
      ['the same id twice', entries(['a', 'a']), 'BatchEntryIdsNotDistinct', 'Id a repeated.'],
      ['an odd id', entries(['a:b']), 'InvalidBatchEntryId', 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.'],
      ['more than a megabyte', entries(['a', 'b'], 'x'.repeat(524_289)), 'BatchRequestTooLong', 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048578 bytes.'],
    ]
    for (const [what, Entries, name, message] of refusals) it(`refuse ${what}`, () => assert.rejects(sqs.call('SendMessageBatch', { QueueUrl: url, Entries }), { name, message }))
  })

  const refusals: [what: string, body: string, more: object, name: string, message: RegExp][] = [
    ['nothing', '', {}, 'MissingParameter', /^The request must contain the parameter MessageBody\.$/],
    ['too much', 'x'.repeat(1_048_577), {}, 'InvalidParameterValue', /^One or more parameters are invalid\. Reason: Message must be shorter than 1048576 bytes\.$/],
    ['control characters', 'a\u0001', {}, 'InvalidMessageContents', /^Invalid characters found\./],
    ['half of a character', '\ud800', {}, 'InvalidMessageContents', /./],
    ['an empty attribute', 'x', attribute({ DataType: 'String', StringValue: '' }), 'InvalidParameterValue', /^Message \(user\) attribute 'a' must contain a non-empty value of type 'String'\.$/],
    ['an attribute of no type', 'x', attribute({ DataType: 'Text', StringValue: 'x' }), 'InvalidParameterValue', /must be prefixed with "String", "Binary", or "Number", but was: Text$/],
    ['a number that is none', 'x', attribute({ DataType: 'Number', StringValue: 'x' }), 'InvalidParameterValue', /to a number/],
    ['a deduplication id in a standard queue', 'x', { MessageDeduplicationId: 'a' }, 'InvalidParameterValue', /^Value a for parameter MessageDeduplicationId is invalid/],
  ]
  for (const [what, body, more, name, message] of refusals) it(`refuse ${what}`, () => assert.rejects(sqs.send(url, body, more), { name, message }))

  it('are received ten at a time at most, for 20 seconds at most', async () => {
    await assert.rejects(sqs.receive(url, { MaxNumberOfMessages: 11 }), { message: 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.' })
    await assert.rejects(sqs.receive(url, { WaitTimeSeconds: 21 }), { message: 'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.' })
  })
})

describe('messages of a FIFO queue', () => {
  let sqs: TestQueues
  let url: string
  beforeEach(async () => {
    sqs = await testQueues()
    url = await sqs.queue('work.fifo', { FifoQueue: 'true' })
  })
  afterEach(() => sqs.stop())
  const put = (body: string, group: string) => sqs.send(url, body, { MessageGroupId: group, MessageDeduplicationId: body })

  it('come in order, a group at a time', async () => {
    for (const [body, group] of [['1', 'a'], ['2', 'a'], ['3', 'b']] as const) await put(body, group)

    const [first] = await sqs.receive(url, { MaxNumberOfMessages: 1 })
    const others = await sqs.receive(url)
    await sqs.call('DeleteMessage', { QueueUrl: url, ReceiptHandle: first!.ReceiptHandle })

    assert.deepEqual([first!.Body, bodies(others), bodies(await sqs.receive(url))], ['1', ['3'], ['2']])
    assert.match(first!.Attributes!.SequenceNumber!, /^\d{20}$/)
    assert.equal(first!.Attributes!.MessageGroupId, 'a')
  })

  it('come once in five minutes', async () => {
    const first = await put('1', 'a')
    const again = await put('1', 'a')

    assert.deepEqual(again, first)
    assert.equal((await sqs.receive(url)).length, 1)
    sqs.clock.advance(300_000)
    assert.notEqual((await put('1', 'a')).MessageId, first.MessageId)
  })

  it('need a group, an id, and a handle that has not expired', async () => {
    await assert.rejects(sqs.send(url, 'x'), { name: 'MissingParameter', message: 'The request must contain the parameter MessageGroupId.' })
    await assert.rejects(sqs.send(url, 'x', { MessageGroupId: 'a' }), { message: 'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly' })
    await assert.rejects(sqs.send(url, 'x', { MessageGroupId: 'a', MessageDeduplicationId: 'a', DelaySeconds: 2 }),
      { message: 'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.' })
    await put('1', 'a')
    const [{ ReceiptHandle } = {}] = await sqs.receive(url)
    sqs.clock.advance(30_000)
    await assert.rejects(sqs.call('DeleteMessage', { QueueUrl: url, ReceiptHandle }), { message: `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.` })
  })
})
