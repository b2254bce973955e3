import type { PublicAccessBlockConfiguration, ServerSideEncryptionConfiguration, VersioningConfiguration } from '@aws-sdk/client-s3'
import { notBuilt } from '../../aws-error.ts'
import { found } from '../handler-failure.ts'
import { generatedName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { tagList } from '../tags.ts'
import { lifecycleRules, lifecycleShape, type LifecycleProperty } from './s3-lifecycle.ts'

type EncryptionRule = { BucketKeyEnabled?: boolean, ServerSideEncryptionByDefault?: { SSEAlgorithm: string, KMSMasterKeyID?: string } }
type Properties = {
  BucketName?: string, AccessControl?: string, LifecycleConfiguration?: LifecycleProperty, Tags?: { Key: string, Value: string }[], VersioningConfiguration?: VersioningConfiguration
  PublicAccessBlockConfiguration?: PublicAccessBlockConfiguration, BucketEncryption?: { ServerSideEncryptionConfiguration: EncryptionRule[] }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const bucket = resourceType<Properties>({
  properties: {
    BucketName: 'string', Tags: [{ 'Key!': 'string', 'Value!': 'string' }], VersioningConfiguration: { 'Status!': 'string' },
    PublicAccessBlockConfiguration: { BlockPublicAcls: 'boolean', BlockPublicPolicy: 'boolean', IgnorePublicAcls: 'boolean', RestrictPublicBuckets: 'boolean' },
    BucketEncryption: {
      'ServerSideEncryptionConfiguration!': [{ BucketKeyEnabled: 'boolean', ServerSideEncryptionByDefault: { 'SSEAlgorithm!': 'string', KMSMasterKeyID: 'string' } }],
    },
    AccessControl: 'string', LifecycleConfiguration: lifecycleShape,
    AccelerateConfiguration: 'unbuilt', AnalyticsConfigurations: 'unbuilt', CorsConfiguration: 'unbuilt',
    IntelligentTieringConfigurations: 'unbuilt',
    InventoryConfigurations: 'unbuilt', LoggingConfiguration: 'unbuilt',
    MetadataConfiguration: 'unbuilt', MetricsConfigurations: 'unbuilt',
    NotificationConfiguration: 'unbuilt', ObjectLockConfiguration: 'unbuilt', ObjectLockEnabled: 'unbuilt', OwnershipControls: 'unbuilt',
    ReplicationConfiguration: 'unbuilt',
    WebsiteConfiguration: 'unbuilt',
  },
  replacedBy: ['BucketName'],
  attributes: ['Arn', 'DomainName', 'RegionalDomainName', 'DualStackDomainName', 'WebsiteURL'],
  nameProperty: 'BucketName',
  tagged: true,
  plan: ({ BucketName }, { stackName, logicalId }) => BucketName ?? generatedName(stackName, logicalId, 63).toLowerCase(),
  exists: async ({ BucketName }, { aws }) => BucketName !== undefined && found(aws.call('s3', 'HeadBucket', { Bucket: BucketName })),

  async create(properties, request) {
    const { aws, id: Bucket, place, made } = request
    refuseUnbuilt(properties)
    const CreateBucketConfiguration = place.region === 'us-east-1' ? undefined : { LocationConstraint: place.region as 'eu-west-1' }
    await aws.call('s3', 'CreateBucket', { Bucket, CreateBucketConfiguration })
    await made(Bucket)
    await configure(properties, request, {})
    return { attributes: attributesOf(request) }
  },
  async update(properties, request, previous) {
    refuseUnbuilt(properties)
    await configure(properties, request, previous)
    return { attributes: attributesOf(request) }
  },
  async delete(_properties, { aws, id: Bucket }) {
    await aws.call('s3', 'DeleteBucket', { Bucket })
  },
})

/** Only the owner may, which is so without access control lists. */
function refuseUnbuilt({ AccessControl = 'Private' }: Properties) {
  if (AccessControl !== 'Private') throw notBuilt(`The bucket's AccessControl ${AccessControl}`)
}

const attributesOf = ({ id, place }: Request) => ({
  Arn: `arn:aws:s3:::${id}`, DomainName: `${id}.s3.amazonaws.com`, RegionalDomainName: `${id}.s3.${place.region}.amazonaws.com`,
  DualStackDomainName: `${id}.s3.dualstack.${place.region}.amazonaws.com`,
  WebsiteURL: `http://${id}.s3-website-${place.region}.amazonaws.com`,
})

async function configure(properties: Properties, request: Request, previous: Properties) {
  const { aws, id: Bucket } = request
  const { VersioningConfiguration, PublicAccessBlockConfiguration, BucketEncryption, LifecycleConfiguration, Tags } = properties
  if (VersioningConfiguration) await aws.call('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration })
  else if (previous.VersioningConfiguration)
    await aws.call('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Suspended' } })

  if (PublicAccessBlockConfiguration) await aws.call('s3', 'PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration })
  else if (previous.PublicAccessBlockConfiguration) await aws.call('s3', 'DeletePublicAccessBlock', { Bucket })

  if (BucketEncryption)
    await aws.call('s3', 'PutBucketEncryption', { Bucket, ServerSideEncryptionConfiguration: encryption(BucketEncryption) })
  else if (previous.BucketEncryption) await aws.call('s3', 'DeleteBucketEncryption', { Bucket })

  if (LifecycleConfiguration)
    await aws.call('s3', 'PutBucketLifecycleConfiguration', { Bucket, LifecycleConfiguration: { Rules: lifecycleRules(LifecycleConfiguration) } })
  else if (previous.LifecycleConfiguration) await aws.call('s3', 'DeleteBucketLifecycle', { Bucket })

  const TagSet = tagList(request, Tags)
  if (TagSet) await aws.call('s3', 'PutBucketTagging', { Bucket, Tagging: { TagSet } })
  else if (tagList({ stackTags: request.previousStackTags }, previous.Tags)) await aws.call('s3', 'DeleteBucketTagging', { Bucket })
}

/** Templates call two members differently from the service. */
const encryption = ({ ServerSideEncryptionConfiguration: rules }: { ServerSideEncryptionConfiguration: EncryptionRule[] }): ServerSideEncryptionConfiguration => ({
  Rules: rules.map(({ BucketKeyEnabled, ServerSideEncryptionByDefault }) => ({
    BucketKeyEnabled, ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault as { SSEAlgorithm: 'AES256' } | undefined,
  })),
})
