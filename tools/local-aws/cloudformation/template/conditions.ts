import { bare } from '../../members.ts'
import { formatError, templateError } from '../errors.ts'
import { isRecord } from './template.ts'

/** Evaluates the Conditions section. `resolve` answers the value of everything that is no condition function (`Ref`, `Fn::FindInMap` …). */
export function evaluateConditions(conditions: Record<string, unknown>, resolve: (value: unknown) => unknown): Record<string, boolean> {
  const known: Record<string, boolean> = bare({})
  const named = (name: string, path: string[]): boolean => {
    if (!(name in conditions)) throw formatError(`Unresolved condition dependency ${name} in the Conditions block of the template`)
    if (path.includes(name)) throw formatError(`Circular dependencies detected for conditions [${path.join(', ')}]`)
    return known[name] ??= decide(conditions[name], [...path, name])
  }
  const decide = (condition: unknown, path: string[]): boolean => {
    const [name, argument] = isRecord(condition) ? Object.entries(condition)[0] ?? [] : []
    const operands = Array.isArray(argument) ? argument : []
    switch (name) {
      case 'Condition': return named(asText(argument), path)
      case 'Fn::Equals':
        if (operands.length !== 2) throw templateError('Fn::Equals requires a list argument with two elements')
        return same(value(operands[0], path), value(operands[1], path))
      case 'Fn::Not':
        if (operands.length !== 1) throw templateError('Fn::Not requires a list argument with one element')
        return !decide(operands[0], path)
      case 'Fn::And': case 'Fn::Or':
        if (operands.length < 2 || operands.length > 10) throw templateError(`${name} requires a list argument with two to ten elements`)
        return name === 'Fn::And' ? operands.every((operand) => decide(operand, path)) : operands.some((operand) => decide(operand, path))
      default:
        throw formatError('Every Conditions member must be a condition function: Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition.')
    }
  }
  // Fn::If may stand inside Fn::Equals and then needs a condition that may not have been asked for yet.
  const value = (operand: unknown, path: string[]) => {
    if (isRecord(operand) && Array.isArray(operand['Fn::If'])) {
      const [condition, yes, no] = operand['Fn::If']
      return resolve(named(asText(condition), path) ? yes : no)
    }
    return resolve(operand)
  }
  for (const name of Object.keys(conditions)) named(name, [])
  return { ...known }
}

/** Template scalars are all text to CloudFormation: `true` and `"true"` are equal. */
const same = (a: unknown, b: unknown) => asText(a) === asText(b)
const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
