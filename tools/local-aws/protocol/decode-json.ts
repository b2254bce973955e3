import type { NormalizedSchema } from '@smithy/core/schema'
import { fromJson } from './codecs.ts'
import { MalformedInput } from './malformed-input.ts'
import { membersOf, traitsOf, type Protocol } from './service-model.ts'

/** Reads a JSON body as `schema` describes it; no body is an empty object. Throws MalformedInput, so that no handler meets a number for a name. */
export function decodeJson(protocol: Protocol, schema: NormalizedSchema, body: Uint8Array): unknown {
  const value = body.length === 0 ? {} : parse(body)
  try {
    checkShape(schema, value, protocol, schema.getName() ?? 'input')
    return schema.isUnitSchema() ? {} : fromJson(protocol, schema, value)
  } catch (cause) {
    if (cause instanceof MalformedInput) throw cause
    // A stack overflow too: schemas that contain themselves can be nested without end.
    throw new MalformedInput(cause instanceof Error ? cause.message : 'The body cannot be read.', 'body', { cause })
  }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch (cause) {
    throw new MalformedInput('The request body is not valid JSON.', 'body', { cause })
  }
}

function checkShape(schema: NormalizedSchema, value: unknown, protocol: Protocol, place: string) {
  if (schema.isUnitSchema() || schema.isDocumentSchema()) return
  const expected = expectedKind(schema)
  const got = kindOf(value)
  if (expected && expected !== got && !isSpelledNumber(schema, value) && !(schema.isTimestampSchema() && got === 'a string'))
    throw new MalformedInput(`Expected ${expected} at ${place}, got ${got}.`)

  if (schema.isStructSchema()) {
    const record = value as Record<string, unknown>
    for (const [name, member] of membersOf(schema)) {
      const inner = record[protocol === 'restJson1' ? traitsOf(member).jsonName ?? name : name]
      if (inner != null) checkShape(member, inner, protocol, `${place}.${name}`)
    }
  } else if (schema.isListSchema() || schema.isMapSchema()) {
    const item = schema.getValueSchema()
    for (const [key, inner] of Object.entries(value as object)) {
      if (inner !== null || !traitsOf(schema).sparse) checkShape(item, inner, protocol, `${place}.${key}`)
    }
  }
}

function expectedKind(schema: NormalizedSchema) {
  if (schema.isListSchema()) return 'a list'
  if (schema.isStructSchema() || schema.isMapSchema()) return 'an object'
  if (schema.isBooleanSchema()) return 'a boolean'
  if (schema.isNumericSchema() || schema.isTimestampSchema()) return 'a number'
  if (schema.isStringSchema() || schema.isBlobSchema()) return 'a string'
}

function kindOf(value: unknown) {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** JSON has no other way to write these. */
const isSpelledNumber = (schema: NormalizedSchema, value: unknown) =>
  schema.isNumericSchema() && (value === 'NaN' || value === 'Infinity' || value === '-Infinity')
