import type { Place } from '../store.ts'
import { nameOf, QUALIFIER } from './names.ts'

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`
const KMS_USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*']
const S3_READ = ['s3:GetObject*', 's3:GetBucket*', 's3:List*']

const statement = (Action: string | string[], Resource: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more })
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })

/** The account's own users and roles may take it on, unless somebody sends them (the confused deputy). */
const forTheAccount = (account: string) => ({
  Statement: [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account }, Condition: { Null: { 'sts:ExternalId': 'true' } } },
    { Effect: 'Allow', Action: 'sts:TagSession', Principal: { AWS: account } },
  ],
})

/** The CDK takes these on to deploy: with each it may do one thing only. */
export function bootstrapRoles(place: Place) {
  const { account, region } = place
  const bucketArn = `arn:aws:s3:::${nameOf('assets', place)}`
  const bucket = [bucketArn, `${bucketArn}/*`]
  const role = (what: string, more: object = {}) => ({
    RoleName: nameOf(`${what}-role`, place), AssumeRolePolicyDocument: forTheAccount(account), Tags: [{ Key: 'aws-cdk:bootstrap-role', Value: what }], ...more,
  })

  const fileRights = document(
    statement(
      ['s3:GetObject*', 's3:GetBucket*', 's3:GetEncryptionConfiguration', 's3:List*', 's3:DeleteObject*', 's3:PutObject*', 's3:Abort*'], bucket,
      { Condition: { StringEquals: { 'aws:ResourceAccount': [account] } } },
    ),
    statement(KMS_USE, `arn:aws:kms:${region}:${account}:key/AWS_MANAGED_KEY`),
  )
  const imageRights = document(
    statement([
      'ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:BatchCheckLayerAvailability',
      'ecr:DescribeRepositories', 'ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer',
    ], `arn:aws:ecr:${region}:${account}:repository/${nameOf('container-assets', place)}`),
    statement(['ecr:GetAuthorizationToken'], '*'),
  )
  const deployRights = document(
    statement(
      ['CreateChangeSet', 'DeleteChangeSet', 'ExecuteChangeSet', 'CreateStack', 'UpdateStack', 'RollbackStack', 'ContinueUpdateRollback']
        .map((operation) => `cloudformation:${operation}`),
      '*', { Sid: 'DeployPermissions' },
    ),
    statement(
      [...S3_READ, 's3:Abort*', 's3:DeleteObject*', 's3:PutObject*'], '*',
      { Sid: 'PipelineCrossAccountArtifactsBucket', Condition: { StringNotEquals: { 's3:ResourceAccount': account } } },
    ),
    statement(KMS_USE, '*', { Sid: 'PipelineCrossAccountArtifactsKey', Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } } }),
    statement('iam:PassRole', `arn:aws:iam::${account}:role/${nameOf('cfn-exec-role', place)}`),
    statement(['cloudformation:DeleteStack', 'cloudformation:UpdateTerminationProtection', 'sts:GetCallerIdentity'], '*', { Sid: 'CliPermissions' }),
    statement(S3_READ, bucket, { Sid: 'CliStagingBucket' }),
    statement(
      ['ssm:GetParameter', 'ssm:GetParameters'], [`arn:aws:ssm:${region}:${account}:parameter/cdk-bootstrap/${QUALIFIER}/version`], { Sid: 'ReadVersion' },
    ),
    statement(['cloudformation:CreateStackRefactor', 'cloudformation:ExecuteStackRefactor'], '*', { Sid: 'Refactor' }),
  )

  const roles = {
    filePublishing: role('file-publishing'),
    imagePublishing: role('image-publishing'),
    lookup: role('lookup', {
      ManagedPolicyArns: [managed('ReadOnlyAccess')],
      Policies: [{
        PolicyName: 'LookupRolePolicy', PolicyDocument: document({ Sid: 'DontReadSecrets', Effect: 'Deny', Action: ['kms:Decrypt'], Resource: '*' }),
      }],
    }),
    deploy: role('deploy', {
      Policies: [{ PolicyName: 'default', PolicyDocument: deployRights }], ManagedPolicyArns: [managed('AWSCloudFormationReadOnlyAccess')],
    }),
    execution: {
      RoleName: nameOf('cfn-exec-role', place), ManagedPolicyArns: [managed('AdministratorAccess')],
      AssumeRolePolicyDocument: document({ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' } }),
    },
  }
  return { roles, fileRights, imageRights }
}
