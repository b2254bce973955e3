import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type ServerOptions } from 'ws'
import type { Address } from './address.ts'
import { authorize, type Candidate } from './authorize.ts'
import { createConnection, type Connection } from './connection.ts'
import type { Connections } from './connections.ts'
import { deployedAt, hostOf, stageAt, type Located } from './directory.ts'
import type { Guest } from './guest.ts'
import { handshakeParts, withoutHopHeaders } from './handshake-parts.ts'
import { newConnectionId, newRequestId } from './ids.ts'
import { runIntegration } from './integration.ts'
import { connectEvent, type Moment } from './lambda-events.ts'
import { errorText, type Outcome } from './outcome.ts'
import { own, type DeployedRoute } from './records.ts'
import { forbidden, refuse, type Refusal } from './refusal.ts'

const MAX_MESSAGE_BYTES = 128 * 1024
/** How long a client may take to answer a close frame. */
const CLOSE_TIMEOUT_MS = 2_000
const VANISHED = { code: 1006, reason: 'Connection closed abnormally' }

type Welcome = { protocol?: string }
type Upgrade = { request: IncomingMessage, socket: Duplex, head: Buffer, guest?: Guest }

/**
 * Decides an upgrade to `/STAGE`: the authorizer and the `$connect` route may refuse it, and it stays pending until they have answered;
 * otherwise the socket is accepted (A2). Without a `$connect` route everyone is.
 *
 * @param located the API, or undefined if nobody has one of this id
 */
export async function decideUpgrade(connections: Connections, located: Located | undefined, address: Address, upgrade: Upgrade): Promise<void> {
  const { stageName, query, rest } = address
  const { request, socket, guest } = upgrade
  const stage = located && stageAt(located, stageName)
  const deployed = located && deployedAt(located, stageName)
  if (!located || !stage || !deployed || rest) return refuse(socket, forbidden, Date.now()) // A2.11; A2.12, A2.13 and A1.5 are not recorded
  if (!isHandshake(request)) return refuse(socket, { status: 400, body: '{"message":"Bad Request"}' }, Date.now())

  const { clock } = located.apis.cloud
  const connectedAt = clock.now()
  const sourceIp = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1'
  const userAgent = request.headers['user-agent']
  const identity = { ...(userAgent && { userAgent }), sourceIp }
  const connection = createConnection({ id: newConnectionId(connectedAt), located, stageName, connectedAt, identity, guest })
  const moment = { requestId: newRequestId(), at: connectedAt }
  const parts = handshakeParts(request, query, { host: hostOf(located), sourceIp, now: connectedAt })

  const route = own(deployed.routes, '$connect')
  const refusal = connections.throttling.admits(located, stageName, '$connect') ? undefined : tooMany(connection, moment)
  const answer = refusal ?? (route ? await askRoute(route, { connection, moment, request, parts }) : {})
  if ('status' in answer) {
    connections.report(connection, { change: 'refused', status: answer.status })
    return refuse(socket, answer, clock.now())
  }
  accept(connections, connection, upgrade, answer.protocol)
}

/** A refusal, or what to accept the client with. */
async function askRoute(route: DeployedRoute, candidate: Candidate): Promise<Refusal | Welcome> {
  const { connection, moment, parts } = candidate
  const verdict = await authorize(route, candidate)
  if (!verdict.allowed) return verdict.refusal

  connection.authorizer = verdict.context
  const { principalId, ...context } = verdict.context ?? {}
  const authorizer = verdict.context && { principalId, integrationLatency: verdict.latencyMs, ...context }
  const outcome = await runIntegration(connection, route, connectEvent({ ...connection, authorizer }, moment, withoutHopHeaders(parts)))
  return refusalOf(outcome, connection, moment) ?? { protocol: protocolOf(outcome) }
}

/** @see A2.1 to A2.6 (facts); the body of A2.3 and the status of A2.4 are second hand */
function refusalOf(outcome: Outcome, { id }: Connection, { requestId }: Moment): Refusal | undefined {
  if (outcome.kind === 'failed') return { status: outcome.status, body: errorText(outcome.message, id, requestId) }
  if (outcome.status < 200 || outcome.status >= 300) return { status: outcome.status, body: outcome.body ?? '' }
}

/** A2.10; the body is not recorded. */
const tooMany = ({ id }: Connection, { requestId }: Moment): Refusal => ({ status: 429, body: errorText('Too Many Requests', id, requestId) })

/** The one header of the answer that reaches the client. */
function protocolOf(outcome: Outcome): string | undefined {
  const headers = outcome.kind === 'answered' ? outcome.headers ?? {} : {}
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'sec-websocket-protocol') ?? []
  return typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value) ? value : undefined
}

/** What the WebSocket implementation would refuse, found out before `$connect` runs. */
function isHandshake({ method, headers }: IncomingMessage) {
  const protocols = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim())
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'
    && /^[+/\dA-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')
    && (headers['sec-websocket-version'] === '13' || headers['sec-websocket-version'] === '8')
    && (!protocols || (new Set(protocols).size === protocols.length && protocols.every((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name))))
}

function accept(connections: Connections, connection: Connection, { request, socket, head }: Upgrade, protocol: string | undefined) {
  if (!socket.readable || !socket.writable) {
    socket.destroy()
    return connections.leave(connection, VANISHED)
  }

  // The types lag behind the package: they do not know closeTimeout yet.
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true, clientTracking: false,
    perMessageDeflate: false, // no recording shows it negotiated
    maxPayload: MAX_MESSAGE_BYTES,
    skipUTF8Validation: true, // frame.ts looks itself, to name the reason
    closeTimeout: CLOSE_TIMEOUT_MS,
    // The function chooses (subprotocols, A2); without a choice the answer names none, and the client gives up.
    handleProtocols: (offered) => protocol !== undefined && offered.has(protocol) ? protocol : false,
  }
  const server = new WebSocketServer(options)
  server.on('headers', (lines) => { lines.splice(1, 0, `Date: ${new Date(connection.connectedAt).toUTCString()}`) })
  server.handleUpgrade(request, socket, head, (client) => connections.add(connection, client, socket as Socket))
}
