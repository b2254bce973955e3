import assert from 'node:assert/strict'
import { fact, section, unanswered } from './fact.ts'
import { chat, member } from './harness/apis.ts'
import { recordedEvent } from './harness/functions.ts'
import { call } from './harness/http.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'

export const ids = section('A6 ids', [
  unanswered('A6.1', 'O', 'a connection id of the classic kind has 16 characters and one =',
    'seed text (2019), BREF, EXP', '2020',
    'ids are of the current kind (A6.2); of the other, only that code must take both is left (A6.7)'),
  fact('A6.2', 'O', 'a connection id has 20 characters of base64url and ends in ==', 'CAP-LIFE, CAP-MGMT', LIFE, async (world) => {
    const client = await member(world)
    await client.close()

    assert.match(client.id, /^[\w-]{18}==$/)
  }),
  fact('A6.3', 'O', 'a message id has the length and the ending of its connection\'s id', 'CAP-LIFE', LIFE, async (world) => {
    const client = await member(world)
    await client.close()

    const { messageId } = client.event.requestContext
    assert.equal(messageId.length, client.id.length)
    assert.equal(messageId.slice(-3), client.id.slice(-3))
    assert.notEqual(messageId, client.id)
  }),
  fact('A6.4', 'O', 'requestId and extendedRequestId are the same 16 characters, ending in one =', 'CAP-LIFE', LIFE, async (world) => {
    const client = await member(world)
    await client.close()
    const all = [
      client.event, JSON.parse(await recordedEvent(world, client.id, 'CONNECT')),
      JSON.parse(await recordedEvent(world, client.id, 'DISCONNECT')),
    ]

    for (const { requestContext: { requestId, extendedRequestId } } of all) {
      assert.match(requestId, /^[\w-]{15}=$/)
      assert.equal(extendedRequestId, requestId)
    }
  }),
  fact('A6.5', 'O', 'the request id of an @connections call is a UUID; the 16 characters are in x-amz-apigw-id',
    'CAP-MGMT', LIFE, async (world) => {
    const { apiId, stage } = await chat(world)
    const client = await member(world)
    const base = world.cloud.managementEndpoint(apiId, stage)
    const { headers } = await call(
      world, { service: 'execute-api', base }, { path: `${new URL(base).pathname}/@connections/${encodeURIComponent(client.id)}` },
    )
    await client.close()

    assert.match(String(headers['x-amzn-requestid']), /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    assert.match(String(headers['x-amz-apigw-id']), /^[\w-]{15}=$/)
  }),
  fact('A6.6', 'O', 'an error frame names the 16-character request id of the failed message', 'CAP-LOGS', LIFE, async (world) => {
    const client = await member(world)
    client.send({ action: 'twoWay', do: 'throw' })

    const frame = JSON.parse(await client.next())
    assert.match(frame.requestId, /^[\w-]{15}=$/)
    assert.equal(frame.connectionId, client.id)
    await client.close()
  }),
  fact('A6.7', 'D', 'an id is opaque and is percent-encoded in paths: = becomes %3D',
    'GDG/apigateway-how-to-call-websocket-api-connections.html', DOCS, async (world) => {
    const { apiId, stage } = await chat(world)
    const client = await member(world)
    await world.aws.connections(apiId, stage).postToConnection({ ConnectionId: client.id, Data: 'found' })

    assert.equal(await client.next(), 'found')
    await client.close()
  }),
  fact('A6.8', 'O', 'an id carries a check: with another first character it is 400, not 410',
    'CAP-MGMT missing-id-*', LIFE, async (world) => {
    const { apiId, stage } = await chat(world)
    const client = await member(world)
    await client.close()
    const other = `${client.id.startsWith('A') ? 'B' : 'A'}${client.id.slice(1)}`

    await assert.rejects(
      world.aws.connections(apiId, stage).getConnection({ ConnectionId: other }),
      { name: 'BadRequestException', message: `Invalid connectionId: ${other}` },
    )
    await assert.rejects(world.aws.connections(apiId, stage).getConnection({ ConnectionId: client.id }), { name: 'GoneException' })
  }),
])
