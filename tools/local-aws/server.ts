import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { KitError } from '../lib/kit-error.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import { refusal } from './visitors.ts'

/** Handles a request, or answers false to leave it to the next. */
export type Route = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

export type ServerParts = {
  port: number
  routes: Route[]
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
}

/** Opens one port on loopback. The first route that takes a request answers it. */
export async function openServer({ port, routes, upgrade }: ServerParts) {
  const server = http.createServer({ maxHeaderSize: 32_768, requestTimeout: 60_000, headersTimeout: 20_000 }, (request, response) => {
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
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n')
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

const listen = (server: http.Server, port: number) => new Promise<void>((resolve, reject) => {
  server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? portTaken(port, error) : error))
  server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve)
})

const portTaken = (port: number, cause: Error) =>
  new KitError({ what: `Port ${port} is in use by another program.`, where: `127.0.0.1:${port}`, next: `Stop that program, or choose another port: npm run local -- --port ${port + 1}` }, { cause })

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
