import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { member } from './harness/apis.ts'

const DOCS = '2026-11'

/** What waits for what, and what does not. */
export const order = section('A13 order', [
  fact('A13.1', 'D', 'two-way answers need not come in the order of the requests',
    'GDG/apigateway-websocket-api-overview.html', DOCS, async (world) => {
    const client = await member(world)
    client.send({ action: 'twoWay', do: 'sleep', ms: 5_000 })
    client.send({ action: 'twoWay', do: 'return', result: { statusCode: 200, body: 'quick' } })

    assert.deepEqual([await client.next(), await client.next()], ['quick', 'done'])
    await client.close()
  }),
  fact('A13.2', 'D', 'each message is an invocation of its own', 'by silence of the documentation', DOCS, async (world) => {
    const client = await member(world)
    client.send({ action: 'twoWay', do: 'event' })
    client.send({ action: 'twoWay', do: 'event' })
    const ids = [await client.next(), await client.next()].map((text) => JSON.parse(text).requestContext.requestId)
    await client.close()

    assert.equal(new Set(ids).size, 2)
  }),
  fact('A13.3', 'U', 'the next frame is dispatched before the invocation of the one before has ended',
    'aws-samples/bedrock-chat says yes, two emulators say no', DOCS, async (world) => {
    const client = await member(world)
    const ms = 3_000
    const startedAt = Date.now()
    for (let i = 0; i < 3; i++) client.send({ action: 'twoWay', do: 'sleep', ms })
    for (let i = 0; i < 3; i++) await client.next()
    await client.close()

    assert.ok(Date.now() - startedAt < 3 * ms, 'one after the other takes longer')
  }),
  fact('A13.4', 'D', 'a post is answered as soon as the gateway has taken the bytes; nothing waits for the client',
    'by silence of the documentation', DOCS, async (world) => {
    const client = await member(world)
    client.socket.pause()
    const connections = world.aws.connections(client.event.requestContext.apiId, 'beta')
    for (let i = 0; i < 3; i++) await connections.postToConnection({ ConnectionId: client.id, Data: String(i) })
    client.socket.resume()

    assert.deepEqual(new Set([await client.next(), await client.next(), await client.next()]), new Set(['0', '1', '2']))
    await client.close()
  }),
  fact('A13.5', 'O', 'work that is not awaited when the handler returns is frozen, and may be lost',
    'blog.dai.codes, Websocket broadcast issues', '2023', async (world) => {
    const client = await member(world)
    client.send({ action: 'twoWay', do: 'postLater', ms: 400 })
    assert.equal(await client.next(), 'done')

    const late = await Promise.race([
      client.next().then(() => 'delivered'), new Promise((resolve) => { setTimeout(resolve, 2_000, 'frozen') }),
    ])
    assert.equal(late, 'frozen')
    await client.close()
  }),
])
