import { notBuilt } from '../../aws-error.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { table, type TableProperties } from './dynamodb-table.ts'

type Replica = Pick<TableProperties, 'TableClass' | 'DeletionProtectionEnabled' | 'PointInTimeRecoverySpecification' | 'Tags'> & { Region: string }
type Properties = Omit<TableProperties, keyof Replica> & { Replicas: Replica[] }

const shared = table.properties

/**
 * What CDK makes of `TableV2`: a table whose settings stand partly in its replica of the stack's region.
 *
 * Differs from AWS: replicas in other regions and the attribute TableId are not built.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 */
export const globalTable = resourceType<Properties>({
  properties: {
    TableName: shared.TableName!, BillingMode: shared.BillingMode!, 'KeySchema!': shared['KeySchema!']!,
    'AttributeDefinitions!': shared.AttributeDefinitions!, GlobalSecondaryIndexes: shared.GlobalSecondaryIndexes!,
    LocalSecondaryIndexes: shared.LocalSecondaryIndexes!, StreamSpecification: shared.StreamSpecification!,
    TimeToLiveSpecification: shared.TimeToLiveSpecification!, SSESpecification: shared.SSESpecification!,
    'Replicas!': [{
      'Region!': 'string', TableClass: 'string', DeletionProtectionEnabled: 'boolean',
      PointInTimeRecoverySpecification: shared.PointInTimeRecoverySpecification!, Tags: shared.Tags!,
      ContributorInsightsSpecification: 'unbuilt', GlobalSecondaryIndexes: 'unbuilt', KinesisStreamSpecification: 'unbuilt',
      ReadProvisionedThroughputSettings: 'unbuilt', ReadOnDemandThroughputSettings: 'unbuilt', ReplicaStreamSpecification: 'unbuilt',
      ResourcePolicy: 'unbuilt', SSESpecification: 'unbuilt',
    }],
    GlobalTableSettingsReplicationMode: 'unbuilt', GlobalTableSourceArn: 'unbuilt', GlobalTableWitnesses: 'unbuilt', MultiRegionConsistency: 'unbuilt',
    WarmThroughput: 'unbuilt', WriteProvisionedThroughputSettings: 'unbuilt', WriteOnDemandThroughputSettings: 'unbuilt',
  },
  replacedBy: ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
  attributes: table.attributes,
  nameProperty: 'TableName',
  tagged: true,
  plan: (properties, request) => table.plan!(asTable(properties, request), request),
  exists: (properties, request) => table.exists!(asTable(properties, request), request),
  create: (properties, request) => table.create(asTable(properties, request), request),
  update: (properties, request, previous) => table.update!(asTable(properties, request), request, asTable(previous, request)),
  delete: (properties, request) => table.delete(asTable(properties, request), request),
})

function asTable({ Replicas, ...properties }: Properties, { place, logicalId }: Request): TableProperties {
  const { Region, ...settings } = Replicas[0]!
  if (Replicas.length !== 1 || Region !== place.region)
    throw notBuilt(`The replica of ${logicalId} outside of ${place.region}`)
  return { ...properties, ...settings }
}
