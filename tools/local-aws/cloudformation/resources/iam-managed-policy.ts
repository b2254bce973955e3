import { found } from '../handler-failure.ts'
import { generatedName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { missingFrom } from './removed.ts'

type Properties = { ManagedPolicyName?: string, Path?: string, Description?: string, PolicyDocument: object, Roles?: string[] }

const arnOf = ({ ManagedPolicyName, Path = '/' }: Properties, { place, stackName, logicalId }: Request) =>
  `arn:aws:iam::${place.account}:policy${Path}${ManagedPolicyName ?? generatedName(stackName, logicalId, 128)}`

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export const managedPolicy = resourceType<Properties>({
  properties: {
    ManagedPolicyName: 'string', Path: 'string', Description: 'string', 'PolicyDocument!': 'any', Roles: ['string'], Users: 'unbuilt',
    Groups: 'unbuilt',
  },
  replacedBy: ['ManagedPolicyName', 'Path', 'Description'],
  attributes: ['PolicyArn', 'PolicyId'],
  nameProperty: 'ManagedPolicyName',
  plan: arnOf,
  exists: async ({ ManagedPolicyName }, { aws, id: PolicyArn }) => ManagedPolicyName !== undefined && found(aws.call('iam', 'GetPolicy', { PolicyArn })),

  async create({ Path, Description, PolicyDocument, Roles = [] }, request) {
    const { aws, id, made } = request
    const PolicyName = id.slice(id.lastIndexOf('/') + 1)
    const { Policy } = await aws.call('iam', 'CreatePolicy', { PolicyName, Path, Description, PolicyDocument: JSON.stringify(PolicyDocument) })
    await made(id)
    await attach(request, Roles)
    return { attributes: { PolicyArn: id, PolicyId: Policy?.PolicyId } }
  },

  async update({ PolicyDocument, Roles }, request, previous) {
    const { aws, id: PolicyArn } = request
    await makeRoom(request)
    await aws.call('iam', 'CreatePolicyVersion', { PolicyArn, PolicyDocument: JSON.stringify(PolicyDocument), SetAsDefault: true })
    await attach(request, missingFrom(previous.Roles, Roles))
    await detach(request, missingFrom(Roles, previous.Roles))
  },

  async delete({ Roles = [] }, request) {
    const { aws, id: PolicyArn } = request
    await detach(request, Roles)
    for (const VersionId of await oldVersions(request)) await aws.call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId })
    await aws.call('iam', 'DeletePolicy', { PolicyArn })
  },
})

/** Oldest first, without the default one. */
async function oldVersions({ aws, id: PolicyArn }: Request) {
  const { Versions = [] } = await aws.call('iam', 'ListPolicyVersions', { PolicyArn })
  return Versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion).map(({ VersionId }) => VersionId!).toReversed()
}

/** IAM keeps five versions of a policy at most. */
async function makeRoom(request: Request) {
  const old = await oldVersions(request)
  if (old.length >= 4) await request.aws.call('iam', 'DeletePolicyVersion', { PolicyArn: request.id, VersionId: old[0]! })
}

async function attach({ aws, id: PolicyArn }: Request, roles: string[]) {
  for (const RoleName of roles) await aws.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn })
}

async function detach({ aws, id: PolicyArn }: Request, roles: string[]) {
  for (const RoleName of roles) await found(aws.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn }))
}
