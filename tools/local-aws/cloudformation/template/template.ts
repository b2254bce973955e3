import { parse, YAMLParseError } from 'yaml'
import { bare } from '../../members.ts'
import { formatError, templateError, validationError } from '../errors.ts'
import { shortTags } from './short-tags.ts'

export type ParameterDeclaration = {
  Type: string
  Default?: string | number | boolean
  Description?: string
  NoEcho?: boolean | string
  AllowedValues?: (string | number)[]
  AllowedPattern?: string
  ConstraintDescription?: string
  MinLength?: number, MaxLength?: number, MinValue?: number, MaxValue?: number
}

export type ResourceDeclaration = {
  Type: string
  Properties?: Record<string, unknown>
  DependsOn?: string | string[]
  Condition?: string
  Metadata?: unknown
  DeletionPolicy?: string
  UpdateReplacePolicy?: string
}

export type OutputDeclaration = { Value: unknown, Description?: string, Condition?: string, Export?: { Name: unknown } }

/** A template as written, each section present. */
export type Template = {
  Description?: string
  Metadata?: unknown
  Transform?: unknown
  Parameters: Record<string, ParameterDeclaration>
  Mappings: Record<string, Record<string, Record<string, unknown>>>
  Conditions: Record<string, unknown>
  Resources: Record<string, ResourceDeclaration>
  Outputs: Record<string, OutputDeclaration>
}

const SECTIONS = [
  'AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions', 'Transform', 'Resources', 'Outputs', 'Hooks',
]
const RESOURCE_MEMBERS = [
  'Type', 'Properties', 'DependsOn', 'Condition', 'Metadata', 'DeletionPolicy', 'UpdateReplacePolicy', 'CreationPolicy', 'UpdatePolicy',
]

const PARAMETER_TEXTS = ['Default', 'Description', 'NoEcho', 'AllowedPattern', 'ConstraintDescription', 'MinLength', 'MaxLength', 'MinValue', 'MaxValue']

/** Far beyond what anyone writes, and well within the stack of whatever walks a template. Differs from AWS: its own limit is not documented. */
const MAX_DEPTH = 500
const tooDeep = () => formatError(`the template is nested more than ${MAX_DEPTH} levels deep.`)

/**
 * Reads a template in JSON or YAML and checks its shape; what it refers to is checked by `validate`.
 * Throws ValidationError in AWS's words (G2.6).
 */
export function parseTemplate(text: string): Template {
  const document = readDocument(text)
  if (isDeeperThan(MAX_DEPTH, document)) throw tooDeep()
  if (!isRecord(document)) throw formatError('unsupported structure.')

  const unknown = Object.keys(document).filter((section) => !SECTIONS.includes(section))
  if (unknown.length > 0) throw formatError(`Invalid template property or properties [${unknown.join(', ')}]`)

  const section = (name: string) => {
    const value = document[name] ?? {}
    if (!isRecord(value)) throw formatError(`${name} must be an object.`)
    return bare(value)
  }
  const template = {
    ...document,
    Parameters: section('Parameters'), Mappings: section('Mappings'), Conditions: section('Conditions'), Resources: section('Resources'),
    Outputs: section('Outputs'),
  } as unknown as Template

  checkParameters(template)
  checkResources(template)
  checkOutputs(template)
  return template
}

function readDocument(text: string): unknown {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text)
    } catch {
      // YAML is a superset of JSON and the only one of the two parsers that knows the line.
      return readYaml(text, 'JSON')
    }
  }
  return readYaml(text, 'YAML')
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html aliases and merges are not supported; the text is from github.com/seeebiii/aws-cloudformation-templates/issues/1 (second hand) */
function readYaml(text: string, language: string): unknown {
  try {
    return parse(text, { customTags: shortTags, maxAliasCount: 0, logLevel: 'error' })
  } catch (error) {
    if (error instanceof ReferenceError) throw templateError('YAML aliases are not allowed in CloudFormation templates')
    if (error instanceof RangeError) throw tooDeep()
    if (!(error instanceof YAMLParseError)) throw formatError(`${language} not well-formed. (${(error as Error).message})`)
    const { line = 1, col = 1 } = error.linePos?.[0] ?? {}
    throw formatError(`${language} not well-formed. (line ${line}, column ${col})`)
  }
}

function checkParameters({ Parameters }: Template) {
  for (const [name, declaration] of Object.entries(Parameters))
    if (!isRecord(declaration) || typeof declaration.Type !== 'string')
      throw formatError('Every Parameters object must contain a Type member.')
    else if (!/^[A-Za-z0-9]+$/.test(name)) throw formatError(`Parameter name ${name} is non alphanumeric.`)
    else checkConstraints(declaration)
}

/** The rest of the engine may take their values for texts. */
function checkConstraints(declaration: Record<string, unknown>) {
  const nested = PARAMETER_TEXTS.find((member) => !isText(declaration[member]))
  if (nested) throw formatError(`Every ${nested} member must be a string.`)
  const { AllowedValues = [] } = declaration
  if (!Array.isArray(AllowedValues) || !AllowedValues.every(isText)) throw formatError('Every AllowedValues member must be a list.')
}

function checkResources({ Resources }: Template) {
  if (Object.keys(Resources).length === 0) throw formatError('At least one Resources member must be defined.')

  for (const [id, declaration] of Object.entries(Resources)) {
    if (!/^[A-Za-z0-9]+$/.test(id)) throw formatError(`Resource name ${id} is non alphanumeric.`)
    if (!isRecord(declaration)) throw formatError(`[/Resources/${id}] resource definition is malformed`)
    if (typeof declaration.Type !== 'string') throw formatError(`[/Resources/${id}] Every Resources object must contain a Type member.`)

    const unknown = Object.keys(declaration).filter((member) => !RESOURCE_MEMBERS.includes(member))
    if (unknown.length > 0) throw validationError(`Invalid template resource property '${unknown[0]}'`)
    if (!isText(declaration.Condition) || ![declaration.DependsOn].flat().every(isText)) throw formatError(`[/Resources/${id}] Condition and DependsOn must name parts of the template.`)
    if (declaration.Properties !== undefined && !isRecord(declaration.Properties))
      throw formatError(`[/Resources/${id}/Properties] must be an object.`)
  }
}

function checkOutputs({ Outputs }: Template) {
  for (const [id, declaration] of Object.entries(Outputs)) {
    if (!isRecord(declaration) || declaration.Value === undefined)
      throw formatError(`[/Outputs/${id}] Every Outputs member must contain a Value object`)
    if (!/^[A-Za-z0-9]+$/.test(id)) throw formatError(`Output name ${id} is non alphanumeric.`)
    if (!isText(declaration.Condition)) throw formatError(`[/Outputs/${id}] Condition must name a part of the template.`)
    if (declaration.Export !== undefined && !isRecord(declaration.Export)) throw formatError(`[/Outputs/${id}/Export] must be an object.`)
  }
}

/** Absent, or a scalar. */
const isText = (value: unknown) => value === undefined || typeof value !== 'object'

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)))

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
