import { AwsError } from '../aws-error.ts'

// The texts are D1, D4 and D5. Which key of the body carries the text (D1.10) is known to the wire layer from the model.
const user = { Type: 'User' }

export const invalidParameter = (message: string) => new AwsError('InvalidParameterValueException', message, { status: 400, fields: user })
export const conflict = (message: string) => new AwsError('ResourceConflictException', message, { status: 409, fields: user })
export const notFound = (message: string) => new AwsError('ResourceNotFoundException', message, { status: 404, fields: user })
export const functionNotFound = (arn: string) => notFound(`Function not found: ${arn}`)
export const tooLarge = (message: string) => new AwsError('RequestEntityTooLargeException', message, { status: 413, fields: user })
/** The RevisionId of a request is not the current one. */
export const preconditionFailed = () =>
  new AwsError('PreconditionFailedException', 'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id', { status: 412, fields: user })
export const invalidContent = (message: string) => new AwsError('InvalidRequestContentException', message, { status: 400, fields: user })

/** What AWS answers where a member breaks its model's constraint. @see D4.7 */
export const violates = (value: unknown, member: string, constraint: string) =>
  new AwsError('ValidationException', `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`, { status: 400 })

/** @see D4.19 */
export const throttled = (reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded') =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429, fields: { ...user, Reason: reason } })
