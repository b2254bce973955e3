import assert from 'node:assert/strict'
import http from 'node:http'
import net from 'node:net'
import { describe, it } from 'node:test'
import { openClient, until } from '../api-gateway/gateway-testing.ts'
import { manualClock } from '../clock.ts'
import { openTestDoor, PASSCODE } from './testing.ts'

type Room = Awaited<ReturnType<typeof openTestDoor>>

/** One door per test, closed whatever happens. */
const withDoor = (options: Parameters<typeof openTestDoor>[0], test: (room: Room) => Promise<void>) => async () => {
  const room = await openTestDoor(options)
  try {
    await test(room)
  } finally {
    await room.stop()
  }
}

describe('the door', () => {
  it('lets in who knows the passcode, however they write it', withDoor({}, async ({ knock }) => {
    assert.equal((await knock(`/${PASSCODE}`)).status, 101)
    assert.equal((await knock(`/${PASSCODE.toUpperCase()}`)).status, 101)
  }))

  it('keeps the passcode from the functions behind it, and passes a query on', withDoor({
    functions: { connect: () => ({ statusCode: 200 }) }, routes: { $connect: { function: 'connect' } },
  }, async ({ knock, calls }) => {
    assert.equal((await knock(`/${PASSCODE}?name=Ada`)).status, 101)

    assert.deepEqual(calls[0]!.event.queryStringParameters, { name: 'Ada' })
    assert.doesNotMatch(calls[0]!.json, new RegExp(PASSCODE))
  }))

  it('refuses strangers without the passcode, and says whom to ask', withDoor({}, async ({ knock }) => {
    for (const path of ['/copper-otter-lam', '/copper-otter-lampp', '/', '/%63opper-otter-lamp', `//${PASSCODE}`]) {
      const { status, text } = await knock(path)

      assert.equal(status, 403, path)
      assert.match(text, /passcode in the URL is not right/)
    }
  }))

  it('serves no other path, not even to who knows the passcode', withDoor({ limits: { wrongPasscodes: { burst: 100, perSecond: 0 } } }, async ({ knock, apiId }) => {
    for (const path of [`/${apiId}/beta`, `/${PASSCODE}/`, `/${PASSCODE}/${apiId}/beta`, `/${PASSCODE}/@connections/abc=`, `/${apiId}/beta/@connections/abc=`, `/x/../${PASSCODE}`, '/_workshop', '/_workshop/events', `/${PASSCODE}/_workshop/events`, '/docs', '/docs/steps/chat'])
      assert.equal((await knock(path)).status, 403, path)
  }))

  it('refuses other Hosts', withDoor({}, async ({ knock, door, apiId }) => {
    for (const host of ['evil.example', `evil.example:${door.port}`, `localhost:${door.port}`, door.host, `${door.host}:1`, `${apiId}.execute-api.us-east-1.amazonaws.com`, '['])
      assert.deepEqual(await knock(`/${PASSCODE}`, { host }), { status: 403, text: 'This Host is not served here.' }, host)
  }))

  it('refuses pages of other Origins, and lets in those of the visitor’s own machine', withDoor({}, async ({ knock, door }) => {
    for (const origin of ['https://evil.example', 'null', `http://${door.host}.evil.example`, 'http://[', 'file://'])
      assert.deepEqual(await knock(`/${PASSCODE}`, { origin }), { status: 403, text: 'This Origin is not served here.' }, origin)

    assert.equal((await knock(`/${PASSCODE}`, { origin: 'http://localhost:4566' })).status, 101)
  }))

  it('serves nothing to plain requests: no control plane, no @connections', withDoor({}, async ({ door, apiId }) => {
    for (const [method, path] of [['GET', '/'], ['GET', `/${PASSCODE}`], ['POST', `/${apiId}/beta/@connections/abc=`], ['POST', '/v2/apis'], ['GET', '/_workshop/events'], ['PUT', '/_workshop/faults/x'], ['GET', '/docs/']] as const) {
      const answer = await new Promise<number>((resolve, reject) => {
        http.request({ host: door.host, port: door.port, method, path, agent: false }, (response) => resolve(response.resume().statusCode!)).on('error', reject).end()
      })

      assert.equal(answer, 426, `${method} ${path}`)
    }
  }))

  it('listens on no other address', withDoor({}, async ({ door }) => {
    if (door.host === '127.0.0.1') return
    const opened = await new Promise<boolean>((resolve) => {
      const socket = net.connect({ host: '127.0.0.1', port: door.port }, () => resolve(true))
      socket.on('error', () => resolve(false))
    })

    assert.equal(opened, false)
  }))

  it('lets an address guess ten times, then wait a minute, even with the right passcode', async () => {
    const clock = manualClock()
    await withDoor({ clock }, async ({ knock }) => {
      for (let i = 0; i < 10; i++) assert.equal((await knock(`/wrong-pass-${i}`)).status, 403)

      const guess = await knock('/wrong-pass-11')
      assert.deepEqual([guess.status, (await knock(`/${PASSCODE}`)).status], [429, 429])
      assert.match(guess.text, /Too many wrong passcodes/)

      clock.advance(60_000)
      assert.equal((await knock(`/${PASSCODE}`)).status, 101)
    })()
  })

  it('keeps no other address waiting for one that guesses or opens too much', withDoor({ limits: { connectionsPerAddress: 1, wrongPasscodes: { burst: 1, perSecond: 0 } } }, async ({ knock, join, door }) => {
    // Only Linux has more of loopback than one address.
    if (door.host === '127.0.0.1') return
    await join()
    assert.equal((await knock(`/${PASSCODE}`)).status, 503)
    await knock('/wrong-pass-code')
    assert.equal((await knock('/wrong-pass-code')).status, 429)

    assert.equal((await knock(`/${PASSCODE}`, {}, '127.0.0.3')).status, 101)
  }))

  it('has places for so many and for so many of one address, which come free again', withDoor({ limits: { connections: 3, connectionsPerAddress: 2 } }, async ({ knock, join, door }) => {
    const first = await join()
    await join()

    const third = await knock(`/${PASSCODE}`)
    assert.equal(third.status, 503)
    assert.match(third.text, /The room is full/)

    await first.close()
    await until(() => door.clients() === 1, 'one place is free')
    assert.equal((await knock(`/${PASSCODE}`)).status, 101)
  }))

  it('lets an address open only so many connections at once', withDoor({ limits: { handshakes: { burst: 3, perSecond: 0 } } }, async ({ knock }) => {
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await knock(`/${PASSCODE}`)).status)

    assert.deepEqual(statuses, [101, 101, 101, 429])
  }))

  it('hangs up on connections that never say anything', withDoor({ limits: { pendingPerAddress: 3 } }, async ({ door, join }) => {
    const silent = await Promise.all(Array.from({ length: 6 }, () => new Promise<net.Socket>((resolve) => {
      const socket = net.connect({ host: door.host, port: door.port }, () => resolve(socket))
      socket.on('error', () => {})
    })))

    await until(() => silent.filter((socket) => socket.destroyed).length === 3 || silent.filter((socket) => socket.readyState === 'closed').length === 3, 'three were hung up on')
    for (const socket of silent) socket.destroy()
    await until(async () => (await join().then((client) => client.close(), () => undefined)) !== undefined, 'others get in')
  }))

  it('waits for no request that drips, and goes on letting others in meanwhile', withDoor({ limits: { handshakeMs: 100 } }, async ({ babble, join, door }) => {
    const dripping = Promise.all(Array.from({ length: 20 }, () => babble(`GET /${PASSCODE} HTTP/1.1\r\nHost: ${door.host}:${door.port}\r\nX-`)))
    const silent = babble('')
    await (await join()).close()

    for (const answer of await dripping) assert.match(answer, /^HTTP\/1\.1 408 /)
    await silent
  }))

  it('reads no handshake that is longer than 8 KB', withDoor({}, async ({ babble, knock, join }) => {
    assert.equal((await knock(`/${PASSCODE}?${'x'.repeat(9_000)}`)).status, 431)
    assert.match(await babble(`GET /${PASSCODE} HTTP/1.1\r\nX: ${'x'.repeat(9_000)}`), /^HTTP\/1\.1 431 /)

    await (await join()).close()
  }))

  it('survives what is no HTTP', withDoor({}, async ({ babble, join }) => {
    for (const rubbish of ['\0\0\0\0', 'GET\r\n\r\n', '\x16\x03\x01\x02\x00', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', `GET /${PASSCODE} HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`])
      assert.match(await babble(rubbish), /^HTTP\/1\.1 4\d\d /, JSON.stringify(rubbish))

    await (await join()).close()
  }))

  it('refuses as the chat behind it does, for instance where $connect says no', withDoor({
    functions: { connect: () => ({ statusCode: 401 }) }, routes: { $connect: { function: 'connect' } },
  }, async ({ knock }) => {
    assert.equal((await knock(`/${PASSCODE}`)).status, 401)
  }))

  it('says goodbye when it stops, and leaves the gateway open to this machine', withDoor({}, async ({ door, join, port, apiId }) => {
    const guest = await join()
    const local = await openClient(`ws://127.0.0.1:${port}/${apiId}/beta`)

    await door.stop()

    assert.deepEqual(await guest.closed, { code: 1001, reason: 'Going away' })
    await local.settled()
    await assert.rejects(join(), /ECONNREFUSED/)
  }))
})
