import Draft4, { type Options } from 'ajv-draft-04'
import { isMatch } from '../bounded-match.ts'

/** Draft 4 knows more formats than it defines, and a message is not to be refused for one. */
const OPTIONS: Options = { strict: false, validateFormats: false, unicodeRegExp: false, logger: false, code: { regExp: Object.assign(bounded, { code: '' }) } }

/**
 * Whether `value` fits a JSON schema of draft 4, the one of API Gateway's models.
 *
 * Differs from AWS: `format` is no condition, and `$ref` leads within the document only.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export function fitsSchema(value: unknown, schema: object): boolean {
  return unlessEndless(() => new Draft4.default({ ...OPTIONS, meta: false, validateSchema: false }).validate(schema, value))
}

/** Whether it is a schema of draft 4 that can be used: each keyword has a value that it can have, each reference leads somewhere. */
export function isSchema(schema: unknown): schema is object {
  if (typeof schema !== 'object' || schema === null) return false
  return unlessEndless(() => {
    const draft4 = new Draft4.default(OPTIONS)
    try {
      return draft4.validateSchema(schema) === true && draft4.compile(schema) !== undefined
    } catch (error) {
      if (error instanceof RangeError) throw error
      return false // it says of what is no schema that it cannot be compiled
    }
  })
}

/** False for a circle of references, and for a message that is nested more deeply than anybody's. */
function unlessEndless(judge: () => boolean): boolean {
  try {
    return judge()
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** A pattern may be written to take years, so it is tried for a moment only. */
function bounded(pattern: string) {
  new RegExp(pattern) // throws where it is none
  return { test: (text: string) => isMatch(`[^]*(?:${pattern})[^]*`, text) === true, toString: () => pattern }
}
