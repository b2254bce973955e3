import assert from 'node:assert/strict'
import { fact, section, unanswered } from './fact.ts'
import { addRoute, asking, barredFunction, chat, emptyApi, letInvoke, makeApi, member, quiet } from './harness/apis.ts'
import { send } from './harness/http.ts'
import { connect, knock, type RawClient } from './harness/socket.ts'
import type { World } from './harness/world.ts'
import { recordedEvent, steeredFunction } from './harness/functions.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'
const errorBody = (message: string) => new RegExp(`^\\{"message": "${message}", "connectionId":"[\\w-]{18}==", "requestId":"[\\w-]{15}="\\}$`)

/** The answer to a handshake that asks the steered function for something; the connection, if there is one, is let go. */
async function answerTo(world: World, wish: object, headers?: Record<string, string>) {
  const { url } = await chat(world)
  const { raw, ...answer } = await knock(url + asking(wish), { headers })
  raw?.destroy()
  return answer
}

async function letGo(opened: { status: number, raw?: RawClient }) {
  opened.raw?.destroy()
  return opened.status
}

export const handshake = section('A1–A2 handshake', [
  fact('A1.1', 'D', 'a client connects to the API\'s address with the stage as the whole path, and a query string if it likes',
    'GDG/apigateway-how-to-call-websocket-api.html', DOCS, async (world) => {
    const { url } = await quiet(world)

    assert.equal(await letGo(await knock(url)), 101)
    assert.equal(await letGo(await knock(`${url}?name=ada`)), 101)
  }),
  fact('A1.2', 'D', 'the callback URL is the same address over https with /@connections/ID',
    'GDG/apigateway-how-to-call-websocket-api-connections.html', DOCS, async (world) => {
    const { apiId, stage } = await quiet(world)

    const { status, headers } = await send(
      world.cloud.managementEndpoint(apiId, stage),
      { path: new URL(`${world.cloud.managementEndpoint(apiId, stage)}/@connections/x`).pathname },
    )

    assert.equal(status, 403)
    assert.equal(headers['x-amzn-errortype'], 'MissingAuthenticationTokenException')
  }),
  unanswered('A1.3', 'D', 'only TLS 1.2 and 1.3 are spoken, there is no ws:// listener',
    'GDG/websocket-api-develop.html', DOCS,
    'a certificate that browsers and clients trust would have to be installed on each machine; names of AWS are led here by a preload instead'),
  fact('A1.4', 'D', 'a URL is at most 4,096 characters long', 'WSQ', DOCS, async (world) => {
    const { url } = await quiet(world)
    const path = new URL(url).pathname

    const fits = await knock(`${url}?q=${'a'.repeat(4_000)}`)
    const tooLong = await knock(`${url}?q=${'a'.repeat(4_097 - path.length)}`)

    assert.equal(await letGo(fits), 101)
    assert.notEqual(await letGo(tooLong), 101)
  }),
  fact('A1.5', 'U', 'a path below the stage is refused with 403', 'none', DOCS, async (world) => {
    const { url } = await quiet(world)

    assert.equal(await letGo(await knock(`${url}/more`)), 403)
  }),
  fact('A1.6', 'U', 'a request without upgrade hears 403 and {"message":"Forbidden"}', 'STACKD; 426 in SLS', DOCS, async (world) => {
    const { url } = await quiet(world)

    const { status, body } = await knock(url, { hasUpgrade: false })

    assert.deepEqual([status, body], [403, '{"message":"Forbidden"}'])
  }),

  fact('A2', 'D', 'the handshake stays pending until the $connect integration has answered',
    'GDG/apigateway-websocket-api-route-keys-connect-disconnect.html', DOCS, async (world) => {
    await answerTo(world, {})
    const startedAt = Date.now()

    const { status } = await answerTo(world, { do: 'sleep', ms: 700 })

    assert.equal(status, 101)
    assert.ok(Date.now() - startedAt >= 700)
  }),
  fact('A2.1', 'D', 'without a $connect route every handshake is accepted',
    'GDG/apigateway-websocket-api-route-keys-connect-disconnect.html', DOCS, async (world) => {
    assert.equal(await letGo(await knock((await quiet(world)).url)), 101)
  }),
  fact('A2.1', 'O', 'an integration that answers 200 or 201 lets the client in', 'EXP, CAP-LIFE', LIFE, async (world) => {
    for (const statusCode of [200, 201]) assert.equal(
      (await answerTo(world, { do: 'return', result: { statusCode, body: 'unseen' } })).status, 101,
    )
  }),
  fact('A2.2', 'O', 'another status of the proxy result is the client\'s answer, the body unchanged',
    'EXP, CAP-LIFE', LIFE, async (world) => {
    for (const statusCode of [301, 401, 403, 501]) {
      const { status, body } = await answerTo(world, { do: 'return', result: { statusCode, body: `{ "why" : ${statusCode} }` } })

      assert.deepEqual([status, body], [statusCode, `{ "why" : ${statusCode} }`])
    }
  }),
  fact('A2.3', 'O', 'a function that throws or exits makes it 502', 'EXP', '2020', async (world) => {
    assert.equal((await answerTo(world, { do: 'throw' })).status, 502)
    assert.equal((await answerTo(world, { do: 'exit' })).status, 502)
  }),
  fact('A2.3', 'U', 'its body is the error text with both ids', 'STACKD', DOCS, async (world) => {
    assert.match((await answerTo(world, { do: 'throw' })).body, errorBody('Internal server error'))
  }),
  fact('A2.4', 'U', 'an answer without a numeric statusCode makes it 500', 'STACKD; REST APIs answer 502', DOCS, async (world) => {
    assert.equal((await answerTo(world, { do: 'return', result: 'text' })).status, 500)
    assert.equal((await answerTo(world, { do: 'return', result: { body: 'x' } })).status, 500)
  }),
  fact('A2.5', 'O', 'a function that API Gateway may not invoke makes it 500, with the error text',
    'CDKI #38148, #38154, #18208, #21080', '2026', async (world) => {
    const { FunctionArn } = await barredFunction(world)
    const { url } = await makeApi(world, 'barred-connect', { $connect: { function: FunctionArn } })

    const { status, body } = await knock(url)

    assert.equal(status, 500)
    assert.match(body, errorBody('Internal server error'))
  }),
  fact('A2.6', 'D', 'an integration slower than its timeout makes it 504 with "Endpoint request timed out"',
    'GDG/supported-gateway-response-types.html; STACKD', DOCS, async (world) => {
    const { FunctionArn, FunctionName } = await steeredFunction(world)
    const { url, apiId } = await makeApi(
      world, 'slow-connect', { $connect: { function: FunctionArn, integration: { TimeoutInMillis: 500 } } },
    )
    await letInvoke(world, FunctionName, apiId)

    const { status, body } = await knock(url + asking({ do: 'sleep', ms: 3_000 }))

    assert.equal(status, 504)
    assert.match(body, /"Endpoint request timed out"/)
  }),
  fact('A2.10', 'D', 'a throttled route answers 429', 'GDG/websocket-api-protect.html, TF #14742', DOCS, async (world) => {
    const { url, apiId, stage } = await makeApi(world, 'throttled', { $connect: { mock: { statusCode: 200 } } })
    await world.aws.apigatewayv2.updateStage({
      ApiId: apiId, StageName: stage, DefaultRouteSettings: { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 },
    })

    await world.eventually('the stage is throttled', async () => await letGo(await knock(url)) === 429)
  }),
  fact('A2.11', 'O', 'a stage without deployment answers 403 Forbidden', 'TF #17955', '2021', async (world) => {
    const apiId = await emptyApi(world, 'undeployed')
    await addRoute(world, { apiId, routes: {}, integrations: {} }, '$connect', { mock: { statusCode: 200 } })
    await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'beta' })

    const { status, body } = await knock(world.cloud.webSocketUrl(apiId, 'beta'))

    assert.deepEqual([status, body], [403, '{"message":"Forbidden"}'])
  }),
  fact('A2.12', 'U', 'an unknown stage answers 403 ForbiddenException {"message":"Forbidden"}, as recorded for @connections',
    'STACKD, CAP-MGMT', LIFE, async (world) => {
    const { apiId } = await quiet(world)

    const { status, body, headers } = await knock(world.cloud.webSocketUrl(apiId, 'nowhere'))

    assert.deepEqual([status, body, headers['x-amzn-errortype']], [403, '{"message":"Forbidden"}', 'ForbiddenException'])
  }),
  fact('A2.13', 'U', 'an unknown API answers 403 {"message":"Forbidden"}', 'none', DOCS, async (world) => {
    const { status, body } = await knock(world.cloud.webSocketUrl('a1b2c3d4e5', 'beta'))

    assert.deepEqual([status, body], [403, '{"message":"Forbidden"}'])
  }),
  fact('A2.14', 'O', 'the 101 carries date, connection, upgrade and sec-websocket-accept, and no request id',
    'CAP-LIFE, CAP-MGMT', LIFE, async (world) => {
    const { raw, headers } = await knock((await quiet(world)).url)
    raw?.destroy()

    assert.deepEqual(Object.keys(headers).toSorted(), ['connection', 'date', 'sec-websocket-accept', 'upgrade'])
    assert.deepEqual([headers.connection?.toLowerCase(), headers.upgrade], ['upgrade', 'websocket'])
  }),
  fact('A2.15', 'O', 'a refusal by the function carries content-type, content-length, connection and x-amz-apigw-id, but neither request id nor error type',
    'CAP-LIFE lambda-denied-connect', LIFE, async (world) => {
    const { headers } = await answerTo(world, { do: 'return', result: { statusCode: 403, body: 'no' } })

    assert.deepEqual(Object.keys(headers).toSorted(), ['connection', 'content-length', 'content-type', 'date', 'x-amz-apigw-id'])
    assert.deepEqual(
      [headers['content-type'], headers['content-length'], headers.connection], ['application/json; charset=UTF-8', '2', 'keep-alive'],
    )
    assert.match(String(headers['x-amz-apigw-id']), /^[\w-]{15}=$/)
  }),
  fact('A2.16', 'O', 'the ws client prints a refusal as "Unexpected server response: 401" and hides the body',
    'EXP, GDG/websocket-connect-route-subprotocol.html', '2020', async (world) => {
    const { url } = await chat(world)

    await assert.rejects(
      connect(url + asking({ do: 'return', result: { statusCode: 401, body: 'secret' } })), { message: 'Unexpected server response: 401' },
    )
  }),
  fact('A2.17', 'O', 'a refused handshake ran the function, whose event had a connection id; no $disconnect follows',
    'CAP-LIFE', LIFE, async (world) => {
    const { body } = await answerTo(world, { do: 'event', statusCode: 403 })
    const { connectionId } = JSON.parse(body).requestContext
    await recordedEvent(world, connectionId, 'CONNECT')
    // A connection that ends later has its event, so the refused one would have had its own by now.
    const later = await member(world)
    await later.close()
    await recordedEvent(world, later.id, 'DISCONNECT')

    const { Item } = await world.aws.dynamodb.getItem({
      TableName: world.name('events'), Key: { connectionId: { S: connectionId }, eventType: { S: 'DISCONNECT' } },
    })
    assert.equal(Item, undefined)
  }),
  unanswered('A2.18', 'O', 'a warm handshake from Europe to us-east-1 takes about 350 ms',
    'CAP-LIFE, CAP-LOGS', LIFE, 'the local AWS is not slowed down to the speed of an ocean'),

  fact('A2', 'D', 'the offered subprotocols arrive as one text, and the one that the function names comes back',
    'GDG/websocket-connect-route-subprotocol.html', DOCS, async (world) => {
    const { url } = await chat(world)
    const { socket, close } = await connect(
      url + asking({ do: 'return', result: { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'two' } } }),
      { protocols: ['one', 'two'] },
    )
    const { body } = await answerTo(world, { do: 'event', statusCode: 403 }, { 'Sec-WebSocket-Protocol': 'one,two' })

    assert.equal(socket.protocol, 'two')
    assert.equal(JSON.parse(body).headers['Sec-WebSocket-Protocol'], 'one,two')
    await close()
  }),
  fact('A2', 'D', 'a client that offered subprotocols gives up when none is named',
    'GDG/websocket-connect-route-subprotocol.html', DOCS, async (world) => {
    const { url } = await chat(world)

    await assert.rejects(connect(url, { protocols: ['one'] }), { message: 'Server sent no subprotocol' })
  }),
  fact('A2', 'U', 'permessage-deflate is not offered, whatever the client asks for', 'no recording shows it', DOCS, async (world) => {
    const { raw, headers } = await knock((await quiet(world)).url, { headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate' } })
    raw?.destroy()

    assert.equal(headers['sec-websocket-extensions'], undefined)
  }),
])
