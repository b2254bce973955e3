import { isDeepStrictEqual } from 'node:util'
import type { CreateTableInput, GlobalSecondaryIndex, TimeToLiveSpecification } from '@aws-sdk/client-dynamodb'
import { found } from '../handler-failure.ts'
import { generatedName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { tagChanges, tagList } from '../tags.ts'
import { ready } from './ready.ts'

export type TableProperties = CreateTableInput & {
  TimeToLiveSpecification?: TimeToLiveSpecification
  PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled?: boolean }
  Tags?: { Key: string, Value: string }[]
}

const KEYS = [{ 'AttributeName!': 'string', 'KeyType!': 'string' }] as const
const PROJECTION = { ProjectionType: 'string', NonKeyAttributes: ['string'] } as const
const THROUGHPUT = { 'ReadCapacityUnits!': 'number', 'WriteCapacityUnits!': 'number' } as const

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export const table = resourceType<TableProperties>({
  properties: {
    TableName: 'string', BillingMode: 'string', 'KeySchema!': KEYS,
    AttributeDefinitions: [{ 'AttributeName!': 'string', 'AttributeType!': 'string' }],
    ProvisionedThroughput: THROUGHPUT,
    GlobalSecondaryIndexes: [{ 'IndexName!': 'string', 'KeySchema!': KEYS, 'Projection!': PROJECTION, ProvisionedThroughput: THROUGHPUT }],
    LocalSecondaryIndexes: [{ 'IndexName!': 'string', 'KeySchema!': KEYS, 'Projection!': PROJECTION }],
    StreamSpecification: { 'StreamViewType!': 'string', ResourcePolicy: 'unbuilt' }, TableClass: 'string',
    DeletionProtectionEnabled: 'boolean',
    TimeToLiveSpecification: { AttributeName: 'string', 'Enabled!': 'boolean' },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'boolean', RecoveryPeriodInDays: 'unbuilt' },
    SSESpecification: { 'SSEEnabled!': 'boolean', SSEType: 'string', KMSMasterKeyId: 'string' },
    Tags: [{ 'Key!': 'string', 'Value!': 'string' }],
    ContributorInsightsSpecification: 'unbuilt', ImportSourceSpecification: 'unbuilt', KinesisStreamSpecification: 'unbuilt',
    ResourcePolicy: 'unbuilt',
    OnDemandThroughput: 'unbuilt', WarmThroughput: 'unbuilt',
  },
  replacedBy: ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
  attributes: ['Arn', 'StreamArn'],
  nameProperty: 'TableName',
  tagged: true,
  plan: ({ TableName }, { stackName, logicalId }) => TableName ?? generatedName(stackName, logicalId, 255),
  exists: async ({ TableName }, { aws }) => TableName !== undefined && found(aws.call('dynamodb', 'DescribeTable', { TableName })),

  async create({ TimeToLiveSpecification, PointInTimeRecoverySpecification, Tags, ...properties }, request) {
    const { aws, id, made } = request
    await aws.call('dynamodb', 'CreateTable', {
      ...properties, TableName: id, Tags: tagList(request, Tags),
      StreamSpecification: properties.StreamSpecification && { ...properties.StreamSpecification, StreamEnabled: true },
      SSESpecification: sse(properties.SSESpecification),
    })
    await made(id)
    await active(request)
    if (TimeToLiveSpecification) await aws.call('dynamodb', 'UpdateTimeToLive', { TableName: id, TimeToLiveSpecification })
    if (PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled) await setRecovery(request, true)
    return { attributes: await attributes(request) }
  },

  async update(properties, request, previous) {
    const { aws, id: TableName } = request
    await updateSettings(properties, request, previous)
    await updateIndexes(properties, request, previous)

    const ttl = properties.TimeToLiveSpecification ?? (previous.TimeToLiveSpecification && { ...previous.TimeToLiveSpecification, Enabled: false })
    if (ttl && !isDeepStrictEqual(ttl, previous.TimeToLiveSpecification))
      await aws.call('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification: ttl })
    const recovery = properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled ?? false
    if (recovery !== (previous.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled ?? false)) await setRecovery(request, recovery)

    const made = { attributes: await attributes(request) }
    await updateTags(properties, request, previous, made.attributes.Arn!)
    return made
  },

  async delete(_properties, { aws, id: TableName }) {
    await aws.call('dynamodb', 'DeleteTable', { TableName })
    await ready(`Table ${TableName}`, async () => !await found(aws.call('dynamodb', 'DescribeTable', { TableName })))
  },
})

