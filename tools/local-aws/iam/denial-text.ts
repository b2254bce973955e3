import type { Question } from './authority.ts'

/** The kinds of policy that can refuse, in AWS's words. */
export type PolicyKind = 'identity-based policy' | 'resource-based policy' | 'permissions boundary' | 'session policy'

const ARTICLE: Record<PolicyKind, string> = {
  'identity-based policy': 'an',
  'resource-based policy': 'a',
  'permissions boundary': 'a',
  'session policy': 'a',
}

/** `User: … is not authorized to perform: … because no … allows the … action` (E1). */
export function implicitDenial(question: Question, kind: PolicyKind): string {
  // AssumeRole does not say which policy was missing, nor whether the role exists (E1.5)
  if (question.action === 'sts:AssumeRole') return notAuthorized(question)
  return `${notAuthorized(question)} because no ${kind} allows the ${question.action} action`
}

/** @param policyArn the managed policy that denies; inline policies have none */
export const explicitDenial = (question: Question, kind: PolicyKind, policyArn?: string) =>
  `${notAuthorized(question)} with an explicit deny in ${ARTICLE[kind]} ${kind}${policyArn ? `: ${policyArn}` : ''}`

const notAuthorized = ({ principal, action, resource }: Question) =>
  `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${printed(action, resource)}`

function printed(action: string, resource: string) {
  if (action.startsWith('s3:')) return `"${resource}"` // E1.7
  if (action === 'execute-api:ManageConnections') return masked(resource)
  return resource
}

/** The connections API masks the account up to its last four digits and prints the id as a placeholder (E1.4). */
const masked = (resource: string) => resource.replace(/:\d{8}(\d{4}):/, ':********$1:').replace(/@connections\/.+$/, '@connections/{connectionId}')
