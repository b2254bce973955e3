import { randomBytes } from 'node:crypto'
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Cloud } from '../cloud.ts'
import type { Place } from '../store.ts'
import { functionNotFound, violates } from './errors.ts'
import type { EventSource } from './event-sources/state.ts'

export type PolicyStatement = {
  Sid: string
  Effect: 'Allow'
  Principal: '*' | { Service?: string, AWS?: string }
  Action: string
  Resource: string
  Condition?: Record<string, Record<string, string>>
}

/** One function as it is kept; `configuration` is what GetFunctionConfiguration answers. */
export type FunctionRecord = {
  configuration: FunctionConfiguration & { FunctionName: string, FunctionArn: string, Role: string, Handler: string, Runtime: string, CodeSha256: string, MemorySize: number, Timeout: number }
  tags: Record<string, string>
  policy?: { statements: PolicyStatement[], revisionId: string }
  reservedConcurrency?: number
}

export type LambdaState = {
  /** signs the addresses of packages (GetFunction) */
  secret: string
  /** invocations at a time in this account and region: 10, as many new accounts have (D4.18) */
  concurrentExecutions: number
  functions: Record<string, FunctionRecord>
  /** absent in states of before there were any */
  eventSources?: EventSource[]
}

export const stateOf = (cloud: Cloud, place: Place) =>
  cloud.store.document<LambdaState>('lambda', place, () => ({ secret: randomBytes(32).toString('hex'), concurrentExecutions: 10, functions: {} }))

export const arnOf = ({ account, region }: Place, name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`

const NAME_PATTERN = '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?'
const REFERENCE = /^(arn:aws[a-zA-Z-]*:lambda:(?<region>[a-z0-9-]+):)?((?<account>\d{12}):)?(function:)?(?<name>[a-zA-Z0-9-_]+)(:(?<suffix>\$LATEST|[a-zA-Z0-9-_]+))?$/

export type FunctionReference = { name: string, qualifier?: string, arn: string }

/**
 * Reads a FunctionName input: `name`, `name:qualifier`, `account:function:name` or an ARN.
 * Throws `ValidationException` for anything else.
 */
export function referenceTo(functionName: string | undefined, place: Place, qualifier?: string): FunctionReference {
  const parts = REFERENCE.exec(functionName ?? '')?.groups
  if (!parts) throw violates(functionName, 'functionName', `Member must satisfy regular expression pattern: ${NAME_PATTERN}`)

  const { region = place.region, account = place.account, name, suffix } = parts
  return { name: name!, qualifier: qualifier ?? suffix, arn: arnOf({ account, region }, name!) }
}

/** The function of this place that `functionName` means. Throws `ResourceNotFoundException` (D1.9). */
export function findFunction(state: LambdaState, place: Place, functionName: string | undefined, qualifier?: string): FunctionRecord {
  const reference = referenceTo(functionName, place, qualifier)
  const record = state.functions[reference.name]
  const isHere = record?.configuration.FunctionArn === reference.arn
  if (isHere && (reference.qualifier === undefined || reference.qualifier === '$LATEST')) return record
  throw functionNotFound(reference.qualifier ? `${reference.arn}:${reference.qualifier}` : reference.arn)
}
