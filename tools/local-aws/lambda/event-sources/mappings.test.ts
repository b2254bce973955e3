import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Input } from '../../service.ts'
import { testWorkers, type TestWorkers } from './testing.ts'

const HANDLER = 'exports.handler = async () => {}'

describe('event source mappings', () => {
  let aws: TestWorkers
  let queue: { url: string, arn: string }
  before(async () => {
    aws = await testWorkers()
    const role = await aws.role('worker')
    await aws.worker('worker', role, HANDLER)
    await aws.worker('slow', role, HANDLER, { Timeout: 60 })
    await aws.worker('poor', await aws.role('poor', ['logs:*']), HANDLER)
    queue = await aws.queue('work')
  })
  after(() => aws.stop())
  const create = (input: Partial<Input<'lambda', 'CreateEventSourceMapping'>>) => aws.call('lambda', 'CreateEventSourceMapping', { EventSourceArn: queue.arn, FunctionName: 'worker', ...input })
  const at = async (UUID: string | undefined, state: string) => aws.eventually(`${UUID} is ${state}`, async () => (await aws.call('lambda', 'GetEventSourceMapping', { UUID })).State === state)

  it('are created, changed, disabled and deleted (H.3)', async () => {
    const { UUID, LastModified, ...rest } = await create({})
    assert.ok(LastModified instanceof Date)
    assert.deepEqual(rest, {
      BatchSize: 10, MaximumBatchingWindowInSeconds: 0, EventSourceArn: queue.arn, FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:worker', State: 'Creating',
      StateTransitionReason: 'USER_INITIATED', FunctionResponseTypes: [], EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${UUID}`,
    })
    await assert.rejects(aws.call('lambda', 'DeleteEventSourceMapping', { UUID }), { name: 'ResourceInUseException', message: 'Cannot delete the event source mapping because it is in use.' })
    await at(UUID, 'Enabled')
    await assert.rejects(create({}), { name: 'ResourceConflictException', status: 409, message: `An event source mapping with SQS arn (" ${queue.arn} ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID ${UUID}` })

    const changed = await aws.call('lambda', 'UpdateEventSourceMapping', { UUID, BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 }, FunctionResponseTypes: ['ReportBatchItemFailures'] })
    await at(UUID, 'Enabled')
    const disabled = await aws.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: false })
    await at(UUID, 'Disabled')
    const listed = await aws.call('lambda', 'ListEventSourceMappings', { FunctionName: 'worker' })
    const deleted = await aws.call('lambda', 'DeleteEventSourceMapping', { UUID })

    assert.deepEqual([changed.State, changed.BatchSize, changed.ScalingConfig, changed.FunctionResponseTypes], ['Updating', 1, { MaximumConcurrency: 2 }, ['ReportBatchItemFailures']])
    assert.deepEqual([disabled.State, listed.EventSourceMappings!.length, deleted.State], ['Disabling', 1, 'Deleting'])
    await aws.eventually('it is gone', async () => (await aws.call('lambda', 'ListEventSourceMappings', {})).EventSourceMappings!.length === 0)
    await assert.rejects(aws.call('lambda', 'GetEventSourceMapping', { UUID }), { name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' })
  })

  it('have tags', async () => {
    const other = await aws.queue('tagged')
    const { UUID, EventSourceMappingArn: Resource } = await create({ EventSourceArn: other.arn, Tags: { a: '1' }, Enabled: false })
    await aws.call('lambda', 'TagResource', { Resource, Tags: { b: '2' } })

    assert.deepEqual((await aws.call('lambda', 'ListTags', { Resource })).Tags, { a: '1', b: '2' })
    await at(UUID, 'Disabled')
    await aws.call('lambda', 'DeleteEventSourceMapping', { UUID })
  })

  const refusals: [what: string, input: Partial<Input<'lambda', 'CreateEventSourceMapping'>>, name: string, message: RegExp][] = [
    ['a role that may not receive', { FunctionName: 'poor' }, 'InvalidParameterValueException', /^The provided execution role does not have permissions to call ReceiveMessage on SQS$/],
    ['a function that is slower than the queue is patient', { FunctionName: 'slow' }, 'InvalidParameterValueException', /^Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds$/],
    ['a queue that is not there', { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:none' }, 'InvalidParameterValueException',
      /^Error occurred while ReceiveMessage\. SQS Error Code: AWS\.SimpleQueueService\.NonExistentQueue\. SQS Error Message: The specified queue does not exist\.$/],
    ['no queue', { EventSourceArn: '' }, 'InvalidParameterValueException', /^Unrecognized event source\.$/],
    ['a function that is not there', { FunctionName: 'none' }, 'InvalidParameterValueException', /^Function does not exist$/],
    ['large batches without a window', { BatchSize: 11 }, 'InvalidParameterValueException', /^Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10$/],
    ['a batch of none', { BatchSize: 0 }, 'ValidationException', /'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1$/],
    ['one at a time', { ScalingConfig: { MaximumConcurrency: 1 } }, 'ValidationException', /'scalingConfig.maximumConcurrency' failed/],
    ['what is for streams', { DestinationConfig: { OnFailure: { Destination: 'x' } } }, 'InvalidParameterValueException', /^Unsupported DestinationConfig parameter for given event source mapping type\.$/],
    ['a filter that is none', { FilterCriteria: { Filters: [{ Pattern: '{"body":[]}' }] } }, 'InvalidParameterValueException', /^Invalid filter pattern definition\.$/],
    ['rare filters, which are not built', { FilterCriteria: { Filters: [{ Pattern: '{"body":[{"wildcard":"*"}]}' }] } }, 'NotImplemented', /wildcard/],
    ['streams, which are not built', { EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/x' }, 'NotImplemented', /event sources other than SQS/],
  ]
  for (const [what, input, name, message] of refusals) it(`refuse ${what}`, () => assert.rejects(create(input), { name, message }))
})
