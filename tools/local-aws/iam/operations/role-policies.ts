import type { Operations } from '../../service.ts'
import type { Iam } from '../state.ts'
import { entityPolicies } from './entity-policies.ts'
import { entitySettings } from './entity-settings.ts'
import { roleNamed } from './roles.ts'

/** What a role may do, its tags and its boundary. */
export function rolePolicies(iam: Iam): Operations<'iam'> {
  const policies = entityPolicies(iam, 'role')
  const settings = entitySettings(iam)
  const role = (name: string | undefined) => roleNamed(iam, name)

  return {
    PutRolePolicy: ({ RoleName, PolicyName, PolicyDocument }) => policies.put(role(RoleName), PolicyName, PolicyDocument),
    GetRolePolicy: ({ RoleName, PolicyName }) => ({ RoleName, ...policies.get(role(RoleName), PolicyName) }),
    DeleteRolePolicy: ({ RoleName, PolicyName }) => policies.delete(role(RoleName), PolicyName),
    ListRolePolicies: ({ RoleName, ...paging }) => policies.list(role(RoleName), paging),
    AttachRolePolicy: ({ RoleName, PolicyArn }) => policies.attach(role(RoleName), PolicyArn),
    DetachRolePolicy: ({ RoleName, PolicyArn }) => policies.detach(role(RoleName), PolicyArn),
    ListAttachedRolePolicies: ({ RoleName, ...paging }) => policies.listAttached(role(RoleName), paging),

    TagRole: ({ RoleName, Tags }) => settings.tag(role(RoleName), Tags),
    UntagRole: ({ RoleName, TagKeys }) => settings.untag(role(RoleName), TagKeys),
    ListRoleTags: ({ RoleName, ...paging }) => settings.listTags(role(RoleName), paging),
    PutRolePermissionsBoundary: ({ RoleName, PermissionsBoundary }) => settings.setBoundary(role(RoleName), PermissionsBoundary),
    DeleteRolePermissionsBoundary: ({ RoleName }) => settings.removeBoundary(role(RoleName)),
  }
}
