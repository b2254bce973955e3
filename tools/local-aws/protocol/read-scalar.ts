import type { NormalizedSchema } from '@smithy/core/schema'
import { fromText } from './codecs.ts'
import { MalformedInput } from './malformed-input.ts'
import { traitsOf } from './service-model.ts'

/** Reads one value from text, strictly: what is not a number is not read as NaN. `name` is for the message. Throws MalformedInput. */
export function readScalar(schema: NormalizedSchema, text: string, name: string, part: 'body' | 'address' = 'address'): unknown {
  const fault = (expected: string) => new MalformedInput(`Value '${text}' at '${name}' is not ${expected}`, part)
  if (schema.isNumericSchema() && !(text.trim() !== '' && (Number.isFinite(Number(text)) || /^(?:NaN|-?Infinity)$/.test(text)))) throw fault('a number')
  if (schema.isBooleanSchema() && !/^(?:true|false)$/i.test(text)) throw fault('true or false')
  try {
    const value = schema.isTimestampSchema() ? readTimestamp(schema, text) : fromText(schema, text)
    if (value instanceof Date && Number.isNaN(value.getTime())) throw fault('a point in time')
    return value
  } catch (cause) {
    if (cause instanceof MalformedInput) throw cause
    throw new MalformedInput(`Value '${text}' at '${name}' cannot be read`, part, { cause })
  }
}

/** Outside a binding the codec takes a bare timestamp for seconds; clients of awsQuery send ISO 8601. */
const readTimestamp = (schema: NormalizedSchema, text: string) =>
  !traitsOf(schema).httpHeader && !/^[\d.]+$/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text) : fromText(schema, text)
