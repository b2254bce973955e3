import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { WebSocket } from 'ws'
import { startTestCloud } from '../../testing.ts'
import { frame, HANDSHAKE, mockChat, requestLines, type Victim } from '../attack-testing.ts'
import { Broken, fuzz, oddText } from './fuzzing-testing.ts'

const QUIET_MS = 2_000

/** Frames as no client writes them: any opcode, length and mask, cut anywhere, in any order. */
const odd = fc.oneof(
  fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0, max: 15 }), fc.boolean(), fc.boolean()).map(([payload, opcode, fin, mask]) => frame(Buffer.from(payload), { opcode, fin, mask })),
  fc.tuple(oddText, fc.boolean()).map(([text, fin]) => frame(text, { fin })),
  fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 20 })).map(([first, second, rest]) => Buffer.from([first, second, ...rest])),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((length) => {
    const header = Buffer.alloc(14)
    header.set([0x81, 0xff])
    header.writeBigUInt64BE(length, 2)
    return header
  }),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc.integer({ min: 0, max: 5_000 }).map((code) => frame(Buffer.from([code >> 8, code & 255]), { opcode: 8 })),
  fc.constantFrom(frame('{"action":"x"}'), frame('x'.repeat(40_000)), frame('', { opcode: 9 }), frame('', { opcode: 10 }), frame('a', { fin: false }), frame('b', { opcode: 0 })),
)
const cut = fc.tuple(fc.array(odd, { minLength: 1, maxLength: 5 }), fc.option(fc.double({ min: 0, max: 1, noNaN: true })), fc.boolean())

describe('bytes that are no frames', () => {
  let aws: Victim
  let chat: string
  before(async () => {
    aws = await startTestCloud()
    chat = await mockChat(aws)
  })
  after(() => aws.stop())

  /** Sends the bytes behind a handshake, hangs up, and waits until the server has let go. */
  async function send(bytes: Buffer, isTogether: boolean) {
    const gone = ended()
    const socket = net.connect(aws.port, '127.0.0.1')
    socket.on('error', () => {})
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    const handshake = Buffer.from(requestLines('GET', chat, { Host: 'localhost', ...HANDSHAKE }))
    if (isTogether) socket.write(Buffer.concat([handshake, bytes]))
    else {
      socket.write(handshake)
      await once(socket, 'data', { signal: AbortSignal.timeout(QUIET_MS) })
      socket.write(bytes)
    }
    socket.end()
    await gone
    socket.destroy()
    const answer = Buffer.concat(chunks).toString('latin1')
    if (answer !== '' && !answer.startsWith('HTTP/1.1 101')) throw new Broken('crashes', answer.slice(0, 100))
  }
  /** The next end of a connection, as the cloud tells it. */
  const ended = () => new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(new Broken('hangs', 'the connection is still there'))
    }, 4 * QUIET_MS)
    const stop = aws.events.on((event) => {
      if (event.kind !== 'connection' || event.change !== 'closed') return
      clearTimeout(timer)
      stop()
      resolve()
    })
  })

  it('end their connection and no other', async (test) => {
    const witness = new WebSocket(`${aws.url.replace('http', 'ws')}${chat}`)
    await once(witness, 'open')

    await fuzz(test, 'frames', cut, async ([frames, part, isTogether]) => {
      const whole = Buffer.concat(frames)
      await send(part === null ? whole : whole.subarray(0, Math.floor(whole.length * part)), isTogether)
    })

    witness.send('{}')
    const [answer] = await once(witness, 'message', { signal: AbortSignal.timeout(QUIET_MS) }) as [Buffer]
    assert.equal(answer.toString(), 'pong')
    witness.terminate()
  })
})
