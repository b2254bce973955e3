import type { Context, Permission } from '../service.ts'
import type { Cloud } from '../cloud.ts'
import { findRole } from './identity.ts'
import { openIam, own } from './state.ts'

/** On which resource an operation of IAM is asked: the role, user or policy it names. */
export function permissions(operation: string, input: Record<string, string | undefined>, context: Context, cloud: Cloud): Permission[] {
  const { account } = context
  const { state } = openIam(cloud, account)
  const { RoleName, UserName, PolicyArn, PolicyName, PolicySourceArn, Path = '/' } = input
  const arn = (rest: string) => `arn:aws:iam::${account}:${rest}`

  function resource(): string {
    switch (operation) {
      case 'CreateRole': return arn(`role${Path}${RoleName}`)
      case 'CreateUser': return arn(`user${Path}${UserName}`)
      case 'CreatePolicy': return arn(`policy${Path}${PolicyName}`)
      case 'ListRoles': return arn('role/')
      case 'ListUsers': return arn('user/')
      case 'ListPolicies': return arn('policy/')
      case 'SimulatePrincipalPolicy': return PolicySourceArn ?? '*'
      case 'SimulateCustomPolicy': return '*'
    }
    if (RoleName !== undefined) return findRole(state, RoleName)?.arn ?? arn(`role/${RoleName}`)
    if (UserName !== undefined) return own(state.users, UserName)?.arn ?? arn(`user/${UserName}`)
    if (PolicyArn !== undefined) return PolicyArn
    return context.caller.kind === 'user' ? context.caller.arn : '*' // GetUser, ListAccessKeys: oneself
  }

  return [{ action: `iam:${operation}`, resource: resource(), conditions: conditions(input) }]
}

function conditions({ PolicyArn, PermissionsBoundary }: Record<string, string | undefined>) {
  return {
    ...PolicyArn === undefined ? {} : { 'iam:PolicyARN': PolicyArn },
    ...PermissionsBoundary === undefined ? {} : { 'iam:PermissionsBoundary': PermissionsBoundary },
  }
}
