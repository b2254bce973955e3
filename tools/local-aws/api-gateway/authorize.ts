import type { IncomingMessage } from 'node:http'
import type { Authorizer } from '@aws-sdk/client-apigatewayv2'
import { checkSignature, SignatureFault, signatureError } from '../protocol/index.ts'
import type { Connection } from './connection.ts'
import { routeArn } from './directory.ts'
import type { HandshakeParts } from './handshake-parts.ts'
import { invokeFunction } from './invoke-function.ts'
import { authorizerEvent, type Moment } from './lambda-events.ts'
import { errorText, INTERNAL } from './outcome.ts'
import type { DeployedRoute } from './records.ts'
import type { Refusal } from './refusal.ts'
import { parsed } from './selection.ts'

/** `context` goes into the events of the connection; absent where there is no Lambda authorizer. */
export type Verdict = { allowed: true, context?: Record<string, string>, latencyMs?: number } | { allowed: false, refusal: Refusal }

export type Candidate = { connection: Connection, moment: Moment, request: IncomingMessage, parts: HandshakeParts }

/** Whether `$connect` may run for this client. Called for every handshake: WebSocket APIs cache no verdicts (A11.3). */
export async function authorize(route: DeployedRoute, candidate: Candidate): Promise<Verdict> {
  switch (route.authorizationType) {
    case 'CUSTOM': return askFunction(route.authorizer, candidate)
    case 'AWS_IAM': return askIam(candidate)
    default: return { allowed: true }
  }
}

/** @see A11.8 (facts) */
function askIam({ connection, request }: Candidate): Verdict {
  const { cloud } = connection.located.apis
  try {
    const { credential } = checkSignature(
      { method: request.method ?? 'GET', url: request.url ?? '/', headers: request.headers, body: new Uint8Array() },
      { credential: cloud.authority.credential, now: cloud.clock.now(), service: 'execute-api' },
    )
    const decision = cloud.authority.decide({
      principal: credential.principal, action: 'execute-api:Invoke', resource: routeArn(connection.located, connection.stageName, '$connect'),
    })
    return decision.allowed ? { allowed: true } : iamRefusal('AccessDeniedException', { Message: decision.message })
  } catch (error) {
    if (!(error instanceof SignatureFault)) throw error
    return iamRefusal(signatureError(error, 'restJson1').name, { message: error.message })
  }
}

const iamRefusal = (errorType: string, body: object): Verdict => ({ allowed: false, refusal: { status: 403, errorType, body: JSON.stringify(body) } })

async function askFunction(authorizer: Authorizer | undefined, { connection, moment, parts }: Candidate): Promise<Verdict> {
  const { cloud, place } = connection.located.apis
  const refused = (status: number, message: string): Verdict =>
    ({ allowed: false, refusal: { status, body: errorText(message, connection.id, moment.requestId) } })
  if (!authorizer) {
    connection.log('The authorizer of $connect is not part of the deployment.')
    return refused(500, INTERNAL)
  }
  const missing = (authorizer.IdentitySource ?? []).find((source) => !hasIdentity(source, parts, connection.stageVariables() ?? {}))
  if (missing) {
    connection.log(`The client sent no ${missing}.`)
    return refused(401, 'Unauthorized')
  }

  const methodArn = routeArn(connection.located, connection.stageName, '$connect')
  const startedAt = cloud.clock.now()
  const returned = await invokeFunction(connection.located, {
    uri: authorizer.AuthorizerUri ?? '',
    roleArn: authorizer.AuthorizerCredentialsArn,
    sourceArn: `arn:aws:execute-api:${place.region}:${place.account}:${connection.located.apiId}/authorizers/${authorizer.AuthorizerId}`,
  }, authorizerEvent(connection, moment, parts, methodArn))
  if (returned.kind === 'not-invoked') connection.log(`The authorizer's function could not be invoked. ${returned.why}`)
  if (returned.kind === 'function-error' && saysUnauthorized(returned.payload)) return refused(401, 'Unauthorized')
  if (returned.kind !== 'returned') return refused(500, INTERNAL)

  const answer = authorizerAnswer(returned.payload)
  if (!answer) {
    connection.log('The authorizer did not answer with principalId and policyDocument.')
    return refused(500, INTERNAL)
  }
  const { allowed, explicit } = decide(answer.policyDocument)
  // A2.8: the texts are second hand.
  if (!allowed) return refused(403, `User is not authorized to access this resource${explicit ? ' with an explicit deny' : ''}`)
  return { allowed: true, context: { principalId: answer.principalId, ...answer.context }, latencyMs: cloud.clock.now() - startedAt }

  /** The document has no principals, being about this one client: it is weighed as a policy that whoever asks falls under. */
  function decide({ Statement, ...document }: PolicyDocument) {
    const statements = [Statement].flat().map((statement) => ({ ...(statement as object), Principal: '*' }))
    const decision = cloud.authority.decide({
      principal: { kind: 'service', service: 'apigateway.amazonaws.com', arn: 'apigateway.amazonaws.com', account: place.account, sourceArn: methodArn },
      action: 'execute-api:Invoke', resource: methodArn, resourcePolicy: JSON.stringify({ ...document, Statement: statements }),
    })
    return { allowed: decision.allowed, explicit: !decision.allowed && decision.explicit }
  }
}

/** A function that fails with exactly this text says on purpose that it does not know the client. */
const saysUnauthorized = (payload: string) => (parsed(payload) as { errorMessage?: unknown } | undefined)?.errorMessage === 'Unauthorized'

type PolicyDocument = { Statement: unknown }

/** @param source `route.request.header.X` or `route.request.querystring.x` (A11.4) */
function hasIdentity(source: string, { headers, query }: HandshakeParts, stageVariables: Record<string, string>) {
  const [, place, name = ''] = /^(?:route\.)?(request\.header|request\.querystring|stageVariables)\.(.+)$/.exec(source) ?? []
  const isNamed = ([key, values]: [string, string[]]) => key.toLowerCase() === name.toLowerCase() && values.some(Boolean)
  if (place === 'request.header') return Object.entries(headers).some(isNamed)
  if (place === 'request.querystring') return Boolean(Object.hasOwn(query, name) && query[name]?.some(Boolean))
  if (place === 'stageVariables') return Boolean(Object.hasOwn(stageVariables, name) && stageVariables[name])
  return true // `context.…` is always there
}

/** Undefined: not an authorizer's answer. Context values become texts (A11.7). */
function authorizerAnswer(payload: string) {
  const value = parsed(payload) as { principalId?: unknown, policyDocument?: PolicyDocument, context?: object } | null | undefined
  if (typeof value?.principalId !== 'string' || typeof value.policyDocument !== 'object' || !value.policyDocument?.Statement) return undefined

  const context = Object.entries(value.context ?? {})
  if (context.some(([, entry]) => typeof entry === 'object' && entry !== null)) return undefined
  const { principalId, policyDocument } = value
  return { principalId, policyDocument, context: Object.fromEntries(context.map(([key, entry]) => [key, String(entry)])) }
}
