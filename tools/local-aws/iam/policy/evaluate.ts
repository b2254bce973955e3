import type { Principal } from '../../service.ts'
import type { ContextKeys } from './conditions.ts'
import type { Policy, Statement } from './document.ts'
import { namedBy } from './principals.ts'
import type { Naming } from './principals.ts'

export type Request = { principal: Principal, roleArn?: string, action: string, resource: string, keys: ContextKeys }

/** What one policy says by itself. A deny wins (E2.1). */
export function verdict(policy: Policy, request: Request): 'allow' | 'deny' | undefined {
  let found: 'allow' | undefined
  for (const statement of policy.statements) {
    if (!appliesTo(statement, request)) continue
    if (statement.effect === 'Deny') return 'deny'
    found = 'allow'
  }
  return found
}

/** What a resource's own policy says about this caller. `account`: it hands the decision to the caller's account. */
export function resourceVerdict(policy: Policy, request: Request): 'deny' | Naming {
  let found: Naming
  for (const statement of policy.statements) {
    const naming = namedIn(statement, request)
    if (!naming || !appliesTo(statement, request)) continue
    if (statement.effect === 'Deny') return 'deny'
    if (found !== 'direct') found = naming
  }
  return found
}

/** How the statement of a resource's policy names the caller. */
export function namedIn({ principal, notPrincipal }: Statement, request: Request): Naming {
  if (principal !== undefined) return namedBy(principal, request.principal, request.roleArn)
  if (notPrincipal === undefined) return undefined
  return namedBy(notPrincipal, request.principal, request.roleArn) ? undefined : 'direct'
}

/** Whether the statement speaks about this action, resource and circumstances; about whom is `namedIn`'s. */
export function appliesTo(statement: Statement, { action, resource, keys }: Request) {
  const variable = (name: string) => keys(name)?.[0]
  return statement.action(action, variable) && statement.resource(resource, variable)
    && statement.conditions.every((condition) => 'unsupported' in condition ? statement.effect === 'Deny' : condition.test(keys))
}
