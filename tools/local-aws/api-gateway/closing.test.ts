import assert from 'node:assert/strict'
import net from 'node:net'
import { after, before, describe, it } from 'node:test'
import { manualClock } from '../clock.ts'
import { startGateway, until } from './gateway-testing.ts'

const clock = manualClock()
let gateway: Awaited<ReturnType<typeof startGateway>>

before(async () => { gateway = await startGateway({ clock, functions: { bye: () => ({ statusCode: 200 }), echo: (event) => ({ statusCode: 200, body: event.body }) } }) })
after(() => gateway.stop())

async function connected() {
  const api = await gateway.api({ $disconnect: { function: 'bye' }, $default: { function: 'echo', twoWay: true } })
  const client = await gateway.open(api.url)
  const farewells = () => gateway.calls.filter(({ event }) => event.requestContext.apiId === api.apiId && event.requestContext.eventType === 'DISCONNECT')
  return {
    ...api, client,
    id: gateway.eventsOf('connection').findLast(({ apiId }) => apiId === api.apiId)!.connectionId,
    /** the event of `$disconnect`, as soon as it has come */
    async farewell() {
      await until(() => farewells().length > 0, '$disconnect runs')
      assert.equal(farewells().length, 1)
      return farewells()[0]!
    },
  }
}
async function ending(of: Awaited<ReturnType<typeof connected>>) {
  const { disconnectStatusCode, disconnectReason } = (await of.farewell()).event.requestContext
  return { code: disconnectStatusCode, reason: disconnectReason }
}

