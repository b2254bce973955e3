import type { User as UserOutput } from '@aws-sdk/client-iam'
import { AwsError } from '../../aws-error.ts'
import { randomUpper } from '../../ids.ts'
import type { Context, Operations } from '../../service.ts'
import { checkName, checkPath } from '../constraints.ts'
import { mustDeletePolicies, mustDetach, noSuchUser, userExists, validationError } from '../errors.ts'
import { byName, page } from '../page.ts'
import { ID_LENGTH, own } from '../state.ts'
import type { Iam, User } from '../state.ts'
import { boundaryOf, checkBoundary } from './boundaries.ts'
import { entityPolicies } from './entity-policies.ts'
import { ENTITY_TAGS, entitySettings } from './entity-settings.ts'
import { tagsOf } from './tags.ts'

/** The user that a request names. Throws `NoSuchEntity`. */
export function userNamed({ state }: Iam, name: string | undefined): User {
  const user = name === undefined ? undefined : own(state.users, name)
  if (!user) throw noSuchUser(name)
  return user
}

/** Some operations mean the caller where no user is named; a role has no user of its own. */
export function userOrCaller(iam: Iam, name: string | undefined, { caller }: Context): User {
  if (name !== undefined) return userNamed(iam, name)
  if (caller.kind !== 'user') throw validationError('Must specify userName when calling with non-User credentials')
  return userNamed(iam, caller.userName)
}

export function users(iam: Iam): Operations<'iam'> {
  const { state } = iam
  const policies = entityPolicies(iam, 'user')
  const settings = entitySettings(iam)
  const user = (name: string | undefined) => userNamed(iam, name)

  return {
    CreateUser({ UserName, Path, PermissionsBoundary, Tags }) {
      const name = checkName('userName', UserName, 64)
      const path = checkPath(Path)
      const tags = tagsOf(Tags, ENTITY_TAGS)
      if (PermissionsBoundary !== undefined) checkBoundary(state, PermissionsBoundary)
      if (Object.keys(state.users).some((other) => other.toLowerCase() === name.toLowerCase())) throw userExists(name)

      const created: User = {
        name, path, id: `AIDA${randomUpper(ID_LENGTH)}`, arn: `arn:aws:iam::${iam.account}:user${path}${name}`, createdAt: iam.now(),
        inline: {}, attached: [], boundary: PermissionsBoundary, tags,
      }
      iam.changePolicies(() => { state.users[name] = created })
      return { User: described(created) }
    },

    GetUser: ({ UserName }, context) => ({ User: described(userOrCaller(iam, UserName, context)) }),

    ListUsers({ PathPrefix = '/', ...paging }) {
      const found = Object.values(state.users).filter(({ path }) => path.startsWith(PathPrefix)).toSorted(byName)
      const { items, paging: rest } = page(found, paging)
      return { Users: items.map((entry) => ({ ...described(entry), Tags: undefined, PermissionsBoundary: undefined })), ...rest }
    },

    DeleteUser({ UserName }) {
      const { name, attached, inline } = user(UserName)
      if (Object.values(state.accessKeys).some((key) => key.userName === name))
        throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete access keys first.')
      if (attached.length > 0) throw mustDetach()
      if (Object.keys(inline).length > 0) throw mustDeletePolicies()
      iam.changePolicies(() => { delete state.users[name] })
      return {}
    },

    PutUserPolicy: ({ UserName, PolicyName, PolicyDocument }) => policies.put(user(UserName), PolicyName, PolicyDocument),
    GetUserPolicy: ({ UserName, PolicyName }) => ({ UserName, ...policies.get(user(UserName), PolicyName) }),
    DeleteUserPolicy: ({ UserName, PolicyName }) => policies.delete(user(UserName), PolicyName),
    ListUserPolicies: ({ UserName, ...paging }) => policies.list(user(UserName), paging),
    AttachUserPolicy: ({ UserName, PolicyArn }) => policies.attach(user(UserName), PolicyArn),
    DetachUserPolicy: ({ UserName, PolicyArn }) => policies.detach(user(UserName), PolicyArn),
    ListAttachedUserPolicies: ({ UserName, ...paging }) => policies.listAttached(user(UserName), paging),

    TagUser: ({ UserName, Tags }) => settings.tag(user(UserName), Tags),
    UntagUser: ({ UserName, TagKeys }) => settings.untag(user(UserName), TagKeys),
    ListUserTags: ({ UserName, ...paging }) => settings.listTags(user(UserName), paging),
    PutUserPermissionsBoundary: ({ UserName, PermissionsBoundary }) => settings.setBoundary(user(UserName), PermissionsBoundary),
    DeleteUserPermissionsBoundary: ({ UserName }) => settings.removeBoundary(user(UserName)),

    /** Clients ask before they delete a user. Groups are not built, so there are none. */
    ListGroupsForUser({ UserName }) {
      user(UserName)
      return { Groups: [], IsTruncated: false }
    },
  }
}

const described = ({ path, name, id, arn, createdAt, boundary, tags }: User): UserOutput => ({
  Path: path,
  UserName: name,
  UserId: id,
  Arn: arn,
  CreateDate: new Date(createdAt),
  PermissionsBoundary: boundaryOf(boundary),
  Tags: tags.length > 0 ? tags : undefined,
})
