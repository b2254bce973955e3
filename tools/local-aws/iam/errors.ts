import { AwsError } from '../aws-error.ts'

/** Errors of IAM with AWS's texts (E2.13). */
export const noSuchRole = (name: string | undefined) => new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`)
export const noSuchUser = (name: string | undefined) => new AwsError('NoSuchEntity', `The user with name ${name} cannot be found.`)
export const noSuchInlinePolicy = (kind: 'role' | 'user', name: string | undefined) =>
  new AwsError('NoSuchEntity', `The ${kind} policy with name ${name} cannot be found.`)
export const noSuchPolicy = (arn: string | undefined) => new AwsError('NoSuchEntity', `Policy ${arn} was not found.`)
export const notAttachable = (arn: string | undefined) => new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`)
export const noSuchVersion = (arn: string | undefined, version: string | undefined) =>
  new AwsError('NoSuchEntity', `Policy ${arn} version ${version} does not exist or is not attachable.`)
export const noSuchKey = (id: string | undefined) => new AwsError('NoSuchEntity', `The Access Key with id ${id} cannot be found.`)
export const roleExists = (name: string) => new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`)
export const userExists = (name: string) => new AwsError('EntityAlreadyExists', `User with name ${name} already exists.`)
export const policyExists = (name: string) =>
  new AwsError('EntityAlreadyExists', `A policy called ${name} already exists. Duplicate names are not allowed.`)
export const mustDetach = () => new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.')
export const mustDeletePolicies = () => new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.')
export const quotaExceeded = (quota: string, limit: number) => new AwsError('LimitExceeded', `Cannot exceed quota for ${quota}: ${limit}`)
export const invalidInput = (message: string) => new AwsError('InvalidInput', message)
export const malformed = (message: string) => new AwsError('MalformedPolicyDocument', message, { status: 400 })
/** Also what STS answers to a bad parameter. Not in the services' models, hence the status. */
export const validationError = (message: string) => new AwsError('ValidationError', message, { status: 400 })
