import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { chat, connectHandlerPosts, member } from './harness/apis.ts'
import { call, ownKeys, send } from './harness/http.ts'
import { allow, sessionWith, type Statement } from './harness/roles.ts'
import { knock } from './harness/socket.ts'
import { ask, GONE, goneId, post, seen } from './harness/connections.ts'
import type { World } from './harness/world.ts'

const MGMT = '2026-09-25'
const DOCS = '2026-11'

export const managementAccess = section('B4–B6 payloads, permissions, posting from handlers', [
  fact('B4.1', 'O', '131,072 bytes are delivered whole; the 32 KB of a frame bind clients, not POST',
    'CAP-MGMT payload-*', MGMT, async (world) => {
    const client = await member(world)
    const text = 'x'.repeat(131_072)

    assert.equal((await post(world, client.id, text)).status, 200)
    assert.equal(await client.next(), text)
    await client.close()
  }),
  fact('B4.2', 'O', 'the gateway splits long messages into frames of at most 8,192 bytes; clients see one message',
    'CAP-MGMT payload-*-frames', MGMT, async (world) => {
    const { raw } = await knock((await chat(world)).url, { headers: { 'User-Agent': 'raw' } })
    raw!.send(1, '{"action":"twoWay","do":"event"}')
    const { connectionId } = JSON.parse((await raw!.next()).payload.toString()).requestContext
    await post(world, connectionId, 'x'.repeat(32_768))
    const frames = [await raw!.next()]
    while (!frames.at(-1)!.isLast) frames.push(await raw!.next())
    raw!.destroy()

    assert.deepEqual(frames.map(({ opcode }) => opcode), [1, ...Array.from({ length: frames.length - 1 }, () => 0)])
    assert.equal(frames.reduce((sum, { payload }) => sum + payload.length, 0), 32_768)
    assert.ok(
      frames.length > 1 && frames.every(({ payload }) => payload.length <= 8_192), String(frames.map(({ payload }) => payload.length)),
    )
  }),
  fact('B5.1', 'D', 'calls are signed for execute-api, also where no route has an authorizer',
    'GDG/apigateway-how-to-call-websocket-api-connections.html', DOCS, async (world) => {
    const { apiId } = await chat(world)
    const base = world.cloud.managementEndpoint(apiId, 'beta')
    const path = `${new URL(base).pathname}/@connections/${encodeURIComponent(await goneId(world))}`

    assert.equal((await send(new URL(base).origin, { path })).status, 403)
    assert.equal((await call(world, { service: 'execute-api', base: new URL(base).origin }, { path })).status, 410)
  }),
  fact('B5.2', 'O', 'the canonical path is the raw path percent-encoded once more',
    'awscurl #61 (echo from AWS), SDKM', '2021', async (world) => {
    const { body } = await post(world, 'x=', 'x', { keys: { ...await ownKeys(world.cloud), secretAccessKey: 'wrong' } })

    assert.match(JSON.parse(body).message, /\/beta\/%40connections\/x%253D\n/)
  }),
  fact('B5.3', 'O', 'the action is execute-api:ManageConnections; execute-api:Invoke does not help',
    'CAP-MGMT missing-*', MGMT, allows({ status: 403 }, () => [allow('execute-api:Invoke')])),
  fact('B5.4', 'D', 'a resource …:API/STAGE/POST/@connections/* allows to post',
    'GDG/apigateway-websocket-control-access-iam.html', DOCS, allows(
      { status: 410 }, (api) => [allow('execute-api:ManageConnections', `${api}/beta/POST/@connections/*`)],
    )),
  fact('B5.5', 'O', 'what is evaluated ends in the literal text {connectionId}',
    'CAP-MGMT template-path-*', MGMT, allows(
      { status: 410 }, (api) => [allow('execute-api:ManageConnections', `${api}/beta/POST/@connections/{connectionId}`)],
    )),
  fact('B5.6', 'O', 'a policy that names a concrete id never matches; wider ones do',
    'CAP-MGMT exact-id-*, get-only-*', MGMT, async (world) => {
    const id = await goneId(world)
    await allows({ status: 403 }, (api) => [allow('execute-api:ManageConnections', `${api}/beta/POST/@connections/${id}`)])(world)
    for (const wider of ['/beta/*', '/*']) await allows(
      { status: 410 }, (api) => [allow('execute-api:ManageConnections', `${api}${wider}`)],
    )(world)
  }),
  fact('B5.7', 'O', 'a policy that ends in /POST/@connections does not match',
    'follows from B5.5; localstack #8942 differs', MGMT, allows(
      { status: 403 }, (api) => [allow('execute-api:ManageConnections', `${api}/beta/POST/@connections`)],
    )),
  fact('B5.8', 'O', 'a policy for POST allows neither GET nor DELETE', 'CDKI #18410', '2022', async (world) => {
    const api = await apiArn(world)
    const { keys } = await sessionWith(world, allow('execute-api:ManageConnections', `${api}/beta/POST/@connections/*`))
    const id = await goneId(world)

    assert.deepEqual([(await ask(world, { id, keys })).status, (await ask(world, { method: 'DELETE', id, keys })).status], [403, 403])
  }),
  fact('B5.9', 'O', 'a session policy counts at once',
    'CAP-MGMT', MGMT, allows({ status: 410 }, () => [allow('execute-api:ManageConnections')])),
  fact('B6.1', 'D', 'a POST from the $connect handler to its own connection fails with GoneException', 'RP-410', DOCS, async (world) => {
    assert.equal(await connectHandlerPosts(world), 'GoneException')
  }),
  fact('B6.2', 'D', 'a POST in answer to a first message of the client arrives', 'RP-410', DOCS, async (world) => {
    const client = await member(world)
    client.send({ action: 'twoWay', do: 'post' })

    assert.deepEqual(new Set([await client.next(), await client.next()]), new Set(['posted', 'posted']))
    await client.close()
  }),
  fact('B6.3', 'D', 'a POST from the $disconnect handler to the closing connection fails with 410', 'A5', DOCS, async (world) => {
    assert.deepEqual(seen(await post(world, await goneId(world), 'too late')), GONE)
  }),
])

const apiArn = async (world: World) => `arn:aws:execute-api:${world.cloud.region}:${world.cloud.account}:${(await chat(world)).apiId}`

/** Whether a session policy lets its holder post: to a connection that has gone, 410 says yes and 403 says no. */
function allows({ status }: { status: number }, statements: (api: string) => Statement[]) {
  return async (world: World) => {
    const { keys } = await sessionWith(world, ...statements(await apiArn(world)))
    assert.equal((await post(world, await goneId(world), 'x', { keys })).status, status)
  }
}
