import { isDeepStrictEqual } from 'node:util'
import type { CreateFunctionCommandInput, FunctionCode } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { found } from '../handler-failure.ts'
import { generatedName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { tagChanges, tagMap } from '../tags.ts'
import { ready } from './ready.ts'
import { removed } from './removed.ts'

type Code = { S3Bucket?: string, S3Key?: string, S3ObjectVersion?: string, ZipFile?: string }
type Properties = Omit<CreateFunctionCommandInput, 'Code' | 'Tags' | 'FunctionName'> & {
  FunctionName?: string, Code: Code, ReservedConcurrentExecutions?: number, Tags?: { Key: string, Value: string }[]
}

/** What UpdateFunctionConfiguration takes, and to what each goes back when a template drops it. */
const DEFAULTS = {
  Description: '', Timeout: 3, MemorySize: 128, Environment: { Variables: {} }, Layers: [], DeadLetterConfig: {}, KMSKeyArn: '',
  TracingConfig: { Mode: 'PassThrough' }, EphemeralStorage: { Size: 512 }, LoggingConfig: { LogFormat: 'Text' },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const lambdaFunction = resourceType<Properties>({
  properties: {
    FunctionName: 'string',
    'Code!': { S3Bucket: 'string', S3Key: 'string', S3ObjectVersion: 'string', ZipFile: 'string', ImageUri: 'unbuilt', SourceKMSKeyArn: 'unbuilt' },
    Runtime: 'string', Handler: 'string', 'Role!': 'string', Description: 'string', Timeout: 'number', MemorySize: 'number',
    Environment: { Variables: { '*': 'string' } }, Architectures: ['string'], PackageType: 'string', Layers: ['string'],
    KmsKeyArn: 'unbuilt',
    DeadLetterConfig: { TargetArn: 'string' }, TracingConfig: { 'Mode!': 'string' }, EphemeralStorage: { 'Size!': 'number' },
    LoggingConfig: { LogFormat: 'string', ApplicationLogLevel: 'string', SystemLogLevel: 'string', LogGroup: 'string' },
    VpcConfig: { SubnetIds: ['string'], SecurityGroupIds: ['string'], Ipv6AllowedForDualStack: 'boolean' },
    ReservedConcurrentExecutions: 'number', Tags: [{ 'Key!': 'string', 'Value!': 'string' }],
    CapacityProviderConfig: 'unbuilt', CodeSigningConfigArn: 'unbuilt', DurableConfig: 'unbuilt', FileSystemConfigs: 'unbuilt',
    FunctionScalingConfig: 'unbuilt',
    ImageConfig: 'unbuilt', PublishToLatestPublished: 'unbuilt', RecursiveLoop: 'unbuilt', RuntimeManagementConfig: 'unbuilt',
    SnapStart: 'unbuilt', TenancyConfig: 'unbuilt',
  },
  replacedBy: ['FunctionName', 'PackageType'],
  attributes: ['Arn'],
  nameProperty: 'FunctionName',
  tagged: true,
  plan: ({ FunctionName }, { stackName, logicalId }) => FunctionName ?? generatedName(stackName, logicalId, 64),
  exists: async ({ FunctionName }, { aws }) => FunctionName !== undefined && found(aws.call('lambda', 'GetFunctionConfiguration', { FunctionName })),

  async create({ Code, ReservedConcurrentExecutions, Tags, ...configuration }, request) {
    const { aws, id: FunctionName, made } = request
    const { FunctionArn } = await aws.call('lambda', 'CreateFunction', { ...configuration, FunctionName, Code: packageOf(Code), Tags: tagMap(request, Tags) })
    await made(FunctionName)
    await settled(request)
    if (ReservedConcurrentExecutions !== undefined)
      await aws.call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions })
    return { attributes: { Arn: FunctionArn } }
  },

  async update(properties, request, previous) {
    const { aws, id: FunctionName } = request
    const { Code, Architectures, ReservedConcurrentExecutions } = properties
    const configuration = configurationOf(properties)
    const before = configurationOf(previous)
    if (!isDeepStrictEqual([Code, Architectures], [previous.Code, previous.Architectures])) {
      await aws.call('lambda', 'UpdateFunctionCode', { FunctionName, ...packageOf(Code), Architectures: Architectures ?? ['x86_64'] })
      await settled(request)
    }
    if (!isDeepStrictEqual(configuration, before)) {
      await aws.call('lambda', 'UpdateFunctionConfiguration', { FunctionName, ...configuration, ...removed(configuration, before, DEFAULTS) })
      await settled(request)
    }
    if (ReservedConcurrentExecutions !== previous.ReservedConcurrentExecutions) {
      if (ReservedConcurrentExecutions === undefined) await aws.call('lambda', 'DeleteFunctionConcurrency', { FunctionName })
      else await aws.call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions })
    }
    await updateTags(properties, request, previous)
  },

  async delete(_properties, { aws, id: FunctionName }) {
    await aws.call('lambda', 'DeleteFunction', { FunctionName })
  },
})

/** Without what other operations change. */
const configurationOf = ({ Code: _1, Architectures: _2, ReservedConcurrentExecutions: _3, Tags: _4, FunctionName: _5, PackageType: _6, ...rest }: Properties) => rest

/** Source text in the template is the file `index` of a package. Its time is fixed, so that the same text makes the same package. */
function packageOf({ ZipFile, ...code }: Code): FunctionCode {
  if (ZipFile === undefined) return code
  return { ZipFile: zipSync({ 'index.js': strToU8(ZipFile) }, { mtime: new Date(2000, 0, 1) }) }
}

/** A function is complete when it can be called, and takes one change at a time (D4.1, D4.4). */
const settled = ({ aws, id: FunctionName }: Request) => ready(`Function ${FunctionName}`, async () => {
  const { State, LastUpdateStatus } = await aws.call('lambda', 'GetFunctionConfiguration', { FunctionName })
  return State === 'Active' && LastUpdateStatus !== 'InProgress'
})

async function updateTags({ Tags: after }: Properties, request: Request, { Tags: before }: Properties) {
  const { aws, place, id } = request
  const Resource = `arn:aws:lambda:${place.region}:${place.account}:function:${id}`
  const { set, drop } = tagChanges(request, before, after)
  if (drop.length > 0) await aws.call('lambda', 'UntagResource', { Resource, TagKeys: drop })
  if (set) await aws.call('lambda', 'TagResource', { Resource, Tags: set })
}
