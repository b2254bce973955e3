import { found } from '../handler-failure.ts'
import { generatedName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { tagChanges, tagList } from '../tags.ts'
import { missingFrom } from './removed.ts'

type InlinePolicy = { PolicyName: string, PolicyDocument: object }
type Properties = {
  RoleName?: string, Path?: string, AssumeRolePolicyDocument: object, Description?: string, MaxSessionDuration?: number, PermissionsBoundary?: string
  ManagedPolicyArns?: string[], Policies?: InlinePolicy[], Tags?: { Key: string, Value: string }[]
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const role = resourceType<Properties>({
  properties: {
    RoleName: 'string', Path: 'string', 'AssumeRolePolicyDocument!': 'any', Description: 'string', MaxSessionDuration: 'number',
    PermissionsBoundary: 'string',
    ManagedPolicyArns: ['string'], Policies: [{ 'PolicyName!': 'string', 'PolicyDocument!': 'any' }],
    Tags: [{ 'Key!': 'string', 'Value!': 'string' }],
  },
  replacedBy: ['RoleName', 'Path'],
  attributes: ['Arn', 'RoleId'],
  nameProperty: 'RoleName',
  tagged: true,
  plan: ({ RoleName }, { stackName, logicalId }) => RoleName ?? generatedName(stackName, logicalId, 64),
  exists: async ({ RoleName }, { aws }) => RoleName !== undefined && found(aws.call('iam', 'GetRole', { RoleName })),

  async create({ AssumeRolePolicyDocument, ManagedPolicyArns = [], Policies = [], Tags, ...settings }, request) {
    const { aws, id: RoleName, made } = request
    const { Role } = await aws.call('iam', 'CreateRole', {
      ...settings, RoleName, AssumeRolePolicyDocument: JSON.stringify(AssumeRolePolicyDocument), Tags: tagList(request, Tags),
    })
    await made(RoleName)
    await attach(request, ManagedPolicyArns)
    await putInline(request, Policies)
    return { attributes: { Arn: Role?.Arn, RoleId: Role?.RoleId } }
  },

  async update(properties, request, previous) {
    const { aws, id: RoleName } = request
    const { Description = '', MaxSessionDuration = 3600, PermissionsBoundary, ManagedPolicyArns, Policies = [] } = properties
    await aws.call('iam', 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument: JSON.stringify(properties.AssumeRolePolicyDocument) })
    await aws.call('iam', 'UpdateRole', { RoleName, Description, MaxSessionDuration })
    if (PermissionsBoundary) await aws.call('iam', 'PutRolePermissionsBoundary', { RoleName, PermissionsBoundary })
    else if (previous.PermissionsBoundary) await aws.call('iam', 'DeleteRolePermissionsBoundary', { RoleName })

    await attach(request, missingFrom(previous.ManagedPolicyArns, ManagedPolicyArns))
    await detach(request, missingFrom(ManagedPolicyArns, previous.ManagedPolicyArns))
    await putInline(request, Policies)
    await deleteInline(request, missingFrom(namesOf(Policies), namesOf(previous.Policies)))
    await updateTags(properties, request, previous)
  },

  async delete({ ManagedPolicyArns = [], Policies }, request) {
    await detach(request, ManagedPolicyArns)
    await deleteInline(request, namesOf(Policies))
    await request.aws.call('iam', 'DeleteRole', { RoleName: request.id })
  },
})

const namesOf = (policies: InlinePolicy[] = []) => policies.map(({ PolicyName }) => PolicyName)

async function attach({ aws, id: RoleName }: Request, arns: string[]) {
  for (const PolicyArn of arns) await aws.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn })
}

/** What is gone already need not go. */
async function detach({ aws, id: RoleName }: Request, arns: string[]) {
  for (const PolicyArn of arns) await found(aws.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn }))
}

async function putInline({ aws, id: RoleName }: Request, policies: InlinePolicy[]) {
  for (const { PolicyName, PolicyDocument } of policies)
    await aws.call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) })
}

async function deleteInline({ aws, id: RoleName }: Request, names: string[]) {
  for (const PolicyName of names) await found(aws.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }))
}

async function updateTags({ Tags: after }: Properties, request: Request, { Tags: before }: Properties) {
  const { aws, id: RoleName } = request
  const { list, drop } = tagChanges(request, before, after)
  if (drop.length > 0) await aws.call('iam', 'UntagRole', { RoleName, TagKeys: drop })
  if (list) await aws.call('iam', 'TagRole', { RoleName, Tags: list })
}
