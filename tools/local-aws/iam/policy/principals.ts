import type { Principal } from '../../service.ts'

/** The `Principal` element of a resource or trust policy: `*`, or ARNs, account numbers and service names by kind. */
export type PrincipalElement = '*' | Record<string, string | string[]>

/** `account`: named only through its account (`arn:aws:iam::ACCT:root`), which leaves the decision to that account's own policies. */
export type Naming = 'direct' | 'account' | undefined

/** How `element` names `principal`. A role's ARN names all sessions of the role. */
export function namedBy(element: PrincipalElement, principal: Principal, roleArn: string | undefined): Naming {
  if (element === '*') return 'direct'

  const aws = asList(element.AWS)
  if (aws.includes('*')) return 'direct'
  if (principal.kind === 'service') return asList(element.Service).includes(principal.service) ? 'direct' : undefined
  if (aws.includes(principal.arn) || (roleArn !== undefined && aws.includes(roleArn))) return 'direct'
  return aws.includes(principal.account) || aws.includes(`arn:aws:iam::${principal.account}:root`) ? 'account' : undefined
}

const asList = (value: string | string[] | undefined) => value === undefined ? [] : Array.isArray(value) ? value : [value]
