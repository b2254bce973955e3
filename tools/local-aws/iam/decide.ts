import type { Decision, Question } from './authority.ts'
import { explicitDenial, implicitDenial } from './denial-text.ts'
import type { PolicyKind } from './denial-text.ts'
import type { PolicyCache } from './policy/document.ts'
import { resourceVerdict, verdict } from './policy/evaluate.ts'
import type { Request } from './policy/evaluate.ts'
import type { Source } from './identity.ts'

/**
 * Who has to allow. `either`: the caller's policies or, by naming the caller, the resource's. `resource`: the resource's policy must, as a role's trust
 * policy; if it names only the account, the caller's policies must too. `both`: across accounts.
 */
export type Rule = 'either' | 'resource' | 'both'

/** All policies that bear on one question. A limit that is absent limits nothing. */
export type Policies = { rule: Rule, identity: Source[], boundary?: Source, session?: Source, resource?: string }

/**
 * Weighs the policies (E2.1, E2.2): any deny wins; then identity and resource policies must allow as `rule` says; then boundary and session policy must
 * each allow. A service has no identity: only a resource's policy lets it in.
 *
 * Differs from AWS: there are no organizations, hence no service or resource control policies.
 */
export function decide(question: Question, request: Request, policies: Policies, compiled: PolicyCache): Decision & { by: string } {
  const refused = (kind: PolicyKind) => ({ allowed: false as const, explicit: false, message: implicitDenial(question, kind), by: kind })
  const denied = (kind: PolicyKind, arn?: string) => ({ allowed: false as const, explicit: true, message: explicitDenial(question, kind, arn), by: kind })
  const ask = (source: Source) => verdict(compiled(source.document), request)

  let grantedBy: Source | undefined
  for (const source of policies.identity) {
    const found = ask(source)
    if (found === 'deny') return denied('identity-based policy', source.arn)
    if (found === 'allow') grantedBy ??= source
  }
  const resource = policies.resource === undefined ? undefined : resourceVerdict(compiled(policies.resource), request)
  const boundary = policies.boundary && ask(policies.boundary)
  const session = policies.session && ask(policies.session)
  if (resource === 'deny') return denied('resource-based policy')
  if (boundary === 'deny') return denied('permissions boundary', policies.boundary?.arn)
  if (session === 'deny') return denied('session policy')

  if (question.principal.kind === 'service')
    return resource ? { allowed: true, by: 'resource-based policy' } : refused('resource-based policy')

  const identityNeeded = policies.rule === 'both' || resource !== 'direct'
  if (identityNeeded && !grantedBy) return refused('identity-based policy')
  if (policies.rule !== 'either' && !resource) return refused('resource-based policy')
  if (policies.boundary && boundary !== 'allow') return refused('permissions boundary')
  if (policies.session && session !== 'allow') return refused('session policy')
  return { allowed: true, by: grantedBy ? `identity-based policy ${grantedBy.name}` : 'resource-based policy' }
}

/** S3 buckets and `*` carry no account: they count as the caller's own. */
export function ruleFor({ principal, action, resource }: Question): Rule {
  const owner = resource.split(':', 5)[4]
  if (owner !== undefined && /^\d{12}$/.test(owner) && owner !== principal.account) return 'both'
  return action === 'sts:AssumeRole' ? 'resource' : 'either'
}
