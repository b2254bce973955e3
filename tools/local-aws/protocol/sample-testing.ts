import type { NormalizedSchema } from '@smithy/core/schema'
import { membersOf, requiredMembersOf, traitsOf } from './service-model.ts'

const MAX_DEPTH = 4

/** For tests: makes values that fit a schema, with every member set (below some depth only the required ones), text that needs escaping, and no two values alike. */
export function createSampler() {
  let count = 0

  function sample(schema: NormalizedSchema, name = '', depth = 0, inHeader = false): unknown {
    if (schema.isStructSchema() || schema.isUnitSchema()) return sampleStructure(schema, depth)
    if (schema.isListSchema()) {
      const item = () => sample(schema.getValueSchema(), name, depth + 1, inHeader)
      return depth > MAX_DEPTH ? [] : [item(), item()]
    }
    if (schema.isMapSchema()) {
      const keys = inHeader ? ['alpha', 'beta'] : ['alpha', 'be ta.<&>']
      return Object.fromEntries(keys.map((key) => [key, sample(schema.getValueSchema(), name, depth + 1, inHeader)]))
    }
    return sampleScalar(schema, name, inHeader)
  }

  function sampleStructure(schema: NormalizedSchema, depth: number) {
    const structure: Record<string, unknown> = {}
    const required = requiredMembersOf(schema)
    const members = membersOf(schema).filter(([name, member]) => depth < MAX_DEPTH || required.has(name) || !isContainer(member))
    for (const [name, member] of schema.isUnionSchema() ? members.slice(0, 1) : members) structure[name] = sample(member, name, depth + 1, isInHeader(member))
    return structure
  }

  function sampleScalar(schema: NormalizedSchema, name: string, inHeader: boolean): unknown {
    count += 1
    if (schema.isBlobSchema()) return new Uint8Array([count % 256, 0, 250, 10])
    if (schema.isTimestampSchema()) return new Date(1_700_000_000_000 + 1000 * count)
    if (schema.isBooleanSchema()) return count % 2 === 0
    if (schema.isNumericSchema()) return 7 + count
    if (schema.isDocumentSchema()) return { a: [1, 'two', null, true] }
    if (traitsOf(schema).mediaType) return '{"a":1}'
    // SDKs check that a bucket could be one.
    if (name === 'Bucket') return `bucket-${count}`
    return inHeader ? `h${count}` : `s<&>"'+é ☃ ${count}/x`
  }

  return sample
}

const isInHeader = (member: NormalizedSchema) => Boolean(traitsOf(member).httpHeader) || traitsOf(member).httpPrefixHeaders !== undefined
const isContainer = (schema: NormalizedSchema) => schema.isStructSchema() || schema.isListSchema() || schema.isMapSchema()

/** Text that the SDK parses when asked: an object of class String. */
const isLazyJson = (value: unknown): value is object => Object.prototype.toString.call(value) === '[object String]' && typeof value === 'object'

/** For tests: a value without classes, so that two can be compared. Bytes become lists, lazily parsed JSON becomes text, what is undefined is left out. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (value instanceof Date) return value.toISOString()
  if (isLazyJson(value)) return value.toString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([name, inner]) => inner !== undefined && name !== '$metadata').map(([name, inner]) => [name, plain(inner)]))
}
