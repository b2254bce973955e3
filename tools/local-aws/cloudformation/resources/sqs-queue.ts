import { isDeepStrictEqual } from 'node:util'
import { found } from '../handler-failure.ts'
import { generatedName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { tagChanges, tagMap } from '../tags.ts'

type Settings = {
  DelaySeconds?: number, MaximumMessageSize?: number, MessageRetentionPeriod?: number, ReceiveMessageWaitTimeSeconds?: number
  VisibilityTimeout?: number
  RedrivePolicy?: object | string, RedriveAllowPolicy?: object | string, SqsManagedSseEnabled?: boolean
  FifoQueue?: boolean, ContentBasedDeduplication?: boolean, DeduplicationScope?: string, FifoThroughputLimit?: string
}
type Properties = Settings & { QueueName?: string, Tags?: { Key: string, Value: string }[] }

/** What an update writes for settings that a template drops. The size is that of a recording, although new queues have 1 MB. */
const DEFAULTS: Record<string, string> = {
  DelaySeconds: '0', MaximumMessageSize: '262144', MessageRetentionPeriod: '345600', ReceiveMessageWaitTimeSeconds: '0', VisibilityTimeout: '30',
  RedrivePolicy: '', RedriveAllowPolicy: '', SqsManagedSseEnabled: 'true', ContentBasedDeduplication: 'false', DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
}

/** Its id is its address (G2.15). @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export const queue = resourceType<Properties>({
  properties: {
    QueueName: 'string', DelaySeconds: 'number', MaximumMessageSize: 'number', MessageRetentionPeriod: 'number',
    ReceiveMessageWaitTimeSeconds: 'number', VisibilityTimeout: 'number', RedrivePolicy: 'any', RedriveAllowPolicy: 'any', SqsManagedSseEnabled: 'boolean',
    FifoQueue: 'boolean', ContentBasedDeduplication: 'boolean', DeduplicationScope: 'string', FifoThroughputLimit: 'string',
    Tags: [{ 'Key!': 'string', 'Value!': 'string' }],
    KmsMasterKeyId: 'unbuilt', KmsDataKeyReusePeriodSeconds: 'unbuilt',
  },
  replacedBy: ['QueueName', 'FifoQueue'],
  attributes: ['Arn', 'QueueName', 'QueueUrl'],
  nameProperty: 'QueueName',
  tagged: true,
  plan({ QueueName, FifoQueue }, { stackName, logicalId, place: { account, region } }) {
    const generated = FifoQueue ? `${generatedName(stackName, logicalId, 75)}.fifo` : generatedName(stackName, logicalId, 80)
    return `https://sqs.${region}.amazonaws.com/${account}/${QueueName ?? generated}`
  },
  exists: async ({ QueueName }, { aws }) => QueueName !== undefined && found(aws.call('sqs', 'GetQueueUrl', { QueueName })),

  async create({ QueueName: _1, Tags, ...settings }, request) {
    const QueueName = nameOf(request)
    await request.aws.call('sqs', 'CreateQueue', { QueueName, Attributes: attributesOf(settings), tags: tagMap(request, Tags) })
    return { attributes: attributes(request) }
  },

  async update({ Tags, ...properties }, request, { Tags: oldTags, ...previous }) {
    const { aws, id: QueueUrl } = request
    const [before, after] = [attributesOf(settingsOf(previous)), attributesOf(settingsOf(properties))]
    const changes = Object.fromEntries([...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((name) => before[name] !== after[name])
      .map((name) => [name, after[name] ?? DEFAULTS[name] ?? '']))
    if (!isDeepStrictEqual(changes, {})) await aws.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: changes })

    const { set, drop } = tagChanges(request, oldTags, Tags)
    if (drop.length > 0) await aws.call('sqs', 'UntagQueue', { QueueUrl, TagKeys: drop })
    if (set) await aws.call('sqs', 'TagQueue', { QueueUrl, Tags: set })
    return { attributes: attributes(request) }
  },

  async delete(_properties, { aws, id: QueueUrl }) {
    await aws.call('sqs', 'DeleteQueue', { QueueUrl })
  },
})

const nameOf = ({ id }: Request) => id.slice(id.lastIndexOf('/') + 1)
const settingsOf = ({ QueueName: _1, FifoQueue: _2, ...settings }: Properties): Settings => settings

/** All attributes of a queue are text. */
const attributesOf = (settings: Settings): Record<string, string> => Object.fromEntries(Object.entries(settings)
  .filter(([name, value]) => value !== undefined && !(name === 'FifoQueue' && value === false))
  .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]))

function attributes(request: Request) {
  const { place: { account, region }, id } = request
  const QueueName = nameOf(request)
  return { Arn: `arn:aws:sqs:${region}:${account}:${QueueName}`, QueueName, QueueUrl: id }
}
