import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { KitError } from '../lib/kit-error.ts'
import { portOwner } from '../lib/port-owner.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import { refusal } from './visitors.ts'

/** Handles a request, or answers false to leave it to the next. */
export type Route = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

/** How long a client may take to send what it began, and how often that is looked at. */
export type Patience = { headersMs: number, requestMs: number, checkMs: number }

export type ServerParts = {
  port: number
  routes: Route[]
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  /** @default PATIENCE */
  patience?: Patience
}

const MAX_HEADER_BYTES = 32_768
const PATIENCE: Patience = { headersMs: 20_000, requestMs: 60_000, checkMs: 5_000 }
/** What Node's parser gives up for, where it is not simply malformed. */
const CLIENT_ERRORS: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** Opens one port on loopback. The first route that takes a request answers it. */
export async function openServer({ port, routes, upgrade, patience = PATIENCE }: ServerParts) {
  const server = http.createServer({
    maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: patience.headersMs, requestTimeout: patience.requestMs, connectionsCheckingInterval: patience.checkMs,
  }, (request, response) => {
    const why = refusal(request)
    if (why) return refuse(response, why)
    route(request, response).catch((error) => failed(response, error))
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const why = refusal(request)
    if (why) return refuseUpgrade(socket, 403, why)
    upgrade(request, socket, head).catch((error) => {
      report(error)
      socket.destroy()
    })
  })
  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
    if (socket.writable) refuseUpgrade(socket, CLIENT_ERRORS[code] ?? 400, '')
    else socket.destroy()
  })

  async function route(request: IncomingMessage, response: ServerResponse) {
    for (const attempt of routes) if (await attempt(request, response)) return
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing is served here.')
  }

  await listen(server, port)
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => { server.close(resolve) })
      server.closeAllConnections()
      await closed
    },
  }
}

async function listen(server: http.Server, port: number) {
  try {
    await listening(server, port)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw await portTaken(port, error as Error)
  }
}

const listening = (server: net.Server, port: number) => new Promise<void>((resolve, reject) => {
  server.once('error', reject)
  server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve)
})

async function portTaken(port: number, cause: Error) {
  const [owner = 'another program', free] = await Promise.all([portOwner(port), freePortAfter(port)])
  return new KitError({ what: `Port ${port} is in use by ${owner}.`, where: `127.0.0.1:${port}`, next: `Stop that program, or choose another port: npm run local port=${free}` }, { cause })
}

/** The next port that nobody has at this moment; 0, which means any, where there is none near. */
async function freePortAfter(taken: number) {
  for (let port = taken + 1; port <= Math.min(taken + 20, 65_535); port++) {
    const server = net.createServer()
    try {
      await listening(server, port)
      await new Promise((resolve) => { server.close(resolve) })
      return port
    } catch { /* somebody has it */ }
  }
  return 0
}

function refuse(response: ServerResponse, why: string) {
  response.writeHead(403, { 'content-type': 'text/plain', 'connection': 'close' }).end(why)
}

function failed(response: ServerResponse, error: unknown) {
  report(error)
  if (response.headersSent) response.destroy()
  else response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal server error"}')
}

/** Our own fault, never the participant's: the stack belongs in the log. */
const report = (error: unknown) => console.error('The local AWS failed:', error)
