import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Cloud } from '../cloud.ts'
import { sleep } from '../clock.ts'
import { uuid } from '../ids.ts'
import { checkSignature, SignatureFault, signatureError } from '../protocol/index.ts'
import type { Principal } from '../service.ts'
import { decoded, type Address } from './address.ts'
import type { Connection } from './connection.ts'
import type { Connections } from './connections.ts'
import { routeArn, stageAt, type Located } from './directory.ts'
import { isConnectionId, newRequestId, newTraceId } from './ids.ts'

const MAX_BODY_BYTES = 128 * 1024
const OPERATIONS: Record<string, string> = { POST: 'PostToConnection', GET: 'GetConnection', DELETE: 'DeleteConnection' }
/** The names under which faults and events know these calls. */
const SERVICE = 'execute-api'

/** `isTraced`: the call got past validation and IAM (B2). */
type Answer = { status: number, body?: string, errorType?: string, isTraced?: boolean, isFromEdge?: boolean }

export type Call = { located: Located | undefined, address: Address, request: IncomingMessage, response: ServerResponse }

/** Answers `POST`, `GET` and `DELETE /STAGE/@connections/ID`: each check of B2 in its order, then the call itself. */
export async function answerManagement(connections: Connections, cloud: Cloud, { located, address, request, response }: Call): Promise<void> {
  const startedAt = cloud.clock.now()
  const requestId = uuid()
  const operation = OPERATIONS[request.method ?? ''] ?? `${request.method} @connections`
  const received = await bodyOf(request)
  if (received === 'aborted') return

  const answer = await decide(received)
  respond(response, answer, requestId, cloud.clock.now())
  cloud.events.emit({ kind: 'request', service: SERVICE, operation, status: answer.status, ms: cloud.clock.now() - startedAt, requestId })

  async function decide(body: Buffer | 'too big'): Promise<Answer> {
    if (body === 'too big') return { status: 413, isFromEdge: true } // B2.12
    if (!located || !stageAt(located, address.stageName)) return forbidden // B2.5: the stage must exist, but need not be the connection's (B1.7)
    const id = decoded(address.connection ?? '')
    if (!id || !Object.hasOwn(OPERATIONS, request.method ?? '')) return forbidden

    const signed = signer(cloud, located, request, body)
    if ('status' in signed) return signed
    if (!isConnectionId(id)) return badId(id) // before IAM: B2.2
    const denial = denialOf(cloud, located, signed.principal, address.stageName, request.method!)
    if (denial) return { status: 403, errorType: 'AccessDeniedException', body: JSON.stringify({ Message: denial }) }

    for (const { ms } of cloud.faults.active('slow').filter(isMeant)) await sleep(cloud.clock, ms)
    if (cloud.faults.active('throttle').some(isMeant) || !connections.throttling.admitsCall(located)) return { status: 429, errorType: 'LimitExceededException' } // B2.13
    return act(connections, cloud, located, request.method!, id, body)
  }

  function isMeant(fault: { service: string, operation?: string }) {
    return fault.service === SERVICE && (fault.operation ?? operation) === operation
  }
}

const forbidden: Answer = { status: 403, errorType: 'ForbiddenException', body: '{"message":"Forbidden"}' }
const badId = (id: string): Answer => ({ status: 400, errorType: 'BadRequestException', body: JSON.stringify({ message: `Invalid connectionId: ${id}` }) })
const gone: Answer = { status: 410, errorType: 'GoneException', isTraced: true }

function act(connections: Connections, cloud: Cloud, located: Located, method: string, id: string, body: Buffer): Answer {
  const connection = connections.get(id)
  if (connection?.located.apiId !== located.apiId) return gone
  if (cloud.faults.active('gone').some(({ connectionId = id }) => connectionId === id)) return gone

  switch (method) {
    case 'POST': return post(connections, connection, body)
    case 'DELETE':
      connections.close(connection, { code: 1000, reason: 'Connection Closed Normally' }) // B1.8
      return { status: 204, isTraced: true }
    default: return { status: 200, isTraced: true, body: description(connection) }
  }
}

