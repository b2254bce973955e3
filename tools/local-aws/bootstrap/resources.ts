import type { Given } from '../cloudformation/index.ts'
import type { Place } from '../store.ts'
import { nameOf, QUALIFIER, VERSION } from './names.ts'
import { bootstrapRoles } from './roles.ts'

/** All that `cdk bootstrap` makes in a place with its defaults, by logical id. The test beside works the same out from the template. */
export function bootstrapResources(place: Place): Record<string, Given> {
  const { roles, fileRights, imageRights } = bootstrapRoles(place)
  const bucket = nameOf('assets', place)
  const policy = (what: string, PolicyDocument: object, owner: string, ...needs: string[]): Given => ({
    type: 'AWS::IAM::Policy', properties: { PolicyName: nameOf(`${what}-role-default-policy`, place), PolicyDocument, Roles: [nameOf(`${what}-role`, place)] },
    needs: [owner, ...needs],
  })

  return {
    StagingBucket: { type: 'AWS::S3::Bucket', properties: stagingBucket(bucket), keep: true },
    StagingBucketPolicy: { type: 'AWS::S3::BucketPolicy', properties: { Bucket: bucket, PolicyDocument: onlyTls(bucket) }, needs: ['StagingBucket'] },
    ContainerAssetsRepository: { type: 'AWS::ECR::Repository', properties: repository(place) },
    FilePublishingRole: role(roles.filePublishing),
    ImagePublishingRole: role(roles.imagePublishing),
    LookupRole: role(roles.lookup),
    CloudFormationExecutionRole: role(roles.execution),
    FilePublishingRoleDefaultPolicy: policy('file-publishing', fileRights, 'FilePublishingRole', 'StagingBucket'),
    ImagePublishingRoleDefaultPolicy: policy('image-publishing', imageRights, 'ImagePublishingRole', 'ContainerAssetsRepository'),
    CdkBootstrapVersion: { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Name: `/cdk-bootstrap/${QUALIFIER}/version`, Value: VERSION } },
    DeploymentActionRole: role(roles.deploy, ['CloudFormationExecutionRole', 'StagingBucket', 'CdkBootstrapVersion']),
  }
}

const role = (properties: object, needs: string[] = []): Given => ({ type: 'AWS::IAM::Role', properties, needs })

/** What the stack says of them. */
export const bootstrapOutputs = (place: Place) => [
  { key: 'BucketName', value: nameOf('assets', place), description: 'The name of the S3 bucket owned by the CDK toolkit stack' },
  {
    key: 'BucketDomainName', value: `${nameOf('assets', place)}.s3.${place.region}.amazonaws.com`,
    description: 'The domain name of the S3 bucket owned by the CDK toolkit stack',
  },
  {
    key: 'FileAssetKeyArn', value: 'AWS_MANAGED_KEY', description: 'The ARN of the KMS key used to encrypt the asset bucket (deprecated)',
    exportName: `CdkBootstrap-${QUALIFIER}-FileAssetKeyArn`,
  },
  { key: 'ImageRepositoryName', value: nameOf('container-assets', place), description: 'The name of the ECR repository which hosts docker image assets' },
  { key: 'BootstrapVersion', value: VERSION, description: 'The version of the bootstrap resources that are currently mastered in this stack' },
]

/** The parameters that the command line gives; the others have the template's defaults. */
export const BOOTSTRAP_PARAMETERS = {
  TrustedAccounts: '', TrustedAccountsForLookup: '', CloudFormationExecutionPolicies: '', FileAssetsBucketName: '', FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY',
  ContainerAssetsRepositoryName: '', Qualifier: QUALIFIER, PublicAccessBlockConfiguration: 'true', InputPermissionsBoundary: '',
  UseExamplePermissionsBoundary: 'false', ApplyPermissionsBoundaryToAllRoles: 'false', BootstrapVariant: 'AWS CDK: Default Resources', DenyExternalId: 'true',
}

const stagingBucket = (BucketName: string) => ({
  BucketName, AccessControl: 'Private',
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
  PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  VersioningConfiguration: { Status: 'Enabled' },
  LifecycleConfiguration: {
    Rules: [
      { Id: 'CleanupOldVersions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      { Id: 'AbortIncompleteMultipartUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ],
  },
})

/** Nobody is locked out: IAM takes every request here for one over TLS (iam/context-keys.ts). */
const onlyTls = (bucket: string) => ({
  Id: 'AccessControl', Version: '2012-10-17',
  Statement: [{
    Sid: 'AllowSSLRequestsOnly', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }],
})

const pull = (Sid: string, Service: string, Action: string[], source: string) => ({
  Sid, Effect: 'Allow', Principal: { Service }, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', ...Action],
  Condition: { StringLike: { 'aws:sourceArn': `arn:aws:${source}` } },
})

function repository(place: Place) {
  return {
    RepositoryName: nameOf('container-assets', place), ImageTagMutability: 'IMMUTABLE',
    LifecyclePolicy: { LifecyclePolicyText: UNTAGGED_FOR_A_YEAR },
    RepositoryPolicyText: {
      Version: '2012-10-17',
      Statement: [
        pull('LambdaECRImageRetrievalPolicy', 'lambda.amazonaws.com', [], `lambda:${place.region}:${place.account}:function:*`),
        pull(
          'EmrServerlessImageRetrievalPolicy', 'emr-serverless.amazonaws.com', ['ecr:DescribeImages'],
          `emr-serverless:${place.region}:${place.account}:/applications/*`,
        ),
      ],
    },
  }
}

/** A text to CloudFormation: another blank in it would be a change. */
const UNTAGGED_FOR_A_YEAR = `{
  "rules": [
    {
      "rulePriority": 1,
      "description": "Untagged images should not exist, but expire any older than one year",
      "selection": {
        "tagStatus": "untagged",
        "countType": "sinceImagePushed",
        "countUnit": "days",
        "countNumber": 365
      },
      "action": { "type": "expire" }
    }
  ]
}
`