async function attributes({ aws, id: TableName }: Request) {
  const { Table } = await aws.call('dynamodb', 'DescribeTable', { TableName })
  return { Arn: Table?.TableArn, ...(Table?.LatestStreamArn ? { StreamArn: Table.LatestStreamArn } : {}) }
}

const active = ({ aws, id: TableName }: Request) => ready(`Table ${TableName}`, async () => {
  const { Table } = await aws.call('dynamodb', 'DescribeTable', { TableName })
  return Table?.TableStatus === 'ACTIVE' && (Table.GlobalSecondaryIndexes ?? []).every(({ IndexStatus }) => IndexStatus === 'ACTIVE')
})

async function updateSettings(properties: TableProperties, request: Request, previous: TableProperties) {
  const { BillingMode = 'PROVISIONED', ProvisionedThroughput, StreamSpecification, DeletionProtectionEnabled = false, TableClass = 'STANDARD' } = properties
  const { BillingMode: oldMode = 'PROVISIONED', DeletionProtectionEnabled: oldProtection = false, TableClass: oldClass = 'STANDARD' } = previous
  const changes = {
    ...(BillingMode !== oldMode ? { BillingMode } : {}),
    ...(isDeepStrictEqual(ProvisionedThroughput, previous.ProvisionedThroughput) ? {} : { ProvisionedThroughput }),
    ...(isDeepStrictEqual(StreamSpecification, previous.StreamSpecification)
      ? {}
      : { StreamSpecification: StreamSpecification ? { ...StreamSpecification, StreamEnabled: true } : { StreamEnabled: false } }),
    ...(DeletionProtectionEnabled !== oldProtection ? { DeletionProtectionEnabled } : {}),
    ...(TableClass !== oldClass ? { TableClass } : {}),
    ...(isDeepStrictEqual(properties.SSESpecification, previous.SSESpecification)
      ? {}
      : { SSESpecification: sse(properties.SSESpecification) ?? { Enabled: false } }),
  }
  if (Object.keys(changes).length === 0) return
  await request.aws.call('dynamodb', 'UpdateTable', { TableName: request.id, ...changes })
  await active(request)
}

/** DynamoDB takes one change of an index per call. */
async function updateIndexes(properties: TableProperties, request: Request, { GlobalSecondaryIndexes: before = [] }: TableProperties) {
  const { GlobalSecondaryIndexes: after = [], AttributeDefinitions } = properties
  const changes = [
    ...notIn(after, before).map(({ IndexName }) => ({ Delete: { IndexName } })),
    ...notIn(before, after).map((index) => ({ Create: index })),
  ]
  for (const change of changes) {
    await request.aws.call('dynamodb', 'UpdateTable', { TableName: request.id, AttributeDefinitions, GlobalSecondaryIndexUpdates: [change] })
    await active(request)
  }
}

const notIn = (other: GlobalSecondaryIndex[], list: GlobalSecondaryIndex[]) =>
  list.filter((index) => !other.some((candidate) => isDeepStrictEqual(candidate, index)))

async function updateTags({ Tags: after }: TableProperties, request: Request, { Tags: before }: TableProperties, ResourceArn: string) {
  const { list, drop } = tagChanges(request, before, after)
  if (drop.length > 0) await request.aws.call('dynamodb', 'UntagResource', { ResourceArn, TagKeys: drop })
  if (list) await request.aws.call('dynamodb', 'TagResource', { ResourceArn, Tags: list })
}

const setRecovery = ({ aws, id: TableName }: Request, PointInTimeRecoveryEnabled: boolean) =>
  aws.call('dynamodb', 'UpdateContinuousBackups', { TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled } })

/** Templates say SSEEnabled where the service says Enabled. */
function sse(specification: (TableProperties['SSESpecification'] & { SSEEnabled?: boolean }) | undefined) {
  if (!specification) return undefined
  const { SSEEnabled, ...rest } = specification
  return { ...rest, Enabled: SSEEnabled }
}
