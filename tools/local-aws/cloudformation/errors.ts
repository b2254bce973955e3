import { AwsError } from '../aws-error.ts'

/** What CloudFormation answers to almost everything it refuses. */
export const validationError = (message: string) => new AwsError('ValidationError', message, { status: 400 })

/** A template that cannot be read, G2.6. */
export const formatError = (message: string) => validationError(`Template format error: ${message}`)

/** A template that can be read, but uses a function wrongly. */
export const templateError = (message: string) => validationError(`Template error: ${message}`)
