import type { Connection } from './connection.ts'
import { routeArn } from './directory.ts'
import { invokeFunction } from './invoke-function.ts'
import { runMock } from './mock.ts'
import { failed, timedOut, type Outcome } from './outcome.ts'
import type { DeployedRoute, IntegrationRecord } from './records.ts'
import { parsed } from './selection.ts'

/**
 * Runs a route's integration and says what came of it. Never throws for what a participant can cause; the connection's log tells why.
 * @param body the message, where the event is one
 */
export async function runIntegration(connection: Connection, route: DeployedRoute, event: object, body?: string): Promise<Outcome> {
  const { integration, routeKey } = route
  if (!integration) {
    connection.log(`Route ${routeKey} has no integration.`)
    return failed(500)
  }
  if (integration.integration.IntegrationType === 'MOCK') return runMock(integration, { isTwoWay: route.isTwoWay, body, log: connection.log })

  return inTime(connection, integration, runProxy(connection, route, integration, event))
}

/** @see A2, A8 (facts) */
async function runProxy(connection: Connection, { routeKey }: DeployedRoute, { integration }: IntegrationRecord, event: object): Promise<Outcome> {
  const sourceArn = routeArn(connection.located, connection.stageName, routeKey)
  const { IntegrationUri: uri = '', CredentialsArn: roleArn } = integration
  const returned = await invokeFunction(connection.located, { uri, roleArn, sourceArn }, event)
  if (returned.kind === 'not-invoked') {
    connection.log(`The function of route ${routeKey} could not be invoked. ${returned.why}`)
    return failed(500)
  }
  if (returned.kind === 'function-error') return failed(502)

  const result = proxyResult(returned.payload)
  if (!result) connection.log(`The function of route ${routeKey} did not answer with a numeric statusCode (and a text as body).`)
  return result ?? failed(500)
}

/** Answers 504 when the integration's time is over; what the function still does is its own affair (A2.6, A8.7). */
async function inTime({ located, log }: Connection, { integration }: IntegrationRecord, running: Promise<Outcome>): Promise<Outcome> {
  const { clock } = located.apis.cloud
  const { TimeoutInMillis = 29_000 } = integration
  let timer: { cancel(): void } | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = clock.after(TimeoutInMillis, () => {
      log(`The integration did not answer within ${TimeoutInMillis} ms.`)
      resolve(timedOut())
    })
  })
  return Promise.race([running, late]).finally(() => timer?.cancel())
}

/** Undefined: not a proxy result (A2.4, A8.5). */
function proxyResult(payload: string): Outcome | undefined {
  const value = parsed(payload)
  if (!isObject(value)) return undefined

  const { statusCode, body, headers } = value
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599) return undefined
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined
  return { kind: 'answered', status: statusCode, body: body ?? undefined, ...(isObject(headers) && { headers }) }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
