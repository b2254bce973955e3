import { AwsError } from '../aws-error.ts'
import type { Principal } from '../service.ts'
import type { Located } from './directory.ts'

export type Invocation = { uri: string, roleArn?: string, sourceArn: string }
export type Returned =
  | { kind: 'returned', payload: string }
  /** the function failed; `payload` is its error document */
  | { kind: 'function-error', payload: string }
  /** it could not be run at all, e.g. because its policy does not let the gateway in */
  | { kind: 'not-invoked', why: string }

const FUNCTION_URI = /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(arn:aws[\w-]*:lambda:([\w-]+):(\d{12}):function:[^/]+)\/invocations$/

/**
 * Invokes the function that an integration's or authorizer's URI names (C3.8), as the gateway itself, so that the function's policy
 * decides; or as the role that the API names for it.
 */
export async function invokeFunction({ apis: { cloud, place } }: Located, { uri, roleArn, sourceArn }: Invocation, event: object): Promise<Returned> {
  const [, functionArn, region, account] = FUNCTION_URI.exec(uri) ?? []
  if (!functionArn || !region || !account) return { kind: 'not-invoked', why: `${uri} is not the invocation URI of a Lambda function` }

  try {
    const principal = roleArn ? assumed(roleArn) : gateway()
    const input = { FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(event)) }
    const { Payload, FunctionError } = await cloud.call('lambda', 'Invoke', input, principal, { account, region })
    const payload = Buffer.from(Payload ?? []).toString()
    return { kind: FunctionError ? 'function-error' : 'returned', payload }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return { kind: 'not-invoked', why: `${error.name}: ${error.message}` }
  }

  function gateway(): Principal {
    return { kind: 'service', service: 'apigateway.amazonaws.com', arn: 'apigateway.amazonaws.com', account: place.account, sourceArn }
  }

  function assumed(arn: string): Principal {
    if (!cloud.authority.trusts(arn, 'apigateway.amazonaws.com'))
      throw new AwsError('AccessDeniedException', `${arn} may not be assumed by apigateway.amazonaws.com`)
    return cloud.authority.openSession(arn, 'BackplaneAssumeRoleSession').principal
  }
}
