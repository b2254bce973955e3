import { notBuilt } from '../aws-error.ts'
import { isRecord } from './template/template.ts'

/**
 * What a property may look like: a scalar, anything, a list `[item]`, a map `{ '*': value }`, or an object with these members. `!` at the
 * end of a member's name says that it must be there. `unbuilt` is a property that AWS knows and the local AWS does not.
 */
export type Shape = 'string' | 'number' | 'boolean' | 'any' | 'unbuilt' | readonly [Shape] | { readonly [member: string]: Shape }

/** The properties do not fit; `violations` are in the words of CloudFormation's schema validation. */
export class ShapeMismatch extends Error {
  readonly violations: string[]
  constructor(violations: string[]) {
    super(violations.join('\n'))
    this.violations = violations
  }
}

/**
 * `value` with each scalar as its shape says (parameters are always text, so `"10"` may be a number). Throws ShapeMismatch, and "not built".
 * Differs from AWS: patterns, lengths and enumerations are left to the services.
 */
export function fit(value: unknown, shape: Shape): unknown {
  const violations: string[] = []
  const fitted = convert(value, shape, '#', violations)
  if (violations.length > 0) throw new ShapeMismatch(violations)
  return fitted
}

function convert(value: unknown, shape: Shape, path: string, violations: string[]): unknown {
  const mismatch = (expected: string) => {
    violations.push(`${path}: expected type: ${expected}, found: ${kindOf(value)}`)
    return value
  }
  if (typeof shape === 'string') {
    if (shape === 'any') return value
    if (shape === 'unbuilt') throw notBuilt(`The property ${path.slice(2).replaceAll('/', '.')}`)
    return scalar(value, shape) ?? mismatch(shape[0]!.toUpperCase() + shape.slice(1))
  }
  if (isList(shape))
    return Array.isArray(value) ? value.map((item, index) => convert(item, shape[0], `${path}/${index}`, violations)) : mismatch('JSONArray')
  return isRecord(value) ? convertMembers(value, shape, path, violations) : mismatch('JSONObject')
}

function convertMembers(value: Record<string, unknown>, shape: { readonly [member: string]: Shape }, path: string, violations: string[]) {
  const members = new Map(Object.entries(shape).map(([name, inner]) => [name.replace(/!$/, ''), inner]))
  for (const name of Object.keys(shape))
    if (name.endsWith('!') && value[name.slice(0, -1)] === undefined) violations.push(`${path}: required key [${name.slice(0, -1)}] not found`)

  return Object.fromEntries(Object.entries(value).map(([name, item]) => {
    const inner = members.get(name) ?? members.get('*')
    if (inner) return [name, convert(item, inner, `${path}/${name}`, violations)]
    violations.push(`${path}: extraneous key [${name}] is not permitted`)
    return [name, item]
  }))
}

function scalar(value: unknown, shape: 'string' | 'number' | 'boolean') {
  if (typeof value === shape) return value
  if (shape === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value)
  if (shape === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  if (shape === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return undefined
}

const isList = (shape: Exclude<Shape, string>): shape is readonly [Shape] => Array.isArray(shape)

function kindOf(value: unknown) {
  if (Array.isArray(value)) return 'JSONArray'
  if (value === null) return 'Null'
  const kind = typeof value
  return kind === 'object' ? 'JSONObject' : kind[0]!.toUpperCase() + kind.slice(1)
}
