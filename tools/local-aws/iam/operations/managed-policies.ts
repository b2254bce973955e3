import type { Policy } from '@aws-sdk/client-iam'
import { AwsError } from '../../aws-error.ts'
import { randomUpper } from '../../ids.ts'
import type { Operations } from '../../service.ts'
import { checkName, checkPath } from '../constraints.ts'
import { noSuchPolicy, policyExists, quotaExceeded } from '../errors.ts'
import { findPolicy } from '../identity.ts'
import { awsManagedPolicies } from '../managed/index.ts'
import { byName, page } from '../page.ts'
import { checkManagedPolicy } from '../policy/validate.ts'
import { ID_LENGTH } from '../state.ts'
import type { Entity, Iam, ManagedPolicy } from '../state.ts'
import { tagsOf, withoutTags, withTags } from './tags.ts'

const POLICY_LENGTH = 6_144
const TAGS = { ignoreCase: false }

/** The policy that a request names, AWS's own included. Throws `NoSuchEntity`. */
export function policyAt({ state }: Iam, arn: string | undefined): ManagedPolicy {
  const policy = arn === undefined ? undefined : findPolicy(state, arn)
  if (!policy) throw noSuchPolicy(arn)
  return policy
}

/** A policy of this account, which may be changed. */
export function ownPolicyAt(iam: Iam, arn: string | undefined): ManagedPolicy {
  const policy = policyAt(iam, arn)
  if (awsManagedPolicies.has(policy.arn)) throw new AwsError('AccessDenied', `Policy ${arn} is managed by AWS and cannot be changed.`, { status: 403 })
  return policy
}

export function managedPolicies(iam: Iam): Operations<'iam'> {
  const { state } = iam

  return {
    CreatePolicy({ PolicyName, Path, PolicyDocument, Description, Tags }) {
      const name = checkName('policyName', PolicyName, 128)
      const path = checkPath(Path)
      const document = checkedDocument(PolicyDocument)
      const tags = tagsOf(Tags, TAGS)
      const arn = `arn:aws:iam::${iam.account}:policy${path}${name}`
      if (Object.values(state.policies).some((other) => other.name.toLowerCase() === name.toLowerCase())) throw policyExists(name)

      const now = iam.now()
      const policy: ManagedPolicy = {
        arn, name, path, id: `ANPA${randomUpper(ID_LENGTH)}`, createdAt: now, updatedAt: now, description: Description, tags,
        versions: [{ id: 'v1', document, createdAt: now }], defaultVersion: 'v1', nextVersion: 2,
      }
      iam.changePolicies(() => { state.policies[arn] = policy })
      return { Policy: { ...described(policy), Tags: tags.length > 0 ? tags : undefined } }
    },

    GetPolicy({ PolicyArn }) {
      const policy = policyAt(iam, PolicyArn)
      return { Policy: { ...described(policy), Description: policy.description, Tags: policy.tags } }
    },

    ListPolicies({ Scope = 'All', OnlyAttached = false, PathPrefix = '/', ...paging }) {
      const all = [...Scope === 'AWS' ? [] : Object.values(state.policies), ...Scope === 'Local' ? [] : awsManagedPolicies.values()]
      const found = all.filter(({ path, arn }) => path.startsWith(PathPrefix) && (!OnlyAttached || holdersOf(arn).length > 0)).toSorted(byName)
      const { items, paging: rest } = page(found, paging)
      return { Policies: items.map(described), ...rest }
    },

    DeletePolicy({ PolicyArn }) {
      const { arn, versions } = ownPolicyAt(iam, PolicyArn)
      if (holdersOf(arn).length > 0) throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.')
      if (versions.length > 1) throw new AwsError('DeleteConflict', 'This policy has more than one version. Before you delete a policy, you must delete the policy\'s versions. The default version is deleted with the policy.')
      iam.changePolicies(() => { delete state.policies[arn] })
      return {}
    },

    ListEntitiesForPolicy({ PolicyArn, EntityFilter, ...paging }) {
      const { arn } = policyAt(iam, PolicyArn)
      const wants = (kind: 'Role' | 'User') => EntityFilter === undefined || EntityFilter === kind
      const holding = (entities: Entity[]) => entities.filter(({ attached }) => attached.includes(arn)).toSorted(byName)
      const { items, paging: rest } = page([
        ...wants('Role') ? holding(Object.values(state.roles)).map(({ name, id }) => ({ RoleName: name, RoleId: id })) : [],
        ...wants('User') ? holding(Object.values(state.users)).map(({ name, id }) => ({ UserName: name, UserId: id })) : [],
      ], paging)
      return {
        PolicyGroups: [],
        PolicyRoles: items.filter((item) => 'RoleName' in item),
        PolicyUsers: items.filter((item) => 'UserName' in item),
        ...rest,
      }
    },

    TagPolicy({ PolicyArn, Tags }) {
      const policy = ownPolicyAt(iam, PolicyArn)
      const tags = withTags(policy.tags, Tags, TAGS)
      iam.changePolicies(() => { policy.tags = tags })
      return {}
    },
    UntagPolicy({ PolicyArn, TagKeys }) {
      const policy = ownPolicyAt(iam, PolicyArn)
      iam.changePolicies(() => { policy.tags = withoutTags(policy.tags, TagKeys, TAGS) })
      return {}
    },
    ListPolicyTags({ PolicyArn, ...paging }) {
      const { items, paging: rest } = page(policyAt(iam, PolicyArn).tags, paging)
      return { Tags: items, ...rest }
    },
  }

  function holdersOf(arn: string): Entity[] {
    return [...Object.values(state.roles), ...Object.values(state.users)].filter(({ attached }) => attached.includes(arn))
  }

  function described({ arn, name, path, id, createdAt, updatedAt, defaultVersion }: ManagedPolicy): Policy {
    const bounded = [...Object.values(state.roles), ...Object.values(state.users)].filter(({ boundary }) => boundary === arn)
    return {
      PolicyName: name,
      PolicyId: id,
      Arn: arn,
      Path: path,
      DefaultVersionId: defaultVersion,
      AttachmentCount: holdersOf(arn).length,
      PermissionsBoundaryUsageCount: bounded.length,
      IsAttachable: true,
      CreateDate: new Date(createdAt),
      UpdateDate: new Date(updatedAt),
    }
  }
}

export function checkedDocument(json: string | undefined): string {
  const document = checkManagedPolicy(json)
  if (document.replaceAll(/\s/g, '').length > POLICY_LENGTH) throw quotaExceeded('PolicySize', POLICY_LENGTH)
  return document
}
