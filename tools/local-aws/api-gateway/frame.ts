import { isUtf8 } from 'node:buffer'
import type { Connection } from './connection.ts'
import type { Connections } from './connections.ts'
import { deployedAt } from './directory.ts'
import { newMessageId, newRequestId } from './ids.ts'
import { runIntegration } from './integration.ts'
import { messageEvent } from './lambda-events.ts'
import { errorText, invalidText } from './outcome.ts'
import { isValid } from './request-validation.ts'
import { selectRoute } from './selection.ts'

/**
 * What happens when a frame arrives: decode it, select a route of the deployment that the stage points to now, run the route's
 * integration, answer. Frames of one connection do not wait for each other (A13.3). Only what is no
 * text ends the connection; whatever comes of a message, it stays open.
 */
export async function answerFrame(connections: Connections, connection: Connection, data: Buffer, isBinary: boolean): Promise<void> {
  const { id, located, stageName } = connection
  const { clock, events } = located.apis.cloud
  const at = clock.now()

  // decode
  if (isBinary) return connections.close(connection, { code: 1003, reason: 'Binary is not supported' }) // A10.6
  if (!isUtf8(data)) return connections.close(connection, { code: 1007, reason: 'Invalid UTF-8' }) // A10.9
  const body = data.toString()
  connections.touch(connection)

  // select
  const requestId = newRequestId()
  const deployed = deployedAt(located, stageName)
  const route = deployed && selectRoute(deployed, body)
  events.emit({ kind: 'frame', ...seen(connection), direction: 'in', text: body, routeKey: route?.routeKey, requestId })
  if (!route) return send(errorText('Forbidden', id, requestId)) // A7.9: a routing answer, not one of IAM
  const isThrottled = !connections.throttling.admits(located, stageName, route.routeKey)
  if (isThrottled) return send(errorText('Too Many Requests', id, requestId)) // A8.11: the text is not recorded

  const messageId = newMessageId(id, at)
  if (!isValid(route, body)) return send(invalidText(id, messageId)) // A8.10

  // invoke
  const event = messageEvent(connection, { requestId, at }, { routeKey: route.routeKey, messageId, body })
  const outcome = await runIntegration(connection, route, event, body)

  // answer
  if (outcome.kind === 'failed') return send(errorText(outcome.message, id, requestId)) // A8.4 to A8.7, one-way or two-way
  if (route.isTwoWay && outcome.body !== undefined) send(outcome.body) // A8.1, A8.2: the body alone, whatever the status; A8.8: what comes without a body is not recorded

  function send(text: string) {
    const wasSent = connections.send(connection, text)
    if (wasSent) events.emit({ kind: 'frame', ...seen(connection), direction: 'out', text, routeKey: route?.routeKey, requestId })
  }
}

const seen = ({ id, located, stageName }: Connection) => ({ apiId: located.apiId, stage: stageName, connectionId: id })
