import type { Cloud } from '../cloud.ts'
import { findRole } from '../iam/identity.ts'
import { openIam, parseEntityArn } from '../iam/state.ts'
import type { Permission } from '../service.ts'

/**
 * AssumeRole is decided by the role's trust policy together with the caller's own policies. A role that does not exist has no trust policy, so it
 * is refused in the same words (E1.5). GetCallerIdentity and GetSessionToken need no permission (E2.14).
 */
export function permissions(operation: string, input: { RoleArn?: string, RoleSessionName?: string, ExternalId?: string }, _: unknown, cloud: Cloud): Permission[] {
  if (operation === 'GetCallerIdentity' || operation === 'GetSessionToken') return []
  if (operation !== 'AssumeRole') return [{ action: `sts:${operation}`, resource: '*' }]

  const { RoleArn = '', RoleSessionName, ExternalId } = input
  const named = parseEntityArn(RoleArn, 'role')
  const role = named && findRole(openIam(cloud, named.account).state, named.name)
  return [{
    action: 'sts:AssumeRole',
    resource: RoleArn,
    resourcePolicy: role?.arn === RoleArn ? role.trust : undefined,
    conditions: {
      ...RoleSessionName === undefined ? {} : { 'sts:RoleSessionName': RoleSessionName },
      ...ExternalId === undefined ? {} : { 'sts:ExternalId': ExternalId },
    },
  }]
}
