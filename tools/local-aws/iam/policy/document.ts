import { compileConditions } from './conditions.ts'
import type { Condition, ConditionBlock } from './conditions.ts'
import { compilePattern } from './pattern.ts'
import type { Pattern } from './pattern.ts'
import type { PrincipalElement } from './principals.ts'

/** A policy document as people write it: most elements may be one value or a list. */
export type RawStatement = {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Action?: string | string[]
  NotAction?: string | string[]
  Resource?: string | string[]
  NotResource?: string | string[]
  Principal?: PrincipalElement
  NotPrincipal?: PrincipalElement
  Condition?: ConditionBlock
}
export type RawPolicy = { Version?: string, Id?: string, Statement: RawStatement | RawStatement[] }

export type Statement = {
  effect: 'Allow' | 'Deny'
  /** whether the action is one of those meant, `NotAction` turned round already */
  action: Pattern
  resource: Pattern
  conditions: Condition[]
  principal?: PrincipalElement
  notPrincipal?: PrincipalElement
}
export type Policy = { statements: Statement[] }

/** Compiles the JSON of a valid policy. Whether it is valid is asked when it is stored, see validate.ts. */
export function parsePolicy(json: string): Policy {
  const { Version, Statement } = JSON.parse(json) as RawPolicy
  const variables = Version === '2012-10-17'
  return { statements: listOf(Statement).map((statement) => compileStatement(statement, { variables })) }
}

const compileStatement = (raw: RawStatement, { variables }: { variables: boolean }): Statement => ({
  effect: raw.Effect,
  action: oneOf(raw.Action, raw.NotAction, { ignoreCase: true }),
  resource: oneOf(raw.Resource, raw.NotResource, { variables }),
  conditions: compileConditions(raw.Condition ?? {}, { variables }),
  principal: raw.Principal,
  notPrincipal: raw.NotPrincipal,
})

/** Trust policies have no resource: the role itself is meant, so an absent element matches. */
function oneOf(wanted: string | string[] | undefined, unwanted: string | string[] | undefined, options: { ignoreCase?: boolean, variables?: boolean }): Pattern {
  const patterns = listOf(wanted ?? unwanted).map((pattern) => compilePattern(pattern, options))
  if (patterns.length === 0) return () => true
  if (wanted === undefined) return (text, lookUp) => !patterns.some((pattern) => pattern(text, lookUp))
  return (text, lookUp) => patterns.some((pattern) => pattern(text, lookUp))
}

export const listOf = <T>(value: T | T[] | undefined): T[] => value === undefined ? [] : Array.isArray(value) ? value : [value]

const KEEP = 2_000

/** Policies by their text, compiled once each: a decision compiles nothing. */
export function createPolicyCache() {
  const known = new Map<string, Policy>()
  return function compiled(json: string): Policy {
    const found = known.get(json)
    if (found) return found
    if (known.size >= KEEP) known.clear()
    const policy = parsePolicy(json)
    known.set(json, policy)
    return policy
  }
}
export type PolicyCache = ReturnType<typeof createPolicyCache>
