import { isDeepStrictEqual } from 'node:util'
import { isMatch } from '../bounded-match.ts'

type Json = Record<string, unknown>
type Rule = (value: any, argument: any, schema: Json, fits: Fits) => boolean
/** Whether a value fits a schema that stands in the same document. */
type Fits = (value: unknown, schema: unknown) => boolean

/**
 * Whether `value` fits a JSON schema of draft 4, the one of API Gateway's models.
 *
 * Differs from AWS: `format` is no condition, and `$ref` leads within the document only.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-zyp-json-schema-04
 */
export function fitsSchema(value: unknown, document: unknown): boolean {
  const fits: Fits = (inner, schema) => {
    if (!isObject(schema)) return true
    if (typeof schema.$ref === 'string') return fits(inner, targetOf(document, schema.$ref))
    return Object.entries(RULES).every(([name, rule]) => !Object.hasOwn(schema, name) || rule(inner, schema[name], schema, fits))
  }
  try {
    return fits(value, document)
  } catch (error) {
    // A circle of references, or a message that is nested more deeply than anybody's.
    if (error instanceof RangeError) return false
    throw error
  }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const ofType = (is: (value: unknown) => boolean, rule: Rule): Rule => (value, ...rest) => !is(value) || rule(value, ...rest)
const forNumbers = (rule: Rule) => ofType((value) => typeof value === 'number', rule)
const forTexts = (rule: Rule) => ofType((value) => typeof value === 'string', rule)
const forLists = (rule: Rule) => ofType(Array.isArray, rule)
const forObjects = (rule: Rule) => ofType(isObject, rule)

const TYPES: Record<string, (value: unknown) => boolean> = {
  array: Array.isArray, boolean: (value) => typeof value === 'boolean', integer: Number.isInteger, null: (value) => value === null,
  number: (value) => typeof value === 'number', object: isObject, string: (value) => typeof value === 'string',
}

/** The keywords, each with its condition; what is not among them is none. */
const RULES: Record<string, Rule> = {
  type: (value, types: string | string[]) => [types].flat().some((type) => Object.hasOwn(TYPES, type) && TYPES[type]!(value)),
  enum: (value, values: unknown[]) => values.some((other) => isDeepStrictEqual(other, value)),
  allOf: (value, schemas: unknown[], _, fits) => schemas.every((schema) => fits(value, schema)),
  anyOf: (value, schemas: unknown[], _, fits) => schemas.some((schema) => fits(value, schema)),
  oneOf: (value, schemas: unknown[], _, fits) => schemas.filter((schema) => fits(value, schema)).length === 1,
  not: (value, schema, _, fits) => !fits(value, schema),

  multipleOf: forNumbers((value, factor: number) => Number.isInteger(value / factor)),
  maximum: forNumbers((value, most: number, { exclusiveMaximum }) => exclusiveMaximum === true ? value < most : value <= most),
  minimum: forNumbers((value, least: number, { exclusiveMinimum }) => exclusiveMinimum === true ? value > least : value >= least),

  maxLength: forTexts((value, most: number) => [...value].length <= most),
  minLength: forTexts((value, least: number) => [...value].length >= least),
  pattern: forTexts((value, pattern: string) => isMatch(`[^]*(?:${pattern})[^]*`, value) === true),

  maxItems: forLists((value, most: number) => value.length <= most),
  minItems: forLists((value, least: number) => value.length >= least),
  uniqueItems: forLists((value: unknown[], isWanted) => isWanted !== true || !value.some((one, at) => value.slice(at + 1).some((other) => isDeepStrictEqual(one, other)))),
  items: forLists((value: unknown[], schema, _, fits) => value.every((item, at) => fits(item, Array.isArray(schema) ? schema[at] : schema))),

  maxProperties: forObjects((value, most: number) => Object.keys(value).length <= most),
  minProperties: forObjects((value, least: number) => Object.keys(value).length >= least),
  required: forObjects((value, names: string[]) => names.every((name) => Object.hasOwn(value, name))),
  properties: forObjects((value, schemas: Json, _, fits) => Object.entries(schemas).every(([name, schema]) => !Object.hasOwn(value, name) || fits(value[name], schema))),
  additionalProperties: forObjects((value, schema, { properties }, fits) => {
    const others = Object.keys(value).filter((name) => !isObject(properties) || !Object.hasOwn(properties, name))
    return schema === false ? others.length === 0 : others.every((name) => fits(value[name], schema))
  }),
}

/** What `#/definitions/Name` stands for; anything goes where there is nothing. */
function targetOf(document: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined
  let target = document
  for (const part of reference.slice(1).split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, name)) return undefined
    target = (target as Json)[name]
  }
  return target
}

/** Whether each keyword has a value that it can have, so that `fitsSchema` never fails over it. */
export function isSchema(schema: unknown): boolean {
  if (!isObject(schema)) return false
  return Object.entries(schema).every(([name, value]) => Object.hasOwn(SHAPES, name) ? SHAPES[name]!(value) : true)
}

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0
const areSchemas = (value: unknown) => Array.isArray(value) && value.every(isSchema)
const isMap = (value: unknown) => isObject(value) && Object.values(value).every(isSchema)
const SHAPES: Record<string, (value: unknown) => boolean> = {
  $ref: TYPES.string!, type: (value) => [value].flat().every((type) => typeof type === 'string' && Object.hasOwn(TYPES, type)), enum: Array.isArray,
  allOf: areSchemas, anyOf: areSchemas, oneOf: areSchemas, not: isSchema,
  multipleOf: (value) => typeof value === 'number' && value > 0, maximum: TYPES.number!, minimum: TYPES.number!,
  maxLength: isCount, minLength: isCount, pattern: TYPES.string!, maxItems: isCount, minItems: isCount,
  items: (value) => Array.isArray(value) ? areSchemas(value) : isSchema(value), maxProperties: isCount, minProperties: isCount,
  required: (value) => Array.isArray(value) && value.every(TYPES.string!), properties: isMap, definitions: isMap,
  additionalProperties: (value) => typeof value === 'boolean' || isSchema(value),
}
