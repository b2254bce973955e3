import { notBuilt } from '../../aws-error.ts'
import { own } from '../../members.ts'
import { templateError } from '../errors.ts'
import { splitAttribute } from './references.ts'
import { isRecord, type Template } from './template.ts'

/** What a template's functions can see. Each throws if there is no such thing. */
export type Scope = {
  mappings: Template['Mappings']
  conditions: Record<string, boolean>
  region: string
  /** the value of a parameter, a pseudo parameter or a resource */
  ref(name: string): unknown
  attribute(logicalId: string, name: string): unknown
  /** the value of another stack's export */
  exported(name: string): unknown
}

/** What `AWS::NoValue` stands for: the member that holds it goes away. */
export const NO_VALUE = Symbol('AWS::NoValue')

/** `value` with every function replaced by its result. Throws ValidationError. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== NO_VALUE)
  if (!isRecord(value)) return value

  const [[name, argument] = ['', undefined], ...more] = Object.entries(value)
  const evaluate = more.length === 0 ? own(functions, name) : undefined
  if (evaluate) return evaluate(argument, scope)
  if (more.length === 0 && name.startsWith('Fn::')) throw notBuilt(`The template function ${name}`)

  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, scope)]).filter(([, item]) => item !== NO_VALUE))
}

type Evaluate = (argument: unknown, scope: Scope) => unknown

const functions: Record<string, Evaluate> = {
  Ref(name, scope) {
    if (typeof name !== 'string') throw templateError('every Ref object must have a single String value.')
    return scope.ref(name)
  },

  'Fn::GetAtt'(argument, scope) {
    const { target, attribute } = splitAttribute(argument) ?? {}
    const name = resolve(attribute, scope)
    if (!target || typeof name !== 'string')
      throw templateError('every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute')
    return scope.attribute(target, name)
  },

  'Fn::Join'(argument, scope) {
    const [delimiter, list] = listOf(argument, 2, 'Fn::Join')
    const items = resolve(list, scope)
    if (typeof delimiter !== 'string' || !Array.isArray(items))
      throw templateError(JOIN_ARGUMENTS)
    return items.map((item) => text(item, 'Fn::Join')).join(delimiter)
  },

  'Fn::Sub'(argument, scope) {
    const [pattern, variables = {}] = Array.isArray(argument) ? argument : [argument]
    if (typeof pattern !== 'string' || !isRecord(variables))
      throw templateError(SUB_ARGUMENTS)
    return pattern.replace(/\$\{([^{}]*)\}/g, (whole, inner: string) => {
      if (inner.startsWith('!')) return `\${${inner.slice(1)}}`
      const name = inner.trim()
      if (Object.hasOwn(variables, name)) return text(resolve(variables[name], scope), 'Fn::Sub')
      return text(resolve(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, scope), 'Fn::Sub')
    })
  },

  'Fn::Select'(argument, scope) {
    const [position, list] = listOf(argument, 2, 'Fn::Select').map((item) => resolve(item, scope))
    const index = typeof position === 'object' ? NaN : Number(position)
    if (!Array.isArray(list) || !Number.isInteger(index))
      throw templateError('Fn::Select requires a list argument with two elements: an integer index and a list')
    if (list[index] === undefined) throw templateError('Fn::Select  cannot select nonexistent value at index ' + index)
    return list[index]
  },

  'Fn::Split'(argument, scope) {
    const [delimiter, source] = listOf(argument, 2, 'Fn::Split')
    return text(resolve(source, scope), 'Fn::Split').split(text(delimiter, 'Fn::Split'))
  },

  'Fn::If'(argument, scope) {
    const [condition, yes, no] = listOf(argument, 3, 'Fn::If')
    const holds = typeof condition === 'string' ? own(scope.conditions, condition) : undefined
    if (holds === undefined) throw templateError(`unresolved condition dependency: ${shown(condition)}`)
    return resolve(holds ? yes : no, scope)
  },

  'Fn::FindInMap'(argument, scope) {
    const [map, top, second] = listOf(argument, 3, 'Fn::FindInMap').map((item) => text(resolve(item, scope), 'Fn::FindInMap'))
    const mapping = own(scope.mappings, map!)
    if (!mapping) throw templateError(`Mapping named '${map}' is not present in the 'Mappings' section of template.`)
    const found = own(own(mapping, top!) ?? {}, second!)
    if (found === undefined) throw templateError(`Unable to get mapping for ${map}::${top}::${second}`)
    return found
  },

  'Fn::Base64': (argument, scope) => Buffer.from(text(resolve(argument, scope), 'Fn::Base64')).toString('base64'),

  /** Differs from AWS: every region has three zones, a to c. */
  'Fn::GetAZs'(argument, scope) {
    const region = text(resolve(argument, scope) || scope.region, 'Fn::GetAZs')
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`)
  },

  'Fn::ImportValue': (argument, scope) => scope.exported(text(resolve(argument, scope), 'Fn::ImportValue')),
}

function listOf(argument: unknown, length: number, name: string): unknown[] {
  if (!Array.isArray(argument) || argument.length !== length)
    throw templateError(`${name} object requires ${length} parameters, got ${Array.isArray(argument) ? argument.length : 'no list'}`)
  return argument
}

/** What a value that has no text looks like. An object may have a `toString` that is none. */
const shown = (value: unknown) => JSON.stringify(value) ?? String(value)

function text(value: unknown, name: string): string {
  if (value === null || typeof value === 'object' || typeof value === 'symbol' || value === undefined)
    throw templateError(`every value of ${name} must be a string, got ${shown(value)}`)
  return String(value)
}

const JOIN_ARGUMENTS = 'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or '
  + 'a function that returns a list of strings (such as Fn::GetAZs) to be joined.'
const SUB_ARGUMENTS = 'One or more Fn::Sub intrinsic functions don\'t specify expected arguments. Specify a string as first argument, '
  + 'and an optional second argument to specify a mapping of values to replace in the string'
