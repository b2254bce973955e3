import type { Connection } from './connection.ts'
import { hostOf } from './directory.ts'
import { sortedHeaders, type HandshakeParts, type Multi } from './handshake-parts.ts'

/** One thing that happened on a connection: its request id and its time. */
export type Moment = { requestId: string, at: number }

type Message = { routeKey: string, messageId: string, body: string }

/** What a function gets for `$connect`. Key order as recorded. @see A3 (facts) */
export const connectEvent = (connection: Connection, moment: Moment, { headers, query }: HandshakeParts) => ({
  ...headerMaps(headers),
  ...(hasMembers(query) && { queryStringParameters: lastOf(query), multiValueQueryStringParameters: query }),
  ...stageVariables(connection),
  requestContext: {
    routeKey: '$connect',
    ...authorizer(connection),
    eventType: 'CONNECT',
    ...common(connection, moment),
    ...ending(connection, moment),
  },
  isBase64Encoded: false,
})

/** @see A4 (facts) */
export const messageEvent = (connection: Connection, moment: Moment, { routeKey, messageId, body }: Message) => ({
  ...stageVariables(connection),
  requestContext: {
    routeKey,
    ...authorizer(connection),
    messageId,
    eventType: 'MESSAGE',
    ...common(connection, moment),
    ...ending(connection, moment),
  },
  body,
  isBase64Encoded: false,
})

/** @see A5 (facts) */
export const disconnectEvent = (connection: Connection, moment: Moment, { code, reason }: { code: number, reason: string }) => {
  const headers = { 'Host': [hostOf(connection.located)], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] }
  return {
    ...headerMaps(headers),
    ...stageVariables(connection),
    requestContext: {
      routeKey: '$disconnect',
      disconnectStatusCode: code,
      ...authorizer(connection),
      eventType: 'DISCONNECT',
      ...common(connection, moment),
      disconnectReason: reason,
      ...ending(connection, moment),
    },
    isBase64Encoded: false,
  }
}

/** What an authorizer gets: more headers than `$connect`, and its maps are there even when empty. @see A11.5 (facts) */
export const authorizerEvent = (connection: Connection, moment: Moment, { headers, query }: HandshakeParts, methodArn: string) => ({
  type: 'REQUEST',
  methodArn,
  ...headerMaps(sortedHeaders([...Object.entries(headers), ['content-length', ['0']]])),
  queryStringParameters: lastOf(query),
  multiValueQueryStringParameters: query,
  stageVariables: connection.stageVariables() ?? {},
  requestContext: { routeKey: '$connect', eventType: 'CONNECT', ...common(connection, moment), ...ending(connection, moment) },
})

const common = (connection: Connection, { requestId, at }: Moment) =>
  ({ extendedRequestId: requestId, requestTime: requestTime(at), messageDirection: 'IN' })

const ending = ({ stageName, connectedAt, identity, located, id }: Connection, { requestId, at }: Moment) => ({
  stage: stageName,
  connectedAt,
  requestTimeEpoch: at,
  identity,
  requestId,
  domainName: hostOf(located),
  connectionId: id,
  apiId: located.apiId,
})

/** The measured latency appears in the event of the handshake only (A4.5); see `authorize.ts`. */
const authorizer = ({ authorizer: context }: Connection) => context && { authorizer: context }

function stageVariables(connection: Connection) {
  const variables = connection.stageVariables()
  return variables && hasMembers(variables) && { stageVariables: variables }
}

/** `25/Sep/2026:00:03:16 +0000` (A3.5) */
export function requestTime(at: number) {
  const [, day, month, year, time] = /^\w+, (\d\d) (\w+) (\d+) ([\d:]+)/.exec(new Date(at).toUTCString())!
  return `${day}/${month}/${year}:${time} +0000`
}

/** Of a repeated key, the last value (A3.4). */
const lastOf = (multi: Multi): Record<string, string> => Object.fromEntries(Object.entries(multi).map(([key, values]) => [key, values.at(-1)!]))
const headerMaps = (headers: Multi) => ({ headers: lastOf(headers), multiValueHeaders: headers })
const hasMembers = (object: object) => Object.keys(object).length > 0
