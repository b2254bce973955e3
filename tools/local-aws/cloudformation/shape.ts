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

/** What does not fit. `path` leads from the properties to the object or value: `` (the properties themselves), `/Tags/0`. */
export type Violation = { path: string } & ({ kind: 'missing' | 'unknown', key: string } | { kind: 'type', expected: string, found: string })

/**
 * `value` with each scalar as its shape says (parameters are always text, so `"10"` may be a number). Throws ShapeMismatch, and "not built".
 * Differs from AWS: patterns, lengths and enumerations are left to the services.
 */
export function fit(value: unknown, shape: Shape): unknown {
  const violations: Violation[] = []
  const fitted = convert(value, shape, '', { violations, isOpen: () => false })
  if (violations.length > 0) throw new ShapeMismatch(violations.map(told))
  return fitted
}

/** All that does not fit. What `isOpen` says yes to is not known yet and may become anything; what is not built is passed over. */
export function violationsOf(value: unknown, shape: Shape, isOpen: (value: unknown) => boolean): Violation[] {
  const violations: Violation[] = []
  convert(value, shape, '', { violations, isOpen, passesUnbuilt: true })
  return violations
}

type Look = { violations: Violation[], isOpen(value: unknown): boolean, passesUnbuilt?: boolean }

function convert(value: unknown, shape: Shape, path: string, look: Look): unknown {
  if (look.isOpen(value)) return value
  const mismatch = (expected: string) => {
    look.violations.push({ path, kind: 'type', expected, found: kindOf(value) })
    return value
  }
  if (typeof shape === 'string') {
    if (shape === 'any' || (shape === 'unbuilt' && look.passesUnbuilt)) return value
    if (shape === 'unbuilt') throw notBuilt(`The property ${path.slice(1).replaceAll('/', '.')}`)
    return scalar(value, shape) ?? mismatch(shape[0]!.toUpperCase() + shape.slice(1))
  }
  if (isList(shape))
    return Array.isArray(value) ? value.map((item, index) => convert(item, shape[0], `${path}/${index}`, look)) : mismatch('JSONArray')
  return isRecord(value) ? convertMembers(value, shape, path, look) : mismatch('JSONObject')
}

function convertMembers(value: Record<string, unknown>, shape: { readonly [member: string]: Shape }, path: string, look: Look) {
  const members = new Map(Object.entries(shape).map(([name, inner]) => [name.replace(/!$/, ''), inner]))
  for (const name of Object.keys(shape))
    if (name.endsWith('!') && value[name.slice(0, -1)] === undefined) look.violations.push({ path, kind: 'missing', key: name.slice(0, -1) })

  return Object.fromEntries(Object.entries(value).map(([name, item]) => {
    const inner = members.get(name) ?? members.get('*')
    if (inner) return [name, convert(item, inner, `${path}/${name}`, look)]
    look.violations.push({ path, kind: 'unknown', key: name })
    return [name, item]
  }))
}

/** In the words of the schema validation that a resource meets when it is made. */
function told(violation: Violation) {
  const at = `#${violation.path}`
  if (violation.kind === 'type') return `${at}: expected type: ${violation.expected}, found: ${violation.found}`
  return violation.kind === 'missing' ? `${at}: required key [${violation.key}] not found` : `${at}: extraneous key [${violation.key}] is not permitted`
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
