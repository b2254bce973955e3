import { generatedName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'

type Properties = {
  RepositoryName?: string, ImageTagMutability?: string, LifecyclePolicy?: object, RepositoryPolicyText?: object, ImageScanningConfiguration?: object
  EncryptionConfiguration?: object, EmptyOnDelete?: boolean, Tags?: { Key: string, Value: string }[]
}

/**
 * Differs from AWS: there is no ECR behind it, so a repository is its name and nothing can be pushed to it. It is here because the
 * stack of `cdk bootstrap` has one.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html
 */
export const repository = resourceType<Properties>({
  properties: {
    RepositoryName: 'string', ImageTagMutability: 'string', LifecyclePolicy: { LifecyclePolicyText: 'string', RegistryId: 'string' },
    RepositoryPolicyText: 'any', ImageScanningConfiguration: { ScanOnPush: 'boolean' },
    EncryptionConfiguration: { 'EncryptionType!': 'string', KmsKey: 'string' }, EmptyOnDelete: 'boolean',
    Tags: [{ 'Key!': 'string', 'Value!': 'string' }], ImageTagMutabilityExclusionFilters: 'unbuilt',
  },
  replacedBy: ['RepositoryName', 'EncryptionConfiguration'],
  attributes: ['Arn', 'RepositoryUri'],
  nameProperty: 'RepositoryName',
  plan: ({ RepositoryName }, { stackName, logicalId }) => RepositoryName ?? generatedName(stackName, logicalId, 256).toLowerCase(),

  create: async (_properties, request) => ({ attributes: attributesOf(request) }),
  update: async () => {},
  delete: async () => {},
})

const attributesOf = ({ id, place: { account, region } }: Request) => ({
  Arn: `arn:aws:ecr:${region}:${account}:repository/${id}`, RepositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${id}`,
})
