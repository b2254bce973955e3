import { AwsError } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import { uuid } from '../ids.ts'
import type { Principal, ServiceName } from '../service.ts'
import type { Place } from '../store.ts'
import type { Aws } from './resource-type.ts'

export type HandlerErrorCode = 'AlreadyExists' | 'NotFound' | 'AccessDenied' | 'Throttling' | 'InvalidRequest' | 'GeneralServiceException' | 'NotStabilized'

/** A service said no to what a resource needed. `name` is the service's error code, `message` what stack events show (G2.3). */
export class HandlerFailure extends Error {
  readonly code: HandlerErrorCode
  constructor(name: string, text: string, code: HandlerErrorCode, options?: ErrorOptions) {
    super(`Resource handler returned message: "${text}" (RequestToken: ${uuid()}, HandlerErrorCode: ${code})`, options)
    this.name = name
    this.code = code
  }
}

/** As the SDK of AWS's own handlers spells the services. */
const SERVICE_NAMES: Record<ServiceName, string> = {
  apigatewayv2: 'ApiGatewayV2', cloudformation: 'CloudFormation', dynamodb: 'DynamoDb', iam: 'Iam', lambda: 'Lambda',
  logs: 'CloudWatchLogs', s3: 'S3', sqs: 'Sqs', ssm: 'Ssm', sts: 'Sts',
}

/** The codes of the services' errors; the status is for those that leave it to their model. */
const KINDS: [RegExp, HandlerErrorCode, number][] = [
  [/DeleteConflict/, 'InvalidRequest', 409],
  [/NotFound|NoSuch|DoesNotExist/, 'NotFound', 404],
  [/AlreadyExists|NameExists|AlreadyOwned|Conflict|ResourceInUse|DuplicateRequest/, 'AlreadyExists', 409],
  [/AccessDenied|Unauthorized|Forbidden/, 'AccessDenied', 403],
  [/Throttl|TooManyRequests|SlowDown|RequestLimitExceeded/, 'Throttling', 429],
  [/Validation|Invalid|MissingParameter|DeletedRecently|BadRequest|Malformed|LimitExceeded/, 'InvalidRequest', 400],
]

/** Services reached as `principal`. What they refuse becomes a HandlerFailure; what is not built keeps its own words. */
export const awsFor = (cloud: Cloud, principal: Principal, place: Place): Aws => ({
  async call(service, operation, input) {
    try {
      return await cloud.call(service, operation, input, principal, place)
    } catch (error) {
      if (!(error instanceof AwsError) || error.name === 'NotImplemented') throw error
      throw failureOf(service, error)
    }
  },
})

function failureOf(service: ServiceName, error: AwsError) {
  const [, code, usual] = KINDS.find(([pattern]) => pattern.test(error.name)) ?? [/./, 'GeneralServiceException', 500] as const
  const status = error.status ?? usual
  // C7.14: which types still use the wording of before 2024 is not known.
  const text = `${error.message} (Service: ${SERVICE_NAMES[service]}, Status Code: ${status}, Request ID: ${uuid()})`
  return new HandlerFailure(error.name, text, code, { cause: error })
}

/** What a name collision is called (G2.2). */
export const alreadyExists = (type: string, id: string) =>
  new HandlerFailure('AlreadyExists', `Resource of type '${type}' with identifier '${id}' already exists.`, 'AlreadyExists')

export const isNotFound = (error: unknown) => error instanceof HandlerFailure && error.code === 'NotFound'
export const isAccessDenied = (error: unknown) => error instanceof HandlerFailure && error.code === 'AccessDenied'

/** Whether `answer` comes, rather than "not found". */
export async function found(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer
    return true
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}