describe('the end of a connection', () => {
  it('A5 gives $disconnect the recorded event, key by key', async () => {
    const connection = await connected()

    await connection.client.close(1000, 'probe-complete')

    const { json, event: { requestContext: context } } = await connection.farewell()
    const host = `${connection.apiId}.execute-api.eu-west-1.amazonaws.com`
    assert.equal(json, JSON.stringify({
      headers: { 'Host': host, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
      multiValueHeaders: { 'Host': [host], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] },
      requestContext: {
        routeKey: '$disconnect', disconnectStatusCode: 1000, eventType: 'DISCONNECT', extendedRequestId: context.requestId, requestTime: context.requestTime, messageDirection: 'IN',
        disconnectReason: 'probe-complete', stage: 'beta', connectedAt: context.connectedAt, requestTimeEpoch: context.requestTimeEpoch, identity: { sourceIp: '127.0.0.1' },
        requestId: context.requestId, domainName: host, connectionId: connection.id, apiId: connection.apiId,
      },
      isBase64Encoded: false,
    }))
  })

  it('A10.1 echoes code and reason of the client', async () => {
    const connection = await connected()

    assert.deepEqual(await connection.client.close(4001, 'bored'), { code: 4001, reason: 'bored' })
    assert.deepEqual(await ending(connection), { code: 4001, reason: 'bored' })
  })

  it('A10.2 calls an empty close frame 1005', async () => {
    const connection = await connected()

    assert.equal((await connection.client.close()).code, 1005)
    assert.deepEqual(await ending(connection), { code: 1005, reason: 'Client-side close frame status not set' })
  })

  it('A10.3 calls a client that vanished 1006', async () => {
    const connection = await connected()

    connection.client.socket.terminate()

    assert.deepEqual(await ending(connection), { code: 1006, reason: 'Connection closed abnormally' })
  })

  it('A10.4 A12.6 comes after 10 idle minutes; messages, pings and posts begin them anew', async () => {
    const connection = await connected()
    const almost = 10 * 60_000 - 1

    clock.advance(almost)
    connection.client.send('still here')
    await connection.client.next()
    clock.advance(almost)
    await connection.client.settled()
    clock.advance(almost)
    await gateway.manage('POST', `${connection.apiId}/beta`, connection.id, { body: 'hello' })
    await connection.client.next()
    clock.advance(almost)
    assert.equal(connection.client.socket.readyState, connection.client.socket.OPEN)
    clock.advance(1)

    assert.deepEqual(await connection.client.closed, { code: 1001, reason: 'Going away' })
    assert.deepEqual(await ending(connection), { code: 1001, reason: 'Going away' })
  })

  it('A10.5 A12.6 comes after 2 hours, however busy', async () => {
    const connection = await connected()

    for (let minutes = 0; minutes < 120; minutes += 5) {
      connection.client.send('busy')
      await connection.client.next()
      clock.advance(5 * 60_000)
    }

    assert.deepEqual(await connection.client.closed, { code: 1001, reason: 'Going away' })
  })

  it('A10.6 comes with 1003 after a binary frame', async () => {
    const connection = await connected()

    connection.client.send(Buffer.from('hi'))

    assert.deepEqual(await connection.client.closed, { code: 1003, reason: 'Binary is not supported' })
    assert.deepEqual(await ending(connection), { code: 1003, reason: 'Binary is not supported' })
  })

  it('A10.7 comes with 1009 after a frame over 32 KB, not at 32 KB', async () => {
    const connection = await connected()
    const largest = 'x'.repeat(32 * 1024)

    connection.client.send(largest)
    assert.equal(await connection.client.next(), largest)
    connection.client.send(`${largest}x`)

    assert.deepEqual(await connection.client.closed, { code: 1009, reason: 'Message too big' })
    assert.deepEqual(await ending(connection), { code: 1009, reason: 'Message too big' })
    const messages = gateway.calls.filter(({ event }) => event.requestContext.apiId === connection.apiId && event.requestContext.eventType === 'MESSAGE')
    assert.equal(messages.length, 1)
  })

  it('A12.5 comes with 1009 after a message over 128 KB in frames of 32 KB, not at 128 KB', async () => {
    const connection = await connected()
    const { socket } = connection.client
    const part = 'x'.repeat(32 * 1024)
    const fragments = (count: number) => { for (let i = 1; i <= count; i++) socket.send(part, { fin: i === count }) }

    fragments(4)
    assert.equal((await connection.client.next()).length, 128 * 1024)
    fragments(5)

    assert.equal((await connection.client.closed).code, 1009)
  })

  it('A10.9 comes with 1007 after invalid UTF-8', async () => {
    const connection = await connected()

    connection.client.socket.send(Buffer.from([0xff, 0xfe]), { binary: false })

    assert.deepEqual(await connection.client.closed, { code: 1007, reason: 'Invalid UTF-8' })
    assert.equal((await ending(connection)).code, 1007)
  })

  it('A10.10 comes with 1002 after a violation of the protocol', async () => {
    const connection = await connected()

    ;(connection.client.socket as unknown as { _socket: net.Socket })._socket.write(Buffer.from([0x83, 0x80, 0, 0, 0, 0])) // opcode 3 does not exist

    assert.equal((await connection.client.closed).code, 1002)
    assert.equal((await ending(connection)).code, 1002)
  })

  it('A10.11 B1.8 comes with 1000 after DELETE @connections', async () => {
    const connection = await connected()

    await gateway.manage('DELETE', `${connection.apiId}/beta`, connection.id)

    assert.deepEqual(await connection.client.closed, { code: 1000, reason: 'Connection Closed Normally' })
    assert.deepEqual(await ending(connection), { code: 1000, reason: 'Connection Closed Normally' })
  })

  it('A10.12 comes when the API or the stage is deleted', async () => {
    const [first, second] = [await connected(), await connected()]

    await gateway.control('DeleteApi', { ApiId: first.apiId })
    await gateway.control('DeleteStage', { ApiId: second.apiId, StageName: 'beta' })

    assert.equal((await first.client.closed).code, 1001)
    assert.equal((await second.client.closed).code, 1001)
  })

  it('A12.13 answers pings with pongs', async () => {
    const { client } = await connected()

    await client.settled()
  })

  it('comes for a client that does not read, once 1 MB waits for it', async () => {
    const connection = await connected()
    connection.client.socket.pause()
    const body = 'x'.repeat(128 * 1024)

    let status = 200
    for (let posts = 0; status === 200 && posts < 500; posts++) status = (await gateway.manage('POST', `${connection.apiId}/beta`, connection.id, { body })).status

    assert.equal(status, 410)
    assert.equal((await ending(connection)).code, 1006)
    connection.client.socket.terminate()
  })
})

describe('a gateway that closes', () => {
  it('says 1001 to everyone and waits for their $disconnect', async () => {
    const own = await startGateway({ functions: { bye: async () => { await new Promise((resolve) => { setImmediate(resolve) }) } } })
    const { url } = await own.api({ $disconnect: { function: 'bye' } })
    const clients = [await own.open(url), await own.open(url)]

    await own.close()

    assert.equal(own.calls.length, 2)
    for (const client of clients) assert.equal((await client.closed).code, 1001)
    await own.stop()
  })

  it('does not wait for a client that never answers', async () => {
    const own = await startGateway({ functions: { bye: () => ({ statusCode: 200 }) } })
    const { url } = await own.api({ $disconnect: { function: 'bye' } })
    const client = await own.open(url)
    client.socket.pause()

    await own.close()

    assert.equal(own.calls.length, 1)
    client.socket.terminate()
    await own.stop()
  })
})
