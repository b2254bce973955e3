import { generatedName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { tagChanges, tagMap } from '../tags.ts'

type Properties = { LogGroupName?: string, RetentionInDays?: number, KmsKeyId?: string, LogGroupClass?: 'STANDARD', Tags?: { Key: string, Value: string }[] }

const arnOf = ({ place, id }: Request) => `arn:aws:logs:${place.region}:${place.account}:log-group:${id}`

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export const logGroup = resourceType<Properties>({
  properties: {
    LogGroupName: 'string', RetentionInDays: 'number', KmsKeyId: 'string', LogGroupClass: 'string',
    Tags: [{ 'Key!': 'string', 'Value!': 'string' }],
    BearerTokenAuthenticationEnabled: 'unbuilt', DataProtectionPolicy: 'unbuilt', DeletionProtectionEnabled: 'unbuilt',
    FieldIndexPolicies: 'unbuilt', ResourcePolicyDocument: 'unbuilt',
  },
  replacedBy: ['LogGroupName', 'KmsKeyId', 'LogGroupClass'],
  attributes: ['Arn'],
  nameProperty: 'LogGroupName',
  tagged: true,
  plan: ({ LogGroupName }, { stackName, logicalId }) => LogGroupName ?? generatedName(stackName, logicalId, 512),
  async exists({ LogGroupName }, { aws }) {
    if (LogGroupName === undefined) return false
    const { logGroups = [] } = await aws.call('logs', 'DescribeLogGroups', { logGroupNamePrefix: LogGroupName })
    return logGroups.some(({ logGroupName }) => logGroupName === LogGroupName)
  },

  async create(properties, request) {
    const { aws, id: logGroupName, made } = request
    const { KmsKeyId: kmsKeyId, LogGroupClass: logGroupClass, Tags } = properties
    await aws.call('logs', 'CreateLogGroup', { logGroupName, kmsKeyId, logGroupClass, tags: tagMap(request, Tags) })
    await made(logGroupName)
    await setRetention(properties, request)
    return { attributes: { Arn: `${arnOf(request)}:*` } }
  },

  async update(properties, request, previous) {
    if (properties.RetentionInDays !== previous.RetentionInDays) await setRetention(properties, request)
    const { set, drop } = tagChanges(request, previous.Tags, properties.Tags)
    if (drop.length > 0) await request.aws.call('logs', 'UntagResource', { resourceArn: arnOf(request), tagKeys: drop })
    if (set) await request.aws.call('logs', 'TagResource', { resourceArn: arnOf(request), tags: set })
  },

  async delete(_properties, { aws, id: logGroupName }) {
    await aws.call('logs', 'DeleteLogGroup', { logGroupName })
  },
})

async function setRetention({ RetentionInDays: retentionInDays }: Properties, { aws, id: logGroupName }: Request) {
  if (retentionInDays === undefined) await aws.call('logs', 'DeleteRetentionPolicy', { logGroupName })
  else await aws.call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays })
}
