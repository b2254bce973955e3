import type { Principal } from '../service.ts'
import { awsManagedPolicies } from './managed/index.ts'
import { own } from './state.ts'
import type { Entity, ManagedPolicy, PolicyState, Role } from './state.ts'

/** One policy of a user or role. Managed policies have an ARN, inline ones do not. */
export type Source = { name: string, arn?: string, document: string }

/** The user or role behind a caller, as far as it exists in `state`. A service has none. */
export function entityOf(state: PolicyState, principal: Principal): Entity | undefined {
  if (principal.kind === 'user') return own(state.users, principal.userName)
  if (principal.kind === 'session') return own(state.roles, principal.roleName)
  return undefined
}

export function identityPolicies(state: PolicyState, { attached, inline }: Entity): Source[] {
  const sources: Source[] = []
  for (const arn of attached) {
    const source = managedSource(state, arn)
    if (source) sources.push(source)
  }
  for (const [name, document] of Object.entries(inline)) sources.push({ name, document })
  return sources
}

export function managedSource(state: PolicyState, arn: string): Source | undefined {
  const policy = findPolicy(state, arn)
  return policy && { name: policy.name, arn, document: documentOf(policy)! }
}

export const findPolicy = (state: PolicyState, arn: string): ManagedPolicy | undefined => own(state.policies, arn) ?? awsManagedPolicies.get(arn)

/** The JSON of a version, the default one unless told; undefined where there is no such version. */
export const documentOf = ({ versions, defaultVersion }: ManagedPolicy, version = defaultVersion) => versions.find(({ id }) => id === version)?.document

export const findRole = (state: PolicyState, name: string): Role | undefined => own(state.roles, name)
