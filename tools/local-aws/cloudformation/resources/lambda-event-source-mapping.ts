import type { CreateEventSourceMappingCommandInput } from '@aws-sdk/client-lambda'
import { found } from '../handler-failure.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { tagChanges, tagMap } from '../tags.ts'
import { ready } from './ready.ts'
import { removed } from './removed.ts'

type Properties = Omit<CreateEventSourceMappingCommandInput, 'Tags'> & { Tags?: { Key: string, Value: string }[] }

/** To what each goes back when a template drops it. */
const DEFAULTS = { BatchSize: 10, MaximumBatchingWindowInSeconds: 0, Enabled: true, FunctionResponseTypes: [], ScalingConfig: {}, FilterCriteria: {} }

/**
 * Its id is its UUID (G2.16).
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */
export const eventSourceMapping = resourceType<Properties>({
  properties: {
    'FunctionName!': 'string', EventSourceArn: 'string', Enabled: 'boolean', BatchSize: 'number', MaximumBatchingWindowInSeconds: 'number',
    FunctionResponseTypes: ['string'], ScalingConfig: { MaximumConcurrency: 'number' }, FilterCriteria: { Filters: [{ Pattern: 'string' }] },
    StartingPosition: 'string', StartingPositionTimestamp: 'unbuilt', DestinationConfig: { OnFailure: { Destination: 'string' } },
    ParallelizationFactor: 'number', MaximumRecordAgeInSeconds: 'number', MaximumRetryAttempts: 'number', BisectBatchOnFunctionError: 'boolean', TumblingWindowInSeconds: 'number',
    Tags: [{ 'Key!': 'string', 'Value!': 'string' }],
    AmazonManagedKafkaEventSourceConfig: 'unbuilt', DocumentDBEventSourceConfig: 'unbuilt', KmsKeyArn: 'unbuilt', LoggingConfig: 'unbuilt',
    MetricsConfig: 'unbuilt', ProvisionedPollerConfig: 'unbuilt', Queues: 'unbuilt', SelfManagedEventSource: 'unbuilt',
    SelfManagedKafkaEventSourceConfig: 'unbuilt', SourceAccessConfigurations: 'unbuilt', Topics: 'unbuilt',
  },
  replacedBy: ['EventSourceArn', 'StartingPosition'],
  attributes: ['Id', 'EventSourceMappingArn'],
  tagged: true,

  async create({ Tags, ...properties }, request) {
    const input = { ...properties, Tags: tagMap(request, Tags) }
    const { UUID, EventSourceMappingArn } = await request.aws.call('lambda', 'CreateEventSourceMapping', input)
    await request.made(UUID!)
    await atRest(request, UUID!)
    return { id: UUID!, attributes: { Id: UUID, EventSourceMappingArn } }
  },

  async update({ Tags, EventSourceArn: _1, StartingPosition: _2, ...properties }, request, { Tags: oldTags, ...previous }) {
    const { aws, id: UUID, place: { account, region } } = request
    const dropped = removed<Omit<Properties, 'Tags'>>(properties, previous, DEFAULTS)
    await aws.call('lambda', 'UpdateEventSourceMapping', { ...properties, ...dropped, UUID })
    await atRest(request, UUID)

    const Resource = `arn:aws:lambda:${region}:${account}:event-source-mapping:${UUID}`
    const { set, drop } = tagChanges(request, oldTags, Tags)
    if (drop.length > 0) await aws.call('lambda', 'UntagResource', { Resource, TagKeys: drop })
    if (set) await aws.call('lambda', 'TagResource', { Resource, Tags: set })
  },

  async delete(_properties, { aws, id: UUID }) {
    await aws.call('lambda', 'DeleteEventSourceMapping', { UUID })
    await ready(`Event source mapping ${UUID}`, async () => !await found(aws.call('lambda', 'GetEventSourceMapping', { UUID })))
  },
})

/** A mapping is complete when it polls, or does not because it was told so. */
const atRest = ({ aws }: Request, UUID: string) => ready(`Event source mapping ${UUID}`, async () => {
  const { State } = await aws.call('lambda', 'GetEventSourceMapping', { UUID })
  return State === 'Enabled' || State === 'Disabled'
})
