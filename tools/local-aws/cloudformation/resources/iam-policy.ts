import { found } from '../handler-failure.ts'
import { shortName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'

type Properties = { PolicyName: string, PolicyDocument: object, Roles?: string[] }

/**
 * The same inline policy in some roles.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html
 */
export const policy = resourceType<Properties>({
  properties: { 'PolicyName!': 'string', 'PolicyDocument!': 'any', Roles: ['string'], Users: 'unbuilt', Groups: 'unbuilt' },
  replacedBy: [],
  attributes: ['Id'],
  plan: (_properties, { stackName, logicalId }) => shortName(stackName, logicalId),

  async create(properties, request) {
    // The first role that has it makes it real: should a second one fail, the first must be cleared.
    await request.made(request.id)
    await put(properties, request)
    return { attributes: { Id: request.id } }
  },

  async update(properties, request, previous) {
    await put(properties, request)
    const kept = (role: string) => properties.PolicyName === previous.PolicyName && properties.Roles?.includes(role)
    await remove({ ...previous, Roles: previous.Roles?.filter((role) => !kept(role)) }, request)
  },

  delete: (properties, request) => remove(properties, request),
})

async function put({ PolicyName, PolicyDocument, Roles = [] }: Properties, { aws }: Request) {
  for (const RoleName of Roles)
    await aws.call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) })
}

async function remove({ PolicyName, Roles = [] }: Properties, { aws }: Request) {
  for (const RoleName of Roles) await found(aws.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }))
}
