import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { until } from '../api-gateway/gateway-testing.ts'
import { manualClock } from '../clock.ts'
import { echoed, openTestDoor, PASSCODE } from './testing.ts'

const MINUTE = 60_000

async function roomOf(options: Parameters<typeof openTestDoor>[0], test: (room: Awaited<ReturnType<typeof openTestDoor>>) => Promise<void>) {
  const room = await openTestDoor(options)
  try {
    await test(room)
  } finally {
    await room.stop()
  }
}

describe('a guest', () => {
  it('who says too much at once is told so, and may go on after a while', async () => {
    const clock = manualClock()
    await roomOf({ clock, limits: { messages: { burst: 2, perSecond: 1 } } }, async ({ join, calls }) => {
      const guest = await join()
      for (const text of ['a', 'b', 'c']) guest.send(echoed(text))
      const heard = [await guest.next(), await guest.next(), await guest.next()]

      assert.deepEqual(heard.filter((frame) => !frame.includes('message')).toSorted(), [echoed('a'), echoed('b')])
      assert.match(heard.find((frame) => frame.includes('message'))!, /^\{"message": "Too Many Requests: 2 messages at once and 1 a second is the most here", "connectionId":"[^"]+", "requestId":"[^"]+"\}$/)
      assert.equal(calls.length, 2)

      clock.advance(1_000)
      guest.send(echoed('d'))
      assert.equal(await guest.next(), echoed('d'))
    })
  })

  it('is told what is too long, and stays', () => roomOf({}, async ({ join, calls }) => {
    const guest = await join()
    guest.send(echoed('x'.repeat(9_000)))

    assert.match(await guest.next(), /^\{"message": "Message too long: 8192 bytes is the most here"/)
    guest.send(echoed('short'))
    assert.equal(await guest.next(), echoed('short'))
    assert.equal(calls.length, 1)
  }))

  it('who floods is sent away and told why, while others go on', () => roomOf({}, async ({ join, calls }) => {
    const [flooder, other] = [await join(), await join()]
    for (let i = 0; i < 5_000; i++) flooder.send(echoed('flood'))
    other.send(echoed('hello'))

    assert.equal(await other.next(), echoed('hello'))
    assert.deepEqual(await flooder.closed, { code: 1008, reason: 'Too many messages. Slow down, then connect again.' })
    assert.ok(calls.length < 20, `${calls.length} invocations`)
  }))

  it('who floods again and again stays out for a while, while who is in stays', async () => {
    const clock = manualClock()
    await roomOf({ clock }, async ({ join, knock, calls }) => {
      const other = await join()
      for (let times = 0; times < 3; times++) {
        const flooder = await join()
        for (let i = 0; i < 100; i++) flooder.send(echoed('flood'))
        assert.equal((await flooder.closed).code, 1008)
      }
      const refused = await knock(`/${PASSCODE}`)
      assert.deepEqual([refused.status, refused.text], [429, 'Too many from your address were sent away for sending too much. Wait a minute.'])
      other.send(echoed('hello'))
      assert.equal(await other.next(), echoed('hello'))
      assert.ok(calls.length <= 31, `${calls.length} invocations`)

      clock.advance(30_000)
      await (await join()).close()
    })
  })

  it('who floods with pings is sent away', () => roomOf({}, async ({ join }) => {
    const flooder = await join()
    for (let i = 0; i < 500; i++) flooder.socket.ping()

    assert.equal((await flooder.closed).code, 1008)
  }))

  it('who floods with what never becomes a message is sent away', () => roomOf({ limits: { bytes: { burst: 10_000, perSecond: 0 } } }, async ({ join }) => {
    const flooder = await join()
    for (let i = 0; i < 200; i++) flooder.socket.pong('x'.repeat(100))

    assert.equal((await flooder.closed).code, 1008)
  }))

  for (const [what, bytes, code] of [
    ['no frames', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 1002],
    ['a binary frame', undefined, 1003],
    ['text that is no UTF-8', Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]), 1007],
  ] as const)
    it(`who sends ${what} is told why, while others go on`, () => roomOf({}, async ({ join }) => {
      const [rude, other] = [await join(), await join()]
      if (bytes) (rude.socket as unknown as { _socket: NodeJS.WritableStream })._socket.write(bytes)
      else rude.send(Buffer.from([1, 2, 3]))

      assert.equal((await rude.closed).code, code)
      other.send(echoed('hello'))
      assert.equal(await other.next(), echoed('hello'))
    }))

  it('waits for a turn: sixty who join at once all get in, four at a time', async () => {
    let running = 0
    let most = 0
    async function connect() {
      most = Math.max(most, ++running)
      await new Promise((resolve) => { setImmediate(resolve) })
      running--
      return { statusCode: 200 }
    }
    await roomOf({ functions: { connect, gone: connect }, routes: { $connect: { function: 'connect' }, $disconnect: { function: 'gone' } } }, async ({ join, calls, door }) => {
      const guests = await Promise.all(Array.from({ length: 60 }, () => join()))
      assert.equal(door.clients(), 60)

      for (const guest of guests) guest.socket.terminate()
      await until(() => calls.filter(({ name }) => name === 'gone').length === 60, 'sixty $disconnects')
      assert.equal(most, 4)
    })
  })
})

describe('sixty guests', () => {
  it('who say nothing are sent away after ten minutes', async () => {
    const clock = manualClock()
    await roomOf({ clock }, async ({ join, door }) => {
      const guests = await Promise.all(Array.from({ length: 60 }, () => join()))
      clock.advance(10 * MINUTE - 1)
      assert.equal(door.clients(), 60)
      clock.advance(1)

      for (const { closed } of guests) assert.deepEqual(await closed, { code: 1001, reason: 'Going away' })
      await until(() => door.clients() === 0, 'every place is free')
    })
  })

  it('who talk now and then stay for two hours, and no longer', async () => {
    const clock = manualClock()
    await roomOf({ clock }, async ({ join, door }) => {
      const guests = await Promise.all(Array.from({ length: 60 }, () => join()))
      for (let minutes = 8; minutes < 120; minutes += 8) {
        clock.advance(8 * MINUTE)
        for (const guest of guests) guest.send(echoed(`${minutes}`))
        for (const guest of guests) assert.equal(await guest.next(), echoed(`${minutes}`))
      }
      assert.equal(door.clients(), 60)

      clock.advance(8 * MINUTE)
      for (const { closed } of guests) assert.deepEqual(await closed, { code: 1001, reason: 'Going away' })
      await (await join()).close()
    })
  })
})
