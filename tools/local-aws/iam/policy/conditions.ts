import { own } from '../../members.ts'
import { compileArnPattern, compilePattern } from './pattern.ts'
import type { Pattern, Variables } from './pattern.ts'

/** The values of a condition key (lower case) in one request; undefined where the request does not have it. */
export type ContextKeys = (key: string) => string[] | undefined
/** `key` is spelled as in the policy. */
export type Condition = { key: string, test(keys: ContextKeys): boolean } | { key: string, unsupported: string }
export type ConditionBlock = Record<string, Record<string, unknown>>

type Comparison = (wanted: string, given: string) => boolean

const numeric = (compare: (given: number, wanted: number) => boolean): Comparison => (wanted, given) => compare(Number(given), Number(wanted))
const dated = (compare: (given: number, wanted: number) => boolean): Comparison => (wanted, given) => compare(instant(given), instant(wanted))
/** Dates are ISO 8601 or seconds since the epoch. */
const instant = (text: string) => /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text)

const ORDERS = {
  Equals: (given: number, wanted: number) => given === wanted,
  LessThan: (given: number, wanted: number) => given < wanted,
  LessThanEquals: (given: number, wanted: number) => given <= wanted,
  GreaterThan: (given: number, wanted: number) => given > wanted,
  GreaterThanEquals: (given: number, wanted: number) => given >= wanted,
}

type Compile = (wanted: string, options: { variables: boolean }) => Pattern
const comparing = (compare: Comparison): Compile => (wanted) => (given) => compare(wanted, given)
const exactly = ({ ignoreCase = false } = {}): Compile => (wanted, { variables }) => {
  if (variables && wanted.includes('${')) return compilePattern(withoutWildcards(wanted), { ignoreCase, variables })
  return ignoreCase ? (given) => given.toLowerCase() === wanted.toLowerCase() : (given) => given === wanted
}
/** StringEquals replaces variables but knows no wildcards: a star outside a variable becomes `${*}`. */
const withoutWildcards = (wanted: string) => wanted.replaceAll(/\$\{[^}]*\}|[*?]/g, (found) => found.length === 1 ? `\${${found}}` : found)

const OPERATORS: Record<string, Compile> = {
  StringEquals: exactly(),
  StringEqualsIgnoreCase: exactly({ ignoreCase: true }),
  StringLike: compilePattern,
  ArnEquals: compileArnPattern,
  ArnLike: compileArnPattern,
  Bool: comparing((wanted, given) => wanted.toLowerCase() === given.toLowerCase()),
  ...Object.fromEntries(Object.entries(ORDERS).flatMap(([name, order]) => [[`Numeric${name}`, comparing(numeric(order))], [`Date${name}`, comparing(dated(order))]])),
}

const NEGATED: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
}

/**
 * Compiles a `Condition` element: all operators and keys must hold, one of a key's values is enough (E2.4).
 *
 * Differs from AWS: IpAddress, NotIpAddress and BinaryEquals are answered as `unsupported`. The evaluation lets them never satisfy an Allow and always
 * satisfy a Deny, so that a policy we cannot read never opens what AWS would close.
 */
export const compileConditions = (block: ConditionBlock, options: { variables: boolean }): Condition[] =>
  Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => compileCondition(operator, key, asList(values), options)))

function compileCondition(operator: string, key: string, values: string[], options: { variables: boolean }): Condition {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator)!
  const folded = key.toLowerCase()
  if (name === 'Null') return { key, test: (keys) => values.some((value) => (value === 'true') === (keys(folded) === undefined)) }

  const negated = Object.hasOwn(NEGATED, name)
  const compile = own(OPERATORS, own(NEGATED, name) ?? name)
  if (!compile) return { key, unsupported: operator }

  const patterns = values.map((value) => compile(value, options))
  // a negated operator holds for an absent key (E2.4); ForAllValues holds for an empty set
  const whenAbsent = ifExists !== undefined || set === 'ForAllValues' || (negated && set === undefined)
  return {
    key,
    test(keys) {
      const given = keys(folded)
      if (given === undefined) return whenAbsent
      const variables: Variables = (variable) => keys(variable)?.[0]
      const holds = (value: string) => patterns.some((pattern) => pattern(value, variables)) !== negated
      return set === 'ForAnyValue' || (set === undefined && !negated) ? given.some(holds) : given.every(holds)
    },
  }
}

const asList = (values: unknown): string[] => (Array.isArray(values) ? values : [values]).map(String)
