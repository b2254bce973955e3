import { AwsError } from '../aws-error.ts'

// The texts are those that AWS was recorded to answer (LocalStack's validated snapshots of `sqs`), or that people pasted.
// Modelled names (QueueDoesNotExist) and unmodelled codes (InvalidParameterValue): the wire layer writes what each protocol calls them.

/** Callers of the old query protocol are told of their WSDL. */
export const queueDoesNotExist = (isQuery = false) =>
  new AwsError('QueueDoesNotExist', `The specified queue does not exist${isQuery ? ' for this wsdl version' : ''}.`)
export const nameExists = (attribute: string) =>
  new AwsError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${attribute}`)
export const deletedRecently = () =>
  new AwsError('QueueDeletedRecently', 'You must wait 60 seconds after deleting a queue before you can create another with the same name.', { status: 400 })
export const invalidAddress = (url: string) => new AwsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`)

export const invalidParameter = (message: string) => new AwsError('InvalidParameterValue', message, { status: 400 })
export const invalidValue = (value: unknown, parameter: string, reason: string) =>
  invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`)
export const missingParameter = (name: string) => new AwsError('MissingParameter', `The request must contain the parameter ${name}.`, { status: 400 })
export const notForThisType = (value: unknown, parameter: string) =>
  invalidValue(value, parameter, 'The request include parameter that is not valid for this queue type.')

export const unknownAttribute = (name: string) => new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`)
export const invalidAttributeName = (message: string) => new AwsError('InvalidAttributeName', message)
export const invalidAttributeValue = (name: string, reason = '') =>
  new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.${reason && ` Reason: ${reason}`}`)

export const invalidHandle = (handle: string) =>
  new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`)
