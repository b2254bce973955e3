import type { Connection, Ending } from './connection.ts'
import { deployedAt } from './directory.ts'
import { newRequestId } from './ids.ts'
import { runIntegration } from './integration.ts'
import { disconnectEvent } from './lambda-events.ts'
import { own } from './records.ts'

/** Tells the `$disconnect` route, if there is one, that a client has gone. What comes of it nobody hears (A5.3). */
export async function announceEnd(connection: Connection, ending: Ending): Promise<void> {
  const { located, stageName } = connection
  const deployed = deployedAt(located, stageName)
  const route = deployed && own(deployed.routes, '$disconnect')
  if (!route) return

  const moment = { requestId: newRequestId(), at: located.apis.cloud.clock.now() }
  await runIntegration(connection, route, disconnectEvent(connection, moment, ending))
}
