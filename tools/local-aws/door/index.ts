import http, { type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Gateway } from '../api-gateway/gateway.ts'
import type { Clock } from '../clock.ts'
import { refuseUpgrade } from '../refuse-upgrade.ts'
import { createAddressBook } from './address-book.ts'
import { createGuest } from './guest.ts'
import { DOOR_LIMITS, type DoorLimits } from './limits.ts'
import { createTurns } from './turns.ts'
import { turnedAway } from './visitors.ts'

export type { DoorLimits } from './limits.ts'

const GOING_AWAY = { code: 1001, reason: 'Going away' }
const GOODBYE_MS = 2_000
/** TCP connections beyond the clients that may be open: those whose request has not come yet, or is being refused. */
const SPARE_CONNECTIONS = 100

/** What is wrong with what is no request at all, by Node's codes for it. */
const BROKEN: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

export type DoorOptions = {
  /** an IPv4 address of this machine; nothing else is listened on, and clients must name it */
  host: string
  /** 0: any free one */
  port: number
  /** lower case, without `/` and `?`; the path that clients ask for */
  passcode: string
  apiId: string
  stage: string
  limits?: Partial<DoorLimits>
}

export type Door = {
  /** what clients connect to; it contains the passcode */
  url: string
  host: string
  port: number
  /** how many clients are in, or about to be let in */
  clients(): number
  /** Says goodbye to the clients and stops listening. */
  stop(): Promise<void>
}

/**
 * Opens one stage of one API to whoever can reach `host` and knows the passcode, at `ws://HOST:PORT/PASSCODE`, and nothing else: no control
 * plane, no `@connections`, no other API. What is behind never sees the passcode. Rejects as `listen` does (EADDRINUSE, EADDRNOTAVAIL).
 */
export async function openDoor({ gateway, clock }: { gateway: Gateway, clock: Clock }, { host, port, passcode, apiId, stage, limits: wanted }: DoorOptions): Promise<Door> {
  const limits = { ...DOOR_LIMITS, ...wanted }
  const turns = createTurns(limits.turns)
  const addresses = createAddressBook(limits, clock.now)
  const guests = new Map<Socket, ReturnType<typeof createGuest>>()
  const arrived = new WeakMap<Socket, () => void>()

  const timing = { headersTimeout: limits.handshakeMs, requestTimeout: limits.handshakeMs, connectionsCheckingInterval: Math.min(1_000, limits.handshakeMs) }
  const server = http.createServer({ maxHeaderSize: 8_192, ...timing }, (_, response) => {
    response.writeHead(426, { 'content-type': 'text/plain', 'connection': 'close', 'upgrade': 'websocket' }).end('Only WebSocket clients are served here.')
  })
  server.maxConnections = limits.connections + SPARE_CONNECTIONS
  server.on('connection', (socket) => limitPending(socket))
  server.on('upgrade', (request, socket, head) => void welcome(request, socket as Socket, head))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseUpgrade(socket, BROKEN[error.code ?? ''] ?? 400, 'That is no handshake of a WebSocket client.'))
  await listen(server, host, port)
  const actualPort = (server.address() as { port: number }).port

  function limitPending(socket: Socket) {
    const known = addresses.of(addressOf(socket))
    known.pending++
    const done = once(() => { known.pending-- })
    socket.once('close', done)
    arrived.set(socket, done)
    if (known.pending > limits.pendingPerAddress) socket.destroy()
  }

  async function welcome(request: IncomingMessage, socket: Socket, head: Buffer) {
    socket.on('error', () => socket.destroy())
    arrived.get(socket)?.()
    const address = addressOf(socket)
    const refusal = turnedAway(request, address, { host, port: actualPort, passcode, addresses })
    if (refusal) return refuseUpgrade(socket, refusal.status, refusal.why)

    const leavePlace = addresses.takePlace(address)
    const member = createGuest(socket, { limits, turns, now: clock.now, flooded: () => { addresses.of(address).floods.take() } })
    guests.set(socket, member)
    socket.once('close', () => {
      guests.delete(socket)
      leavePlace()
    })
    const query = /\?.*/.exec(request.url!)?.[0] ?? ''
    request.url = `/${apiId}/${stage}${query}`
    await turns.run(async () => {
      if (!socket.destroyed) await gateway.upgrade(request, socket, head, member.guest)
    }).catch((error) => {
      console.error('The local AWS failed:', error)
      socket.destroy()
    })
  }

  return {
    url: `ws://${host}:${actualPort}/${passcode}`,
    host,
    port: actualPort,
    clients: addresses.open,
    async stop() {
      const closed = new Promise((resolve) => { server.close(resolve) })
      server.closeAllConnections()
      for (const member of guests.values()) member.dismiss(GOING_AWAY)
      const patience = setTimeout(() => { for (const socket of guests.keys()) socket.destroy() }, GOODBYE_MS)
      await closed
      clearTimeout(patience)
    },
  }
}

const addressOf = ({ remoteAddress = '' }: Socket) => remoteAddress.replace(/^::ffff:/, '')

function once(action: () => void) {
  let done = false
  return () => {
    if (!done) action()
    done = true
  }
}

const listen = (server: http.Server, host: string, port: number) => new Promise<void>((resolve, reject) => {
  server.once('error', reject)
  server.listen({ host, port, exclusive: true }, resolve)
})
