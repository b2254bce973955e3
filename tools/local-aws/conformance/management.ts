import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { chat, member } from './harness/apis.ts'
import { recordedEvent } from './harness/functions.ts'
import { allow, sessionWith } from './harness/roles.ts'
import { knock } from './harness/socket.ts'
import { ask, goneId, post, type Ask } from './harness/connections.ts'
import type { World } from './harness/world.ts'

const MGMT = '2026-09-25'
const DOCS = '2026-11'

/** A second stage of the chat, which serves the same deployment. */
const otherStage = (world: World) => world.once('other stage', async () => {
  const { apiId } = await chat(world)
  const { Items: [deployment] = [] } = await world.aws.apigatewayv2.getDeployments({ ApiId: apiId })
  await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'other', DeploymentId: deployment!.DeploymentId })
  return 'other'
})

const METHODS = ['GET', 'POST', 'DELETE'] as const

export const management = section('B1, B3 @connections', [
  fact('B1.1', 'O', 'POST answers 200 with no body, content-length 0 and content-type application/json',
    'CAP-MGMT allow-post-text', MGMT, async (world) => {
    const client = await member(world)
    const answer = await post(world, client.id, 'hello')

    assert.deepEqual(
      [answer.status, answer.body, answer.headers['content-length'], answer.headers['content-type']], [200, '', '0', 'application/json'],
    )
    assert.equal(await client.next(), 'hello')
    await client.close()
  }),
  fact('B1.2', 'O', 'GET answers 200 with the connection as JSON', 'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    const { status, body } = await ask(world, { id: client.id })
    await client.close()

    assert.equal(status, 200)
    assert.deepEqual(Object.keys(JSON.parse(body)), ['identity', 'connectedAt', 'lastActiveAt'])
  }),
  fact('B1.3', 'O', 'DELETE answers 204 without body and content-length, still with content-type application/json',
    'CAP-MGMT allow-delete-control', MGMT, async (world) => {
    const client = await member(world)
    const { status, body, headers } = await ask(world, { method: 'DELETE', id: client.id })

    assert.deepEqual([status, body, headers['content-length'], headers['content-type']], [204, '', undefined, 'application/json'])
  }),
  fact('B1.4', 'O', 'the bytes reach the client as one text message; each byte that is not UTF-8 becomes U+FFFD',
    'CAP-MGMT allow-post-text/utf8/binary-frames', MGMT, async (world) => {
    const { raw } = await knock((await chat(world)).url, { headers: { 'User-Agent': 'raw' } })
    raw!.send(1, '{"action":"twoWay","do":"event"}')
    const id = JSON.parse((await raw!.next()).payload.toString()).requestContext.connectionId
    await post(world, id, Buffer.from('héllo 🎉'))
    const text = await raw!.next()
    await post(world, id, Buffer.concat([Buffer.from([0x00, 0xff, 0xfe, 0x80]), Buffer.from('native')]))
    const bytes = await raw!.next()
    raw!.destroy()

    assert.deepEqual([text.opcode, text.payload.toString()], [1, 'héllo 🎉'])
    assert.deepEqual([bytes.opcode, bytes.payload.toString('hex')], [1, `00efbfbdefbfbdefbfbd${Buffer.from('native').toString('hex')}`])
  }),
  fact('B1.5', 'O', 'an empty POST is an empty text frame, and moves lastActiveAt', 'CAP-MGMT allow-post-empty', MGMT, async (world) => {
    const client = await member(world)
    const before = JSON.parse((await ask(world, { id: client.id })).body).lastActiveAt
    await new Promise((resolve) => { setTimeout(resolve, 5) })

    assert.equal((await post(world, client.id, '')).status, 200)
    assert.equal(await client.next(), '')
    assert.ok(JSON.parse((await ask(world, { id: client.id })).body).lastActiveAt > before)
    await client.close()
  }),
  fact('B1.6', 'O', 'the id may be percent-encoded or raw', 'GDG, awscurl #61', '2021', async (world) => {
    const client = await member(world)

    assert.equal((await ask(world, { id: client.id, raw: true })).status, 200)
    assert.equal((await ask(world, { id: encodeURIComponent(client.id), raw: true })).status, 200)
    await client.close()
  }),
  fact('B1.7', 'O', 'the stage does not own the connection: every verb works through another stage of the API',
    'CAP-MGMT other-stage-get/post/delete', MGMT, async (world) => {
    const stage = await otherStage(world)
    const client = await member(world)

    assert.equal((await ask(world, { id: client.id, stage })).status, 200)
    assert.equal((await post(world, client.id, 'hello', { stage })).status, 200)
    assert.equal((await ask(world, { method: 'DELETE', id: client.id, stage })).status, 204)
    assert.equal((await client.closed).code, 1000)
  }),
  fact('B1.8', 'O', 'DELETE closes the socket with 1000 Connection Closed Normally, and $disconnect hears the same',
    'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    await ask(world, { method: 'DELETE', id: client.id })
    const { disconnectStatusCode, disconnectReason } = JSON.parse(await recordedEvent(world, client.id, 'DISCONNECT')).requestContext

    assert.deepEqual(await client.closed, { code: 1000, reason: 'Connection Closed Normally' })
    assert.deepEqual([disconnectStatusCode, disconnectReason], [1000, 'Connection Closed Normally'])
  }),
  fact('B1.9', 'O', 'right after DELETE every verb answers 410', 'CAP-MGMT deleted-id-*', MGMT, async (world) => {
    const client = await member(world)
    await ask(world, { method: 'DELETE', id: client.id })

    for (const method of METHODS) assert.equal((await ask(world, { method, id: client.id })).status, 410, method)
  }),
  fact('B1.9', 'O', 'and after the client has left', 'CAP-MGMT client-closed-id-*', MGMT, async (world) => {
    const id = await goneId(world)
    for (const method of METHODS) assert.equal((await ask(world, { method, id })).status, 410, method)
  }),
  fact('B2', 'O', 'the headers come in the recorded order; 200, 204 and 410 have a trace id, 400 and 403 have none',
    'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    const names = async (request: Ask) => (await ask(world, request)).rawHeaders.filter((_, at) => at % 2 === 0)
    const { keys } = await sessionWith(world, allow('dynamodb:Scan'))

    assert.deepEqual(
      await names({ method: 'POST', id: client.id, body: 'x' }),
      ['Date', 'Content-Type', 'Content-Length', 'Connection', 'x-amzn-RequestId', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'],
    )
    assert.deepEqual(
      await names({ method: 'DELETE', id: client.id }),
      ['Date', 'Content-Type', 'Connection', 'x-amzn-RequestId', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'],
    )
    assert.deepEqual(
      await names({ id: client.id }),
      ['Date', 'Content-Type', 'Content-Length', 'Connection', 'x-amzn-RequestId', 'x-amzn-ErrorType', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'],
    )
    for (const refused of [{ id: 'AAAAAAAAAAAAAAA=' }, { id: client.id, keys }])
      assert.deepEqual(
        await names(refused),
        ['Date', 'Content-Type', 'Content-Length', 'Connection', 'x-amzn-RequestId', 'x-amzn-ErrorType', 'x-amz-apigw-id'],
      )
  }),
  fact('B3', 'O', 'the GET body is byte for byte: two blanks of indent, blanks around the colons, no newline at the end',
    'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world, { headers: { 'User-Agent': 'my-client' } })
    const { body } = await ask(world, { id: client.id })
    await client.close()

    const { identity: { sourceIp }, connectedAt, lastActiveAt } = JSON.parse(body)
    assert.equal(
      body,
      `{\n  "identity" : {\n    "sourceIp" : "${sourceIp}",\n    "userAgent" : "my-client"\n  },\n  "connectedAt" : "${connectedAt}",\n  "lastActiveAt" : "${lastActiveAt}"\n}`,
    )
  }),
  fact('B3.1', 'O', 'times are ISO 8601 with milliseconds and Z', 'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    const { connectedAt, lastActiveAt } = JSON.parse((await ask(world, { id: client.id })).body)
    await client.close()

    for (const time of [connectedAt, lastActiveAt]) assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  }),
  fact('B3.2', 'M', 'SDKs show the members as ConnectedAt, Identity.SourceIp, Identity.UserAgent, LastActiveAt',
    'SDKM', '2026-11-24', async (world) => {
    const client = await member(world, { headers: { 'User-Agent': 'my-client' } })
    const { ConnectedAt, Identity, LastActiveAt } = await world.aws.connections((await chat(world)).apiId, 'beta').getConnection({ ConnectionId: client.id })
    await client.close()

    assert.ok(ConnectedAt instanceof Date && LastActiveAt instanceof Date)
    assert.deepEqual(Object.keys(Identity!), ['SourceIp', 'UserAgent'])
  }),
  fact('B3.3', 'O', 'connectedAt is requestContext.connectedAt to the millisecond', 'CAP-MGMT', MGMT, async (world) => {
    const client = await member(world)
    const { connectedAt } = JSON.parse((await ask(world, { id: client.id })).body)
    await client.close()

    assert.equal(connectedAt, new Date(client.event.requestContext.connectedAt).toISOString())
  }),
  fact('B3.4', 'O', 'lastActiveAt is the time of the last message, moved neither by GET, nor by a refused call, nor by 413',
    'CAP-MGMT activity-get-*, payload-131073-survival', MGMT, async (world) => {
    const client = await member(world)
    const lastActiveAt = async () => JSON.parse((await ask(world, { id: client.id })).body).lastActiveAt
    const before = await lastActiveAt()
    const { keys } = await sessionWith(world, allow('execute-api:Invoke'))
    await post(world, client.id, 'refused', { keys })
    await post(world, client.id, Buffer.alloc(131_073))

    assert.equal(await lastActiveAt(), before)
    await client.close()
  }),
  fact('B3.5', 'U', 'without a User-Agent header userAgent is missing', 'none', DOCS, async (world) => {
    const { raw } = await knock((await chat(world)).url)
    raw!.send(1, '{"action":"twoWay","do":"event"}')
    const { connectionId } = JSON.parse((await raw!.next()).payload.toString()).requestContext
    const { identity } = JSON.parse((await ask(world, { id: connectionId })).body)
    raw!.destroy()

    assert.deepEqual(Object.keys(identity), ['sourceIp'])
  }),
])
