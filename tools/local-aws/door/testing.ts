import { randomUUID } from 'node:crypto'
import http from 'node:http'
import net from 'node:net'
import { openClient, startGateway, type RouteWish } from '../api-gateway/gateway-testing.ts'
import type { Clock } from '../clock.ts'
import { openDoor, type DoorLimits } from './index.ts'

export const PASSCODE = 'copper-otter-lamp'

/** For tests: an address that stands for the LAN. Not every system has more of loopback than 127.0.0.1. */
export const lanAddress = () => new Promise<string>((resolve) => {
  const server = net.createServer()
  server.once('error', () => resolve('127.0.0.1'))
  server.listen(0, '127.0.0.2', () => server.close(() => resolve('127.0.0.2')))
})

type Options = { functions?: Record<string, (event: any) => unknown>, routes?: Record<string, RouteWish>, limits?: Partial<DoorLimits>, clock?: Clock }

/** For tests: a gateway with one API, whose `echo` answers what was sent, and a door to it on the LAN. */
export async function openTestDoor({ functions = {}, routes = {}, limits, clock }: Options = {}) {
  const gateway = await startGateway({ functions: { echo: ({ body }) => ({ statusCode: 200, body }), ...functions }, clock })
  const { apiId } = await gateway.api({ echo: { function: 'echo', twoWay: true }, ...routes })
  const host = await lanAddress()
  const door = await openDoor({ gateway: gateway.gateway, clock: gateway.cloud.clock }, { host, port: 0, passcode: PASSCODE, apiId, stage: 'beta', limits })
  return {
    ...gateway, door, apiId,
    join: (options?: Parameters<typeof openClient>[1]) => openClient(door.url, options),
    /** Tries to get in by whatever path and headers, maybe from another address; answers the status and what is said. */
    knock: (path: string, headers: Record<string, string> = {}, from?: string) => knock({ host: door.host, port: door.port, path, localAddress: from }, headers),
    /** Says `text` on a connection of its own, and answers all that comes until that is closed. */
    babble: (text: string) => babble(door.host, door.port, text),
    async stop() {
      await door.stop()
      await gateway.stop()
    },
  }
}

export const echoed = (text: string) => JSON.stringify({ action: 'echo', text })

function knock(where: Pick<http.RequestOptions, 'host' | 'port' | 'path' | 'localAddress'>, headers: Record<string, string>) {
  return new Promise<{ status: number, text: string }>((resolve, reject) => {
    const request = http.request({
      ...where, agent: false,
      headers: { 'connection': 'Upgrade', 'upgrade': 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': Buffer.from(randomUUID().slice(0, 16)).toString('base64'), ...headers },
    })
    request.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode!, text: '' })
    })
    request.on('response', async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode!, text })
    })
    request.on('error', reject)
    request.end()
  })
}

const babble = (host: string, port: number, text: string) => new Promise<string>((resolve) => {
  let heard = ''
  const socket = net.connect({ host, port, allowHalfOpen: true }, () => socket.write(text))
  socket.on('data', (chunk) => { heard += chunk }).on('error', () => {}).on('end', () => socket.destroy()).on('close', () => resolve(heard))
})
