import { validationError } from './errors.ts'

const NAME = '[\\w+=,.@-]+'

/** Checks a name as the service's model does: characters, then length. */
export function checkName(member: string, value: string | undefined, maxLength: number): string {
  if (value === undefined) throw violation(`Value null at '${member}'`, 'Member must not be null')
  if (!/^[\w+=,.@-]+$/.test(value)) throw violation(`Value at '${member}'`, `Member must satisfy regular expression pattern: ${NAME}`)
  if (value.length > maxLength) throw violation(`Value at '${member}'`, `Member must have length less than or equal to ${maxLength}`)
  return value
}

/** A path begins and ends with a slash. */
export function checkPath(value = '/'): string {
  if (!/^(\/|\/[\u0021-\u007e]+\/)$/.test(value))
    throw validationError('The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.')
  return value
}

/** Checks a number against the service's model, bounds included. */
export function checkRange(member: string, value: number, { min, max }: { min: number, max: number }): number {
  if (value < min) throw violation(`Value '${value}' at '${member}'`, `Member must have value greater than or equal to ${min}`)
  if (value > max) throw violation(`Value '${value}' at '${member}'`, `Member must have value less than or equal to ${max}`)
  return value
}

export const violation = (what: string, constraint: string) =>
  validationError(`1 validation error detected: ${what} failed to satisfy constraint: ${constraint}`)