/** B1.4: one text message; what is not UTF-8 becomes U+FFFD. */
function post(connections: Connections, connection: Connection, body: Buffer): Answer {
  const { located, stageName, id } = connection
  const text = isUtf8(body) ? body : body.toString()
  if (!connections.send(connection, text)) return gone

  located.apis.cloud.events.emit({ kind: 'frame', apiId: located.apiId, stage: stageName, connectionId: id, direction: 'out', text: text.toString() })
  return { status: 200, isTraced: true }
}

/** Spelled as the gateway spells it (B3). B3.5: what it does without a User-Agent is not recorded. */
function description({ identity, connectedAt, lastActiveAt }: Connection) {
  const { sourceIp, userAgent } = identity
  const members = Object.entries({ sourceIp, ...(userAgent !== undefined && { userAgent }) })
  return [
    '{',
    '  "identity" : {',
    members.map(([key, value]) => `    "${key}" : ${JSON.stringify(value)}`).join(',\n'),
    '  },',
    `  "connectedAt" : "${new Date(connectedAt).toISOString()}",`,
    `  "lastActiveAt" : "${new Date(lastActiveAt).toISOString()}"`,
    '}',
  ].join('\n')
}

/** Who signed the call, or the answer to one that nobody did (B2.9). B2.10 and B2.11 are those of the REST data plane. */
function signer(cloud: Cloud, { apis }: Located, { method, url, headers }: IncomingMessage, body: Buffer) {
  try {
    const options = { credential: cloud.authority.credential, now: cloud.clock.now(), service: SERVICE }
    const { credential, region } = checkSignature({ method: method!, url: url!, headers, body }, options)
    if (region !== apis.place.region) throw new SignatureFault('scope', 'Credential should be scoped to a valid region. ')
    return credential
  } catch (error) {
    if (!(error instanceof SignatureFault)) throw error
    return { status: 403, errorType: signatureError(error, 'restJson1').name, body: JSON.stringify({ message: mismatchText(error) }) }
  }
}

/** B2.9: the gateway tells what it hashed. */
function mismatchText({ kind, message, canonicalRequest, stringToSign }: SignatureFault) {
  if (kind !== 'mismatch') return message
  return [
    message,
    `The Canonical String for this request should have been\n'${canonicalRequest}'`,
    `The String-to-Sign should have been\n'${stringToSign}'\n`,
  ].join('\n\n')
}

/** IAM sees a template in place of the id (B5.5). B2.8: how the sentence ends for a role is taken from IAM's other sentences. */
function denialOf(cloud: Cloud, located: Located, principal: Principal, stageName: string, method: string) {
  const resource = routeArn(located, stageName, `${method}/@connections/{connectionId}`)
  const decision = cloud.authority.decide({ principal, action: 'execute-api:ManageConnections', resource })
  return decision.allowed ? undefined : decision.message
}

/** What is beyond the limit is read and forgotten, so that the client hears the answer. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too big' | 'aborted'> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size <= MAX_BODY_BYTES) chunks.push(chunk)
    }
  } catch {
    return 'aborted'
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : 'too big'
}

/** Headers in the order and spelling recorded (B2). */
function respond(response: ServerResponse, { status, body = '', errorType, isTraced, isFromEdge }: Answer, requestId: string, now: number) {
  const headers = ['Date', new Date(now).toUTCString()]
  if (!isFromEdge) headers.push('Content-Type', 'application/json')
  if (status !== 204) headers.push('Content-Length', String(Buffer.byteLength(body)))
  headers.push('Connection', 'keep-alive')
  if (!isFromEdge) headers.push('x-amzn-RequestId', requestId)
  if (errorType) headers.push('x-amzn-ErrorType', errorType)
  if (!isFromEdge) headers.push('x-amz-apigw-id', newRequestId())
  if (isTraced) headers.push('X-Amzn-Trace-Id', newTraceId(now))
  response.sendDate = false
  response.writeHead(status, headers)
  response.end(body)
}
