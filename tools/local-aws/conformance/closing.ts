import assert from 'node:assert/strict'
import { fact, localFact, section } from './fact.ts'
import { chat, makeApi, member, quiet } from './harness/apis.ts'
import { recordedEvent } from './harness/functions.ts'
import { refusal } from './harness/sdk.ts'
import { connect, knock, type RawClient } from './harness/socket.ts'
import { withStillClock } from './harness/still-clock.ts'
import type { World } from './harness/world.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'
const [TEXT, BINARY, CLOSE, PING] = [1, 2, 8, 9]
const MINUTES = 60_000

/** A client with a WebSocket of our own making, and its id. */
async function rawMember(world: World): Promise<RawClient & { id: string }> {
  const { url } = await chat(world)
  const { raw } = await knock(url, { headers: { 'User-Agent': 'raw' } })
  raw!.send(TEXT, '{"action":"twoWay","do":"event"}')
  let text = ''
  for (let last = false; !last;) {
    const frame = await raw!.next()
    text += frame.payload.toString()
    last = frame.isLast
  }
  return { ...raw!, id: JSON.parse(text).requestContext.connectionId }
}

/** What the $disconnect route heard of the end. */
async function endOf(world: World, id: string) {
  const { disconnectStatusCode, disconnectReason } = JSON.parse(await recordedEvent(world, id, 'DISCONNECT')).requestContext
  return [disconnectStatusCode, disconnectReason]
}

/** Sends frames, then answers the close frame that came and what $disconnect heard. */
async function closedBy(world: World, ...sent: Parameters<RawClient['send']>[]) {
  const client = await rawMember(world)
  for (const frame of sent) client.send(...frame)
  const { code, reason } = await client.closing()
  const heard = await endOf(world, client.id)
  client.destroy()
  return { seen: [code, reason], heard }
}

