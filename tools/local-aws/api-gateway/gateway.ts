import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Cloud } from '../cloud.ts'
import { addressOf, isSignedForAnother } from './address.ts'
import { createConnections, type Connections } from './connections.ts'
import { createDirectory } from './directory.ts'
import { announceEnd } from './disconnect.ts'
import { answerFrame } from './frame.ts'
import type { Guest } from './guest.ts'
import { decideUpgrade } from './handshake.ts'
import { answerManagement } from './management.ts'
import { sharedOf } from './place.ts'
import { forbidden, refuse } from './refusal.ts'

/** How long clients and their `$disconnect` have when the cloud stops. */
const GRACE_MS = 2_000

export type Gateway = {
  /** Whether a request is for the data plane. Looks at its address only. */
  claims(request: IncomingMessage): boolean
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** @param guest what another door than the main port asks of the client */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, guest?: Guest): Promise<void>
  /** Closes every connection, runs their `$disconnect`, lets no new one in. */
  close(): Promise<void>
}

/** Opens the data plane of a cloud: the WebSocket side of its APIs, and `@connections`. */
export function openGateway(cloud: Cloud): Gateway {
  const directory = createDirectory(cloud)
  const connections: Connections = createConnections(cloud, {
    message: (connection, data, isBinary) => answerFrame(connections, connection, data, isBinary),
    ended: announceEnd,
  })
  sharedOf(cloud).onRemoved(connections.closeAllOf)
  const deciding = new Set<Duplex>()
  let isOpen = true

  return {
    claims: (request) => addressOf(request) !== undefined && !isSignedForAnother(request),

    async handle(request, response) {
      const address = addressOf(request)!
      const located = await directory.find(address.apiId, address.region)
      if (address.connection !== undefined) return answerManagement(connections, cloud, { located, address, request, response })

      // A1.6: sources disagree about what a request without an upgrade hears.
      response.writeHead(403, { 'Content-Type': 'application/json', 'x-amzn-ErrorType': 'ForbiddenException' }).end(forbidden.body)
    },

    async upgrade(request, socket, head, guest) {
      if (!isOpen) return void socket.destroy()
      socket.on('error', () => socket.destroy())
      const address = addressOf(request)
      if (!address || address.connection !== undefined) return void refuse(socket, forbidden, cloud.clock.now())

      deciding.add(socket)
      try {
        await decideUpgrade(connections, await directory.find(address.apiId, address.region), address, { request, socket, head, guest })
      } finally {
        deciding.delete(socket)
      }
    },

    async close() {
      isOpen = false
      for (const socket of deciding) socket.destroy()
      await connections.end(GRACE_MS)
    },
  }
}
