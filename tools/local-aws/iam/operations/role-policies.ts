import type { Operations } from '../../service.ts'
import { withTags, withoutTags, tagsOf } from './tags.ts'
import { page } from '../page.ts'
import type { Iam } from '../state.ts'
import { checkBoundary } from './boundaries.ts'
import { entityPolicies } from './entity-policies.ts'
import { roleNamed } from './roles.ts'

/** What a role may do, and its tags. */
export function rolePolicies(iam: Iam): Operations<'iam'> {
  const policies = entityPolicies(iam, 'role')
  const role = (name: string | undefined) => roleNamed(iam, name)

  return {
    PutRolePolicy: ({ RoleName, PolicyName, PolicyDocument }) => policies.put(role(RoleName), PolicyName, PolicyDocument),
    GetRolePolicy: ({ RoleName, PolicyName }) => ({ RoleName, ...policies.get(role(RoleName), PolicyName) }),
    DeleteRolePolicy: ({ RoleName, PolicyName }) => policies.delete(role(RoleName), PolicyName),
    ListRolePolicies: ({ RoleName, ...paging }) => policies.list(role(RoleName), paging),
    AttachRolePolicy: ({ RoleName, PolicyArn }) => policies.attach(role(RoleName), PolicyArn),
    DetachRolePolicy: ({ RoleName, PolicyArn }) => policies.detach(role(RoleName), PolicyArn),
    ListAttachedRolePolicies: ({ RoleName, ...paging }) => policies.listAttached(role(RoleName), paging),

    PutRolePermissionsBoundary({ RoleName, PermissionsBoundary }) {
      const entity = role(RoleName)
      const boundary = checkBoundary(iam.state, PermissionsBoundary)
      iam.change(() => { entity.boundary = boundary })
      return {}
    },
    DeleteRolePermissionsBoundary({ RoleName }) {
      const entity = role(RoleName)
      iam.change(() => { entity.boundary = undefined })
      return {}
    },

    TagRole({ RoleName, Tags }) {
      const entity = role(RoleName)
      const tags = withTags(entity.tags, tagsOf(Tags))
      iam.change(() => { entity.tags = tags })
      return {}
    },
    UntagRole({ RoleName, TagKeys }) {
      const entity = role(RoleName)
      iam.change(() => { entity.tags = withoutTags(entity.tags, TagKeys) })
      return {}
    },
    ListRoleTags({ RoleName, ...paging }) {
      const { items, paging: rest } = page(role(RoleName).tags, paging)
      return { Tags: items, ...rest }
    },
  }
}
