import assert from 'node:assert/strict'
import { fact, localFact, type Fact } from './fact.ts'
import { makeFunction } from './harness/functions.ts'
import { counts, makeQueue, map, redriveTo, worker, workplace } from './harness/queues.ts'
import { refused } from './harness/sdk.ts'

const JAN = '2026-01'
const ERRORS_PAGE = 'LS-lambda, LDG/services-sqs-errorhandling.html'
const INVALID = 'InvalidParameterValueException'

/** H.3 to H.6: queues that invoke functions. */
export const eventSourceFacts: Fact[] = [
  fact('H.3', 'O', 'an SQS mapping has a batch size of 10 and no window, is answered with 202, and goes from Creating to Enabled', 'LS-lambda', JAN, async (world) => {
    const queue = await makeQueue(world, 'mapping')
    const { FunctionName, FunctionArn } = await worker(world)
    const { $metadata, UUID, LastModified, EventSourceMappingArn, ...rest } = await map(world, queue, FunctionName)

    assert.equal($metadata.httpStatusCode, 202)
    assert.match(UUID!, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    assert.ok(LastModified instanceof Date)
    assert.ok(EventSourceMappingArn!.endsWith(`:event-source-mapping:${UUID}`))
    assert.deepEqual(rest, {
      BatchSize: 10, MaximumBatchingWindowInSeconds: 0, EventSourceArn: queue.arn, FunctionArn, State: 'Creating', StateTransitionReason: 'USER_INITIATED',
      FunctionResponseTypes: [],
    })
  }),
  fact('H.3', 'O', 'more than ten messages need a window', 'LS-lambda', JAN, async (world) => {
    const { arn } = await makeQueue(world, 'window')
    const { FunctionName } = await worker(world)

    assert.deepEqual(
      await refused(world.aws.lambda.createEventSourceMapping({ EventSourceArn: arn, FunctionName, BatchSize: 11 })),
      [400, INVALID, 'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10'],
    )
  }),
  fact('H.4', 'O', 'the execution role must be able to receive', 'WILD', JAN, async (world) => {
    const { arn } = await makeQueue(world, 'locked')
    const { FunctionName } = await makeFunction(world, 'no-receiver', 'exports.handler = async () => {}')

    assert.deepEqual(
      await refused(world.aws.lambda.createEventSourceMapping({ EventSourceArn: arn, FunctionName })),
      [400, INVALID, 'The provided execution role does not have permissions to call ReceiveMessage on SQS'],
    )
  }),
  fact('H.4', 'O', 'the queue must hide messages as long as the function may take', 'WILD', JAN, async (world) => {
    const { arn } = await makeQueue(world, 'hasty', { VisibilityTimeout: '1' })
    const { FunctionName } = await worker(world)

    assert.deepEqual(
      await refused(world.aws.lambda.createEventSourceMapping({ EventSourceArn: arn, FunctionName })),
      [400, INVALID, 'Queue visibility timeout: 1 seconds is less than Function timeout: 4 seconds'],
    )
  }),
  fact('H.4', 'O', 'queue and function must be there', 'LS-lambda', JAN, async (world) => {
    const queue = await makeQueue(world, 'present')
    const { FunctionName } = await worker(world)

    assert.deepEqual(
      await refused(world.aws.lambda.createEventSourceMapping({ EventSourceArn: queue.arn.replace(/present$/, 'absent'), FunctionName })),
      [400, INVALID, 'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.'],
    )
    assert.deepEqual(await refused(world.aws.lambda.createEventSourceMapping({ EventSourceArn: queue.arn, FunctionName: world.name('absent') })), [400, INVALID, 'Function does not exist'])
    assert.deepEqual(await refused(world.aws.lambda.createEventSourceMapping({ FunctionName })), [400, INVALID, 'Unrecognized event source.'])
  }),
  fact('H.4', 'O', 'the same queue and function again', 'LS-lambda', JAN, async (world) => {
    const queue = await makeQueue(world, 'again')
    const { FunctionName } = await worker(world)
    const { UUID } = await map(world, queue, FunctionName)

    assert.deepEqual(
      await refused(world.aws.lambda.createEventSourceMapping({ EventSourceArn: queue.arn, FunctionName })),
      [
        409, 'ResourceConflictException',
        `An event source mapping with SQS arn (" ${queue.arn} ") and function (" ${FunctionName} ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
      ],
    )
  }),
  fact('H.4', 'O', 'a mapping that is not there', 'LS-lambda', JAN, async (world) => {
    const UUID = '00000000-0000-0000-0000-000000000000'
    const expected = [404, 'ResourceNotFoundException', 'The resource you requested does not exist.']

    assert.deepEqual(await refused(world.aws.lambda.getEventSourceMapping({ UUID })), expected)
    assert.deepEqual(await refused(world.aws.lambda.updateEventSourceMapping({ UUID })), expected)
    assert.deepEqual(await refused(world.aws.lambda.deleteEventSourceMapping({ UUID })), expected)
  }),
  fact('H.5', 'O', 'the event of a batch has these members', 'LS-lambda', JAN, async (world) => {
    const { queue, send, seen } = await workplace(world, 'event')
    const { Successful } = await send({ n: 1 })
    const [event] = await seen(1)

    assert.deepEqual(Object.keys(event!), ['Records'])
    const { receiptHandle, body, attributes, ...rest } = event!.Records[0]!
    assert.equal(JSON.parse(body).n, 1)
    assert.ok(typeof receiptHandle === 'string')
    assert.deepEqual(Object.keys(attributes), ['ApproximateReceiveCount', 'SentTimestamp', 'SenderId', 'ApproximateFirstReceiveTimestamp'])
    assert.equal(attributes.ApproximateReceiveCount, '1')
    assert.deepEqual(rest, {
      messageId: Successful![0]!.MessageId, messageAttributes: {}, md5OfBody: Successful![0]!.MD5OfMessageBody, eventSource: 'aws:sqs', eventSourceARN: queue.arn,
      awsRegion: world.cloud.region,
    })
  }),
  fact('H.6', 'O', 'a call that fails returns the whole batch after the visibility timeout; received often enough, it is a dead letter', ERRORS_PAGE, JAN, async (world) => {
    const dead = await makeQueue(world, 'failing-dead')
    const { send, seen, isEmpty } = await workplace(world, 'failing', redriveTo(dead, 2))
    await send({ throws: true })
    const [first, second] = await seen(2)
    await isEmpty()

    assert.deepEqual([first!.Records[0]!.attributes.ApproximateReceiveCount, second!.Records[0]!.attributes.ApproximateReceiveCount], ['1', '2'])
    assert.equal(first!.Records[0]!.messageId, second!.Records[0]!.messageId)
    await world.eventually('the dead letter', async () => (await counts(world, dead))[0] === '1')
  }),
  fact('H.6', 'O', 'without ReportBatchItemFailures the answer says nothing', ERRORS_PAGE, JAN, async (world) => {
    const { send, seen, isEmpty } = await workplace(world, 'mute')
    await send({ fails: true })
    await seen(1)
    await isEmpty()
  }),
  fact('H.6', 'O', 'with it only the reported messages come back', ERRORS_PAGE, JAN, async (world) => {
    const { send, seen } = await workplace(world, 'reporting', {}, { FunctionResponseTypes: ['ReportBatchItemFailures'] })
    await send({ n: 1 }, { n: 2, fails: true })
    const times = (events: Awaited<ReturnType<typeof seen>>, n: number) => events.flatMap(({ Records }) => Records).filter(({ body }) => JSON.parse(body).n === n).length
    const events = await world.eventually('the second comes again', async () => {
      const sofar = await seen(1)
      return times(sofar, 2) >= 2 && sofar
    })

    assert.equal(times(events, 1), 1)
  }),
  ...[null, {}, { batchItemFailures: [] }, { batchItemFailures: null }].map((answers, index) =>
    fact('H.6', 'D', `${JSON.stringify(answers)} means that all went well`, ERRORS_PAGE, JAN, async (world) => {
      const { send, seen, isEmpty } = await workplace(world, `well-${index}`, {}, { FunctionResponseTypes: ['ReportBatchItemFailures'] })
      await send({ answers })
      await seen(1)
      await isEmpty()
    })),
  ...[[{ itemIdentifier: 'unknown' }], [{ itemIdentifier: '' }], [{ itemIdentifier: null }], [{ foo: 'x' }]].map((batchItemFailures, index) =>
    fact('H.6', 'D', `${JSON.stringify({ batchItemFailures })} returns the whole batch`, ERRORS_PAGE, JAN, async (world) => {
      const { send, seen } = await workplace(world, `ill-${index}`, {}, { FunctionResponseTypes: ['ReportBatchItemFailures'] })
      await send({ answers: { batchItemFailures } })
      const [, again] = await seen(2)

      assert.equal(again!.Records[0]!.attributes.ApproximateReceiveCount, '2')
    })),
  fact('H.17', 'O', 'a filter that is none is refused', 'LS-lambda', JAN, async (world) => {
    const queue = await makeQueue(world, 'unfiltered')
    const { FunctionName } = await worker(world)
    for (const Pattern of ['"simple string"', '{"eventSource":"aws:sqs"}', '{"eventSource":[]}'])
      assert.deepEqual(
        await refused(world.aws.lambda.createEventSourceMapping({ EventSourceArn: queue.arn, FunctionName, FilterCriteria: { Filters: [{ Pattern }] } })),
        [400, INVALID, 'Invalid filter pattern definition.'],
      )
  }),
  fact('H.17', 'O', 'what a filter of bodies does not want, and what is no JSON, is deleted without a call', 'LS-lambda', JAN, async (world) => {
    const Pattern = '{"body":{"n":[{"numeric":[">=",100,"<",200]}]}}'
    const { queue, send, seen, isEmpty } = await workplace(world, 'filtered', {}, { FilterCriteria: { Filters: [{ Pattern }] } })
    await world.aws.sqs.sendMessage({ QueueUrl: queue.url, MessageBody: 'no JSON' })
    await send({ n: 99 }, { n: 100 }, { n: 200 })
    const events = await seen(1)
    await isEmpty()

    assert.deepEqual(events.flatMap(({ Records }) => Records).map(({ body }) => JSON.parse(body).n), [100])
  }),
  localFact('faults', 'H.6', 'D', 'a throttled batch is tried again until its messages are visible anyway', ERRORS_PAGE, JAN, async (world) => {
    const { queue, send, seen, isEmpty } = await workplace(world, 'throttled', { VisibilityTimeout: '30' })
    const stop = world.local!.faults.set({ kind: 'throttle', service: 'lambda', operation: 'Invoke' })
    await send({ n: 1 })
    await world.eventually('it is taken', async () => (await counts(world, queue))[1] === '1')
    stop()
    const events = await seen(1)
    await isEmpty()

    assert.equal(events.length, 1)
  }),
  fact('H.6', 'O', 'a mapping that is at work can be disabled, which is told as Disabling', 'LS-lambda', JAN, async (world) => {
    const queue = await makeQueue(world, 'disabled')
    const { FunctionName } = await worker(world)
    const { UUID } = await map(world, queue, FunctionName)
    const { State } = await world.aws.lambda.updateEventSourceMapping({ UUID, Enabled: false })
    await world.eventually('it is Disabled', async () => (await world.aws.lambda.getEventSourceMapping({ UUID })).State === 'Disabled')

    assert.match(State!, /^(?:Disabling|Updating)$/)
  }),
]
