import { isMatch } from '../../bounded-match.ts'
import { validationError } from '../errors.ts'
import type { ParameterDeclaration, Template } from './template.ts'

/** A parameter of a stack: as given, and what an SSM name stands for. */
export type StoredParameter = { key: string, value: string, resolved?: string, noEcho?: boolean }
type Given = { ParameterKey?: string, ParameterValue?: string, UsePreviousValue?: boolean }

const SSM_TYPE = /^AWS::SSM::Parameter::Value<(.+)>$/

export const isNoEcho = ({ NoEcho }: ParameterDeclaration) => NoEcho === true || NoEcho === 'true'

/**
 * The value of each declared parameter: given, previous or default. `fetch` reads SSM parameters.
 * Throws ValidationError (G2.6) for missing, unknown and forbidden values.
 */
export async function settleParameters(
  { Parameters }: Template, given: Given[] = [], previous: StoredParameter[] = [], fetch: (name: string) => Promise<string | undefined>,
): Promise<StoredParameter[]> {
  const unknown = given.filter(({ ParameterKey = '' }) => !(ParameterKey in Parameters)).map(({ ParameterKey }) => ParameterKey)
  if (unknown.length > 0) throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`)

  const settled = Object.entries(Parameters).map(([key, declaration]) => {
    const own = given.find(({ ParameterKey }) => ParameterKey === key)
    const before = own?.UsePreviousValue ? previous.find((parameter) => parameter.key === key)?.value : undefined
    return { key, declaration, value: own?.ParameterValue ?? before ?? declaration.Default }
  })
  const missing = settled.filter(({ value }) => value === undefined).map(({ key }) => key)
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`)

  return Promise.all(settled.map(async ({ key, declaration, value }) => {
    checkValue(key, declaration, String(value))
    const parameter: StoredParameter = { key, value: String(value), noEcho: isNoEcho(declaration) || undefined }
    return SSM_TYPE.test(declaration.Type) ? { ...parameter, resolved: await fetched(String(value), fetch) } : parameter
  }))
}

async function fetched(name: string, fetch: (name: string) => Promise<string | undefined>) {
  const value = await fetch(name)
  if (value === undefined) throw validationError(`Unable to fetch parameters [${name}] from parameter store for this account.`)
  return value
}

function checkValue(key: string, declaration: ParameterDeclaration, value: string) {
  const { AllowedValues, AllowedPattern, ConstraintDescription, MinLength, MaxLength, MinValue, MaxValue, Type } = declaration
  const described = ConstraintDescription && `failed to satisfy constraint: ${ConstraintDescription}`
  const refuse = (reason: string) => validationError(`Parameter '${key}' ${described ?? reason}`)

  if (Type === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)$/.test(value)) throw validationError(`Parameter '${key}' must be a number.`)
  if (AllowedValues && !AllowedValues.map(String).includes(value)) throw refuse(`must be one of AllowedValues`)
  if (AllowedPattern && !isMatch(AllowedPattern, value)) throw refuse(`must match pattern ${AllowedPattern}`)
  if (MinLength !== undefined && value.length < Number(MinLength)) throw refuse(`must contain at least ${MinLength} characters`)
  if (MaxLength !== undefined && value.length > Number(MaxLength)) throw refuse(`must contain at most ${MaxLength} characters`)
  if (MinValue !== undefined && Number(value) < Number(MinValue)) throw refuse(`must be a number not less than ${MinValue}`)
  if (MaxValue !== undefined && Number(value) > Number(MaxValue)) throw refuse(`must be a number not greater than ${MaxValue}`)
}

/** What `Ref` of a parameter answers: a text, or for list types a list of texts. */
export function parameterValue({ value, resolved = value }: StoredParameter, { Type }: ParameterDeclaration): string | string[] {
  const type = SSM_TYPE.exec(Type)?.[1] ?? Type
  const isList = type === 'CommaDelimitedList' || /^List<.+>$/.test(type)
  return isList ? resolved.split(',').map((item) => item.trim()) : resolved
}