export const closing = section('A10, A12 closing and limits', [
  fact('A10.1', 'O', 'a client\'s own code and reason are echoed, and $disconnect hears them', 'CAP-LIFE', LIFE, async (world) => {
    const client = await member(world)

    assert.deepEqual(await client.close(1000, 'probe-complete'), { code: 1000, reason: 'probe-complete' })
    assert.deepEqual(await endOf(world, client.id), [1000, 'probe-complete'])
  }),
  fact('A10.2', 'D', 'an empty close frame is 1005, Client-side close frame status not set',
    'GDG/apigateway-websocket-api-integration-requests.html', DOCS, async (world) => {
    const client = await rawMember(world)
    client.send(CLOSE, '')

    assert.deepEqual(await endOf(world, client.id), [1005, 'Client-side close frame status not set'])
    client.destroy()
  }),
  fact('A10.3', 'U', 'a client that vanishes is 1006, Connection closed abnormally', 'STACKD', DOCS, async (world) => {
    const client = await rawMember(world)
    client.destroy()

    assert.deepEqual(await endOf(world, client.id), [1006, 'Connection closed abnormally'])
  }),
  localFact('clock', 'A10.4', 'O', 'ten idle minutes end a connection with 1001, Going away',
    'WSQ, IDLE', '2024-02-19', () => withStillClock(async (world, advance) => {
    const client = await connect((await quiet(world)).url)
    await advance(10 * MINUTES)

    assert.deepEqual(await client.closed, { code: 1001, reason: 'Going away' })
  })),
  localFact('clock', 'A10.5', 'U', 'two hours end a connection with 1001, Going away, however busy it is',
    'WSQ, SLS', DOCS, () => withStillClock(async (world, advance) => {
    const client = await connect((await quiet(world)).url)
    for (let minutes = 0; minutes < 120; minutes += 8) {
      await pinged(client.socket)
      await advance(8 * MINUTES)
    }

    assert.deepEqual(await client.closed, { code: 1001, reason: 'Going away' })
  })),
  fact('A10.6', 'O', 'a binary frame ends it with 1003, Binary is not supported',
    'GDG/websocket-api-develop-binary-media-types.html, CAP-LIFE', LIFE, async (world) => {
    const end = [1003, 'Binary is not supported']
    assert.deepEqual(await closedBy(world, [BINARY, 'x']), { seen: end, heard: end })
  }),
  fact('A10.7', 'D', 'a frame over 32 KB, or a message over 128 KB, ends it with 1009', 'WSQ', DOCS, async (world) => {
    const part = 'x'.repeat(32_768)
    const message: Parameters<RawClient['send']>[] = [
      [TEXT, part, { isLast: false }], [0, part, { isLast: false }], [0, part, { isLast: false }], [0, part, { isLast: false }],
      [0, 'x', { isLast: true }],
    ]

    assert.equal((await closedBy(world, [TEXT, 'x'.repeat(32_769)])).seen[0], 1009)
    assert.equal((await closedBy(world, ...message)).seen[0], 1009)
  }),
  fact('A10.7', 'U', 'and the reason is Message too big', 'STACKD', DOCS, async (world) => {
    const end = [1009, 'Message too big']
    assert.deepEqual(await closedBy(world, [TEXT, 'x'.repeat(32_769)]), { seen: end, heard: end })
  }),
  fact('A10.8', 'U', 'no frame Message too long comes instead', 'floci-io/floci PR #938 says so', DOCS, async (world) => {
    const client = await rawMember(world)
    client.send(TEXT, 'x'.repeat(40_000))

    assert.equal((await client.next()).opcode, CLOSE)
    client.destroy()
  }),
  fact('A10.9', 'U', 'text that is not UTF-8 ends it with 1007, Invalid UTF-8', 'STACKD', DOCS, async (world) => {
    const end = [1007, 'Invalid UTF-8']
    assert.deepEqual(await closedBy(world, [TEXT, Buffer.from([0xff, 0xfe])]), { seen: end, heard: end })
  }),
  fact('A10.10', 'U', 'a frame against the protocol ends it with 1002', 'RFC 6455, STACKD', DOCS, async (world) => {
    assert.equal((await closedBy(world, [TEXT, 'x', { reserved: 4 }])).seen[0], 1002)
    assert.equal((await closedBy(world, [TEXT, 'x', { isMasked: false }])).seen[0], 1002)
  }),
  fact('A10.11', 'O', 'DELETE @connections ends it with 1000, Connection Closed Normally', 'CAP-MGMT', LIFE, async (world) => {
    const client = await member(world)
    await world.aws.connections(client.event.requestContext.apiId, 'beta').deleteConnection({ ConnectionId: client.id })

    assert.deepEqual(await client.closed, { code: 1000, reason: 'Connection Closed Normally' })
    assert.deepEqual(await endOf(world, client.id), [1000, 'Connection Closed Normally'])
  }),
  fact('A10.12', 'U', 'when its stage or API is deleted, a connection ends with 1001, Going away', 'none', DOCS, async (world) => {
    const { apiId, url } = await makeApi(world, 'deleted', { quiet: {} })
    const ofStage = await connect(url)
    await world.aws.apigatewayv2.deleteStage({ ApiId: apiId, StageName: 'beta' })

    assert.deepEqual(await ofStage.closed, { code: 1001, reason: 'Going away' })
  }),
  fact('A5.4', 'O', 'ends that the gateway makes reach $disconnect too', 'IDLE, CAP-LIFE, CAP-MGMT', LIFE, async (world) => {
    const { heard } = await closedBy(world, [BINARY, 'x'])
    assert.equal(heard[0], 1003)
  }),
  fact('A5.5', 'O', 'a refused handshake has no $disconnect (proven with A2.17)', 'CAP-LIFE', LIFE, async (world) => {
    const { url } = await makeApi(world, 'refused', { $connect: { mock: { statusCode: 401 } }, $disconnect: { mock: { statusCode: 200 } } })
    await assert.rejects(connect(url), { message: 'Unexpected server response: 401' })
  }),

  fact('A12.2', 'D', 'there is no quota for connections at one time', 'WSQ', DOCS, async (world) => {
    const { url } = await quiet(world)
    const clients = await Promise.all(Array.from({ length: 60 }, () => connect(url)))

    assert.equal(clients.length, 60)
    await Promise.all(clients.map((client) => client.close()))
  }),
  fact('A12.4', 'D', 'an integration has 50 ms to 29 s, 29 s by default', 'WSQ', DOCS, async (world) => {
    const { apiId } = await quiet(world)
    const create = (TimeoutInMillis?: number) => world.aws.apigatewayv2.createIntegration({
      ApiId: apiId, IntegrationType: 'MOCK', TimeoutInMillis,
    })

    assert.equal((await create()).TimeoutInMillis, 29_000)
    assert.equal((await create(50)).TimeoutInMillis, 50)
    for (const ms of [49, 29_001]) assert.equal((await refusal(create(ms))).name, 'BadRequestException')
  }),
  fact('A12.5', 'D', 'a frame of 32 KB and a message of 128 KB in such frames are taken', 'WSQ', DOCS, async (world) => {
    const client = await rawMember(world)
    const part = Buffer.alloc(32_768, 'x')
    client.send(TEXT, part, { isLast: false })
    client.send(0, part, { isLast: false })
    client.send(0, part, { isLast: false })
    client.send(0, part)

    assert.equal((await client.next()).payload.toString(), 'done')
    client.destroy()
  }),
  localFact('clock', 'A12.6', 'D', 'ten minutes without a message and two hours in all are the limits',
    'WSQ', DOCS, () => withStillClock(async (world, advance) => {
    const client = await connect((await quiet(world)).url)
    await advance(10 * MINUTES - 1)
    assert.equal(client.socket.readyState, client.socket.OPEN)
    await advance(1)

    assert.equal((await client.closed).code, 1001)
  })),
  localFact('clock', 'A12.12', 'O', 'a message of the client and a POST keep a connection alive, a GET does not',
    'CAP-MGMT', LIFE, () => withStillClock(async (world, advance) => {
    const { apiId, url, stage } = await quiet(world)
    const ids: string[] = []
    const heard = new Promise<void>((resolve) => {
      world.local!.events.on((event) => {
        if (event.kind === 'connection' && event.change === 'opened') ids.push(event.connectionId)
        if (event.kind === 'frame' && event.direction === 'in') resolve()
      })
    })
    const [talker, reader, looked] = [await connect(url), await connect(url), await connect(url)]
    await advance(4 * MINUTES)
    talker.send({ action: 'quiet' })
    await heard
    const connections = world.aws.connections(apiId, stage)
    await connections.postToConnection({ ConnectionId: ids[1], Data: 'hello' })
    await connections.getConnection({ ConnectionId: ids[2] })
    await advance(6 * MINUTES)

    assert.equal((await looked.closed).code, 1001)
    assert.deepEqual([talker.socket.readyState, reader.socket.readyState], [1, 1])
  })),
  localFact('clock', 'A12.13', 'U', 'pings are answered, and count as activity',
    'STACKD; the documentation is silent', DOCS, () => withStillClock(async (world, advance) => {
    const client = await connect((await quiet(world)).url)
    await advance(9 * MINUTES)
    await pinged(client.socket)
    await advance(9 * MINUTES)

    assert.equal(client.socket.readyState, client.socket.OPEN)
  })),
  localFact('clock', 'A12.14', 'O', 'the gateway sends no pings of its own',
    'CAP-MGMT, CAP-LIFE', LIFE, () => withStillClock(async (world, advance) => {
    const { raw } = await knock((await quiet(world)).url)
    for (let minutes = 0; minutes < 9; minutes++) await advance(MINUTES)
    raw!.send(PING, 'fence')

    assert.equal((await raw!.next()).opcode, 10, 'the pong is the first frame that comes')
    raw!.destroy()
  })),
  fact('A12.9', 'D', 'a mapping template has at most 300 KB', 'WSQ', DOCS, async (world) => {
    const { apiId } = await quiet(world)
    const template = (bytes: number) => `{"statusCode": 200, "note": "${'x'.repeat(bytes - 32)}"}`
    const create = (bytes: number) => world.aws.apigatewayv2.createIntegration({
      ApiId: apiId, IntegrationType: 'MOCK', RequestTemplates: { $default: template(bytes) },
    })

    assert.ok((await create(300_000)).IntegrationId)
    assert.equal((await refusal(create(310_000))).name, 'BadRequestException')
  }),
  localFact('faults', 'A12.10', 'D', 'beyond ten calls a second the control plane answers TooManyRequestsException',
    'GWQ', DOCS, throttled('GetApis', async ({ aws }) => aws.apigatewayv2.getApis({}))),
  localFact('faults', 'A12.11', 'D', 'a second CreateDeployment within 5 s is answered with TooManyRequestsException',
    'GWQ', DOCS, throttled(
      'CreateDeployment', async (world) => world.aws.apigatewayv2.createDeployment({ ApiId: (await quiet(world)).apiId }),
    )),
])

/** Rates are not counted here; the error can be asked for. */
function throttled(operation: string, call: (world: World) => Promise<unknown>) {
  return async (world: World) => {
    await quiet(world)
    const undo = world.local!.faults.set({ kind: 'throttle', service: 'apigatewayv2', operation })
    try {
      const { name, status } = await refusal(call(world))
      assert.deepEqual([name, status], ['TooManyRequestsException', 429])
    } finally {
      undo()
    }
  }
}

/** Resolves when the gateway has answered a ping, hence has read what came before it. */
const pinged = (socket: import('ws').WebSocket) => new Promise<void>((resolve) => {
  socket.once('pong', () => resolve())
  socket.ping()
})
