import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { WebSocket } from 'ws'
import type { Cloud } from '../cloud.ts'
import { manualClock } from '../clock.ts'
import { createEvents, type CloudEvent } from '../events.ts'
import { startTestCloud } from '../testing.ts'
import { createWorkshopRoutes } from '../workshop-routes.ts'
import { frame, HANDSHAKE, mockChat, requestLines, say, type Victim } from './attack-testing.ts'

const MEBIBYTE = 1024 * 1024
const soon = () => ({ signal: AbortSignal.timeout(5_000) })

describe('a WebSocket client that means harm', () => {
  let aws: Victim
  let chat: string
  const seen: Extract<CloudEvent, { kind: 'connection' }>[] = []
  before(async () => {
    aws = await startTestCloud()
    chat = await mockChat(aws, 'x'.repeat(30_000))
    aws.events.on((event) => { if (event.kind === 'connection') seen.push(event) })
  })
  after(() => aws.stop())

  const handshake = () => requestLines('GET', chat, { Host: 'localhost', ...HANDSHAKE })

  /** A client at byte level, connected. It reads nothing unless told to. */
  async function connect() {
    const socket = net.connect(aws.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(handshake())
    const [head] = await once(socket, 'data', soon()) as [Buffer]
    assert.match(head.toString('latin1'), /^HTTP\/1\.1 101/)
    return socket
  }
  /** What the server says last: a close frame, or nothing. */
  async function ending(socket: net.Socket): Promise<Buffer> {
    const heard = await Promise.race([once(socket, 'data', soon()), once(socket, 'close', soon())]) as [Buffer | boolean]
    socket.destroy()
    return Buffer.isBuffer(heard[0]) ? heard[0] : Buffer.alloc(0)
  }
  /** Connects, then writes without reading until the server counts this client as gone; answers the code of the end. */
  async function flood(piece: Buffer, most: number) {
    const socket = await connect()
    const { connectionId } = seen.findLast(({ change }) => change === 'opened')!
    const end = () => seen.find((event) => event.change === 'closed' && event.connectionId === connectionId)
    const deadline = Date.now() + 8_000
    socket.pause()
    let sent = 0
    while (!end() && Date.now() < deadline) {
      if (sent < most && socket.writableLength < MEBIBYTE) {
        socket.write(piece)
        sent += piece.length
      }
      await new Promise((resolve) => { setTimeout(resolve, 1) })
    }
    socket.destroy()
    return end()?.code ?? `still there after ${sent} bytes`
  }

  it('sends frames byte by byte, and is heard (no harm in that)', async () => {
    const socket = await connect()
    for (const byte of frame('{"action":"x"}')) {
      socket.write(Buffer.from([byte]))
      await new Promise(setImmediate)
    }

    assert.equal((await once(socket, 'data', soon()) as [Buffer])[0][0], 0x01)
    socket.destroy()
  })

  it('sends a message in tiny fragments without end, and is sent away (ws 8.21.0)', async () => {
    const socket = await connect()
    const fragments = Buffer.concat([frame('', { fin: false }), ...Array.from({ length: 20_000 }, () => frame('', { opcode: 0, fin: false }))])
    socket.write(fragments)

    const bytes = await ending(socket)
    assert.equal(bytes[0], 0x88)
  })

  for (const [what, bytes] of [
    ['a frame without a mask', frame('hi', { mask: false })],
    ['a reserved opcode', frame('hi', { opcode: 3 })],
    ['reserved bits', Buffer.concat([Buffer.from([0xf1]), frame('hi').subarray(1)])],
    ['a long ping', frame('x'.repeat(126), { opcode: 9 })],
    ['a ping in pieces', frame('x', { opcode: 9, fin: false })],
    ['a continuation of nothing', frame('x', { opcode: 0 })],
    ['a text inside a text', Buffer.concat([frame('a', { fin: false }), frame('b')])],
    ['a length of 2^63', Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a length of 4 GB', Buffer.from([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a close frame of one byte', frame(Buffer.from([3]), { opcode: 8 })],
    ['a close code that is none', frame(Buffer.from([0, 1]), { opcode: 8 })],
    ['a close reason that is no UTF-8', frame(Buffer.from([3, 232, 255, 254]), { opcode: 8 })],
    ['text that is no UTF-8', frame(Buffer.from([0xff, 0xfe]))],
    ['HTTP where frames belong', Buffer.from(requestLines('GET', '/', { Host: 'localhost' }))],
  ] as const)
    it(`sends ${what}, and hears a close frame or nothing`, async () => {
      const socket = await connect()
      socket.write(bytes)
      socket.write(frame('{"after":1}'))

      const heard = await ending(socket)
      assert.ok(heard.length === 0 || heard[0] === 0x88, heard.subarray(0, 20).toString('hex'))
    })

  it('asks much and reads nothing: dropped once 1 MB waits for it, and counted (superset PR #40857)', async () => {
    assert.equal(await flood(Buffer.concat(Array.from({ length: 20 }, () => frame('{}'))), 200_000), 1006)
  })

  it('floods with pings and reads no pong: dropped as well', async () => {
    const memory = process.memoryUsage.rss()

    assert.equal(await flood(Buffer.concat(Array.from({ length: 500 }, () => frame('p'.repeat(125), { opcode: 9 }))), 60 * MEBIBYTE), 1006)

    assert.ok(process.memoryUsage.rss() - memory < 100 * MEBIBYTE)
  })

  it('opens 300 connections and says nothing: others are served at once', async () => {
    const idle = await Promise.all(Array.from({ length: 300 }, connect))
    const begin = performance.now()

    const client = new WebSocket(`${aws.url.replace('http', 'ws')}${chat}`)
    await once(client, 'open', soon())
    client.send('{}')
    await once(client, 'message', soon())

    assert.ok(performance.now() - begin < 1_000)
    for (const socket of idle) socket.destroy()
    client.terminate()
  })

  it('pipelines a request behind its handshake: it is never answered as HTTP', async () => {
    const { status, body } = await say(aws.port, handshake() + requestLines('GET', '/_workshop/events', { Host: 'localhost' }), { until: /^never$/ })

    assert.equal(status, 101)
    assert.doesNotMatch(body, /HTTP\/1\.1/)
  })

  for (const [what, headers] of [
    ['a key that is too short', { 'Sec-WebSocket-Key': 'abc' }], ['a version from elsewhere', { 'Sec-WebSocket-Version': '99' }],
    ['a protocol that is no token', { 'Sec-WebSocket-Protocol': 'a b, ,' }], ['the same protocol twice', { 'Sec-WebSocket-Protocol': 'a, a' }],
    ['another upgrade', { Upgrade: 'h2c' }],
  ] as const)
    it(`asks with ${what}, and is refused before the upgrade`, async () => {
      const { status } = await say(aws.port, requestLines('GET', chat, { Host: 'localhost', ...HANDSHAKE, ...headers }))

      assert.equal(status, 400)
    })
})

describe('idle clients', () => {
  it('that only trickle fragments of a message are idle: closed after ten minutes', async () => {
    const clock = manualClock(Date.now())
    const aws = await startTestCloud({ clock })
    after(() => aws.stop())
    const chat = await mockChat(aws)
    const socket = net.connect(aws.port, '127.0.0.1').on('error', () => {})
    socket.write(requestLines('GET', chat, { Host: 'localhost', ...HANDSHAKE }))
    await once(socket, 'data', soon())

    const heard = once(socket, 'data', soon()) as Promise<[Buffer]>
    socket.write(frame('a', { fin: false }))
    for (let minute = 0; minute < 11; minute++) {
      socket.write(frame('b', { opcode: 0, fin: false }))
      await new Promise(setImmediate)
      clock.advance(60_000)
    }

    const [goodbye] = await heard
    assert.deepEqual([goodbye[0], goodbye.readUInt16BE(2)], [0x88, 1001])
    socket.destroy()
  })
})

describe('a reader of /_workshop/events that does not read (hurttlocker/o8 #188)', () => {
  it('is let go once 4 MB wait for it', async () => {
    const events = createEvents(Date.now)
    const route = createWorkshopRoutes({ events } as Cloud, 'token')
    const server = http.createServer((request, response) => void route(request, response)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
    socket.write(requestLines('GET', '/_workshop/events', { Host: 'localhost', Authorization: 'Bearer token' }))
    await once(socket, 'data', soon())
    socket.pause()
    const gone = once(socket.on('end', () => {}), 'close', soon())

    for (let count = 0; count < 400; count++) {
      events.emit({ kind: 'log', group: 'g', stream: 's', message: 'x'.repeat(50_000) })
      await new Promise(setImmediate)
    }

    const memory = process.memoryUsage().heapUsed
    events.emit({ kind: 'log', group: 'g', stream: 's', message: 'x'.repeat(50_000) })
    assert.ok(process.memoryUsage().heapUsed - memory < MEBIBYTE, 'nobody listens any more')
    socket.resume()
    await gone
    server.close()
  })
})
