import type { Role as RoleOutput } from '@aws-sdk/client-iam'
import { randomUpper } from '../../ids.ts'
import type { Operations } from '../../service.ts'
import { checkName, checkPath, checkRange } from '../constraints.ts'
import { mustDeletePolicies, mustDetach, noSuchRole, quotaExceeded, roleExists } from '../errors.ts'
import { findRole } from '../identity.ts'
import { byName, page, urlEncoded } from '../page.ts'
import { checkTrustPolicy } from '../policy/validate.ts'
import { ID_LENGTH } from '../state.ts'
import type { Iam, Role } from '../state.ts'
import { boundaryOf, checkBoundary } from './boundaries.ts'
import { ENTITY_TAGS } from './entity-settings.ts'
import { tagsOf } from './tags.ts'

const TRUST_LENGTH = 2_048
const SESSION_SECONDS = { min: 3_600, max: 43_200 }

/** The role that a request names. Throws `NoSuchEntity`. */
export function roleNamed({ state }: Iam, name: string | undefined): Role {
  const role = name === undefined ? undefined : findRole(state, name)
  if (!role) throw noSuchRole(name)
  return role
}

export function roles(iam: Iam): Operations<'iam'> {
  const { state } = iam

  return {
    CreateRole({ RoleName, Path, AssumeRolePolicyDocument, Description, MaxSessionDuration = SESSION_SECONDS.min, PermissionsBoundary, Tags }) {
      const name = checkName('roleName', RoleName, 64)
      const path = checkPath(Path)
      const maxSessionSeconds = checkRange('maxSessionDuration', MaxSessionDuration, SESSION_SECONDS)
      const trust = checkedTrust(AssumeRolePolicyDocument)
      const tags = tagsOf(Tags, ENTITY_TAGS)
      if (PermissionsBoundary !== undefined) checkBoundary(state, PermissionsBoundary)
      if (Object.keys(state.roles).some((other) => other.toLowerCase() === name.toLowerCase())) throw roleExists(name)

      const role: Role = {
        name, path, id: `AROA${randomUpper(ID_LENGTH)}`, arn: `arn:aws:iam::${iam.account}:role${path}${name}`, createdAt: iam.now(),
        inline: {}, attached: [], boundary: PermissionsBoundary, tags, trust, description: Description, maxSessionSeconds,
      }
      iam.changePolicies(() => { state.roles[name] = role })
      return { Role: { ...described(role), MaxSessionDuration: undefined } } // not in this answer (E2.11)
    },

    GetRole: ({ RoleName }) => ({ Role: { ...described(roleNamed(iam, RoleName)), RoleLastUsed: {} } }),

    ListRoles({ PathPrefix = '/', ...paging }) {
      const found = Object.values(state.roles).filter(({ path }) => path.startsWith(PathPrefix)).toSorted(byName)
      const { items, paging: rest } = page(found, paging)
      // tags and the boundary are in GetRole only
      return { Roles: items.map((role) => ({ ...described(role), Tags: undefined, PermissionsBoundary: undefined })), ...rest }
    },

    DeleteRole({ RoleName }) {
      const { name, attached, inline } = roleNamed(iam, RoleName)
      if (attached.length > 0) throw mustDetach()
      if (Object.keys(inline).length > 0) throw mustDeletePolicies()
      iam.changePolicies(() => { delete state.roles[name] })
      return {}
    },

    UpdateRole({ RoleName, Description, MaxSessionDuration }) {
      const role = roleNamed(iam, RoleName)
      if (MaxSessionDuration !== undefined) checkRange('maxSessionDuration', MaxSessionDuration, SESSION_SECONDS)
      iam.changePolicies(() => {
        role.description = Description ?? role.description
        role.maxSessionSeconds = MaxSessionDuration ?? role.maxSessionSeconds
      })
      return {}
    },

    UpdateRoleDescription({ RoleName, Description }) {
      const role = roleNamed(iam, RoleName)
      iam.changePolicies(() => { role.description = Description })
      return { Role: { ...described(role), MaxSessionDuration: undefined } }
    },

    UpdateAssumeRolePolicy({ RoleName, PolicyDocument }) {
      const role = roleNamed(iam, RoleName)
      const trust = checkedTrust(PolicyDocument)
      iam.changePolicies(() => { role.trust = trust })
      return {}
    },

    /** Clients ask before they delete a role. Instance profiles are EC2's and not built, so there are none. */
    ListInstanceProfilesForRole({ RoleName }) {
      roleNamed(iam, RoleName)
      return { InstanceProfiles: [], IsTruncated: false }
    },
  }
}

function checkedTrust(document: string | undefined): string {
  const trust = checkTrustPolicy(document)
  if (trust.replaceAll(/\s/g, '').length > TRUST_LENGTH) throw quotaExceeded('ACLSizePerRole', TRUST_LENGTH)
  return trust
}

const described = ({ path, name, id, arn, createdAt, trust, description, maxSessionSeconds, boundary, tags }: Role): RoleOutput => ({
  Path: path,
  RoleName: name,
  RoleId: id,
  Arn: arn,
  CreateDate: new Date(createdAt),
  AssumeRolePolicyDocument: urlEncoded(trust),
  Description: description,
  MaxSessionDuration: maxSessionSeconds,
  PermissionsBoundary: boundaryOf(boundary),
  Tags: tags.length > 0 ? tags : undefined,
})
