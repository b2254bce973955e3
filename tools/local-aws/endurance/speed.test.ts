import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { WebSocketServer, type WebSocket } from 'ws'
import { startTestCloud } from '../testing.ts'
import { begin, stackOf } from './chat-stack.ts'
import { openClients } from './inventory.ts'
import { hold, leave, quantile } from './room.ts'
import { roomTemplate } from './room-template.ts'

const ROUNDS = 60
/** The quick ones of a series: a slow one tells of other programs, as a message crosses processes where the bare echo does not. */
const SHARE = 0.1
/** Some 50 were measured, and up to 150 beside two programs that keep two cores busy. */
const MOST_TIMES = 400

// The only test of the kit that looks at a clock. It compares two times of the same moment, and never one with a number of seconds.
describe('a warm message through gateway, function, table and @connections', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  let echo: WebSocketServer
  const sockets: WebSocket[] = []
  before(async () => {
    aws = await startTestCloud()
    echo = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    echo.on('connection', (socket) => { socket.on('message', (data) => socket.send(data)) })
    await once(echo, 'listening')
  })
  after(async () => {
    await Promise.all(sockets.map(leave))
    echo.close()
    await aws.stop()
  })

  it(`takes no more than ${MOST_TIMES} times as long as a bare echo of ws`, async (test) => {
    const clients = openClients(aws.client)
    await begin(clients, 'createStack', roomTemplate)
    const { Outputs } = (await stackOf(clients))!
    const chat = await hold(`${aws.url.replace('http', 'ws')}/${Outputs![0]!.OutputValue}/beta?room=one`)
    const bare = await hold(`ws://127.0.0.1:${(echo.address() as AddressInfo).port}`)
    sockets.push(chat, bare)
    const message = JSON.stringify({ action: 'send', room: 'one', data: 'Ground Control to Major Tom' })
    const times: { chat: number[], bare: number[] } = { chat: [], bare: [] }

    // In turn, so that whatever else the machine does meets both.
    for (let round = 0; round < 2 * ROUNDS; round++) {
      for (const [name, socket] of [['chat', chat], ['bare', bare]] as const) {
        const ms = await thereAndBack(socket, message)
        if (round >= ROUNDS) times[name].push(ms)
      }
    }

    const [slow, fast] = [quantile(times.chat, SHARE), quantile(times.bare, SHARE)]
    test.diagnostic(`chat ${slow.toFixed(2)} ms, bare ${fast.toFixed(3)} ms: ${Math.round(slow / fast)} times`)
    assert.ok(slow < MOST_TIMES * fast, `${slow.toFixed(2)} ms are ${Math.round(slow / fast)} times ${fast.toFixed(3)} ms`)
  })
})

async function thereAndBack(socket: WebSocket, message: string) {
  const at = performance.now()
  socket.send(message)
  await once(socket, 'message')
  return performance.now() - at
}
