import { AwsError } from '../aws-error.ts'

/** What CloudFormation answers to almost everything it refuses. */
export const validationError = (message: string) => new AwsError('ValidationError', message, { status: 400 })

/** A member of the request that breaks a rule of the service's model. */
export const constraintError = (member: string, value: string, rule: string) =>
  validationError(`1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`)

/** A template that cannot be read, G2.6. */
export const formatError = (message: string) => validationError(`Template format error: ${message}`)

/** A template that can be read, but uses a function wrongly. */
export const templateError = (message: string) => validationError(`Template error: ${message}`)
