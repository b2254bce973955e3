import { notBuilt } from '../../aws-error.ts'
import { own } from '../../members.ts'
import { invalidParameter } from '../errors.ts'
import type { BatchRecord } from './batch.ts'

/** Whether a value fits; undefined is a member that is missing. */
type Match = (value: unknown) => boolean

/**
 * Reads the pattern of a filter. A body that is JSON is looked into; where pattern and body are of different kinds, nothing fits.
 * Throws `InvalidParameterValueException`, and "not built" for the rarer comparisons.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function readPattern(json: string | undefined): (record: BatchRecord) => boolean {
  const pattern = objectIn(json)
  if (!pattern) throw invalid()
  const matchAll = Object.entries(pattern).map(([name, inner]) => name === 'body' ? bodyMatch(inner) : memberMatch(name, compile(inner)))
  return (record) => matchAll.every((match) => match(record))
}

const invalid = () => invalidParameter('Invalid filter pattern definition.')

const memberMatch = (name: string, match: Match): Match => (value) => match(isRecord(value) ? own(value, name) : undefined)

function bodyMatch(pattern: unknown): Match {
  const match = compile(pattern)
  return (record) => {
    const { body } = record as BatchRecord
    const parsed = objectIn(body)
    return isRecord(pattern) ? parsed !== undefined && match(parsed) : parsed === undefined && match(body)
  }
}

/** A list names what may be there; an object goes deeper. */
function compile(pattern: unknown): Match {
  if (Array.isArray(pattern) && pattern.length > 0) {
    const matches = pattern.map(comparison)
    return (value) => [value].flat().some((one) => matches.some((match) => match(one)))
  }
  if (!isRecord(pattern) || Object.keys(pattern).length === 0) throw invalid()
  if (Object.hasOwn(pattern, '$or')) throw notBuilt('lambda filters with $or')
  const members = Object.entries(pattern).map(([name, inner]) => memberMatch(name, compile(inner)))
  return (value) => members.every((match) => match(value))
}

function comparison(wanted: unknown): Match {
  if (!isRecord(wanted)) {
    if (Array.isArray(wanted)) throw invalid()
    return (value) => value === wanted
  }
  const [[name, operand] = [''], ...more] = Object.entries(wanted)
  const compare = own(COMPARISONS, name)
  if (name === 'wildcard' || name === 'cidr') throw notBuilt(`lambda filters with ${name}`)
  if (!compare || more.length > 0) throw invalid()
  return compare(operand)
}

const COMPARISONS: Record<string, (operand: unknown) => Match> = {
  'prefix': (operand) => onText(operand, (text, start) => text.startsWith(start)),
  'suffix': (operand) => onText(operand, (text, end) => text.endsWith(end)),
  'equals-ignore-case': (operand) => onText(operand, (text, other) => text.toLowerCase() === other.toLowerCase()),
  exists(operand) {
    if (typeof operand !== 'boolean') throw invalid()
    return (value) => (value !== undefined) === operand
  },
  'anything-but': (operand) => {
    const matches = (Array.isArray(operand) ? operand : [operand]).map(comparison)
    return (value) => value !== undefined && !matches.some((match) => match(value))
  },
  numeric: numericMatch,
}

function onText(operand: unknown, compare: (text: string, operand: string) => boolean): Match {
  if (typeof operand !== 'string') throw invalid()
  return (value) => typeof value === 'string' && compare(value, operand)
}

const ORDERS: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b, '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b,
}

/** `[">=", 100, "<", 200]` */
function numericMatch(operand: unknown): Match {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw invalid()
  const tests = [operand.slice(0, 2), operand.slice(2)].filter((pair) => pair.length > 0).map(([order, limit]) => {
    const compare = own(ORDERS, String(order))
    if (!compare || typeof limit !== 'number') throw invalid()
    return (value: number) => compare(value, limit)
  })
  return (value) => typeof value === 'number' && tests.every((test) => test(value))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function objectIn(json = ''): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(json)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
