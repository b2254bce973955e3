import type { WebSocket } from 'ws'
import type { Located } from './directory.ts'
import type { Guest } from './guest.ts'

export type Ending = { code: number, reason: string }

/** One client, from the handshake on. Times are milliseconds since the epoch. */
export type Connection = {
  readonly id: string
  readonly located: Located
  readonly stageName: string
  readonly connectedAt: number
  readonly identity: { userAgent?: string, sourceIp: string }
  /** only of clients that came in by another door */
  readonly guest?: Guest
  /** what the authorizer said about the client */
  authorizer?: Record<string, unknown>
  /** moved by messages either way and by pings (A12.12, A12.13) */
  lastActiveAt: number
  /** absent until `$connect` has let the client in */
  socket?: WebSocket
  /** set as soon as the gateway closes the connection, or as it learns why it broke */
  ending?: Ending
  stageVariables(): Record<string, string> | undefined
  /** a line in the execution log of the stage, which events show */
  log(message: string): void
}

export type NewConnection = Pick<Connection, 'id' | 'located' | 'stageName' | 'connectedAt' | 'identity' | 'guest'>

export function createConnection({ id, located, stageName, connectedAt, identity, guest }: NewConnection): Connection {
  const { cloud } = located.apis
  return {
    id, located, stageName, connectedAt, identity, guest,
    lastActiveAt: connectedAt,
    stageVariables: () => located.apis.find(located.apiId)?.stages[stageName]?.stage.StageVariables,
    log: (message) => cloud.events.emit({ kind: 'log', group: `/aws/apigateway/${located.apiId}/${stageName}`, stream: id, message }),
  }
}
