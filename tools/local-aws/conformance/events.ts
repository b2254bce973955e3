import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { asking, chat, letInvoke, makeApi, member } from './harness/apis.ts'
import { makeFunction, recordedEvent, steeredFunction } from './harness/functions.ts'
import { connect, knock } from './harness/socket.ts'
import type { World } from './harness/world.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'

/** The CONNECT event of a handshake, as text; the function refuses the client with it. */
async function connectEvent(world: World, { headers = {}, query = '' }: { headers?: Record<string, string>, query?: string } = {}) {
  const { url } = await chat(world)
  const { body } = await knock(`${url}${asking({ do: 'event', statusCode: 403 })}${query}`, { headers })
  return { text: body, event: JSON.parse(body) }
}

/** The DISCONNECT event of a client that said goodbye. */
const goodbye = (world: World) => world.once('goodbye', async () => {
  const client = await member(world, { headers: { 'User-Agent': 'leaver' } })
  await client.close(1000, 'probe-complete')
  const text = await recordedEvent(world, client.id, 'DISCONNECT')
  return { text, event: JSON.parse(text), connected: client.event }
})

export const events = section('A3–A5 events', [
  fact('A3', 'O', 'the CONNECT event has the recorded keys in the recorded order', 'CAP-LIFE', LIFE, async (world) => {
    const { text, event } = await connectEvent(world, { headers: { 'User-Agent': 'probe' } })
    const { headers, multiValueHeaders, queryStringParameters, multiValueQueryStringParameters, requestContext: context } = event

    assert.equal(text, JSON.stringify({
      headers, multiValueHeaders, queryStringParameters, multiValueQueryStringParameters,
      requestContext: {
        routeKey: '$connect', eventType: 'CONNECT', extendedRequestId: context.requestId, requestTime: context.requestTime,
        messageDirection: 'IN', stage: 'beta',
        connectedAt: context.connectedAt, requestTimeEpoch: context.requestTimeEpoch, identity: {
          userAgent: 'probe', sourceIp: context.identity.sourceIp,
        },
        requestId: context.requestId, domainName: `${context.apiId}.execute-api.${world.cloud.region}.amazonaws.com`,
        connectionId: context.connectionId, apiId: (await chat(world)).apiId,
      },
      isBase64Encoded: false,
    }))
  }),
  fact('A3', 'O', 'what is empty is absent: no query parameters, no stage variables, no authorizer',
    'CAP-LIFE, CAP-AUTH', LIFE, async (world) => {
    const client = await member(world)
    const event = JSON.parse(await recordedEvent(world, client.id, 'CONNECT'))
    await client.close()

    assert.deepEqual(Object.keys(event), ['headers', 'multiValueHeaders', 'requestContext', 'isBase64Encoded'])
    assert.equal('authorizer' in event.requestContext, false)
  }),
  fact('A3', 'O', 'stage variables come before the request context', 'CAP-AUTH', LIFE, async (world) => {
    const { FunctionArn, FunctionName } = await steeredFunction(world)
    const api = await makeApi(
      world, 'variables', { $connect: { function: FunctionArn } }, { stageSettings: { StageVariables: { name: 'value' } } },
    )
    await letInvoke(world, FunctionName, api.apiId)

    const { body } = await knock(api.url + asking({ do: 'event', statusCode: 403 }))

    const event = JSON.parse(body)
    assert.deepEqual(event.stageVariables, { name: 'value' })
    assert.deepEqual(Object.keys(event).slice(-3), ['stageVariables', 'requestContext', 'isBase64Encoded'])
  }),
  fact('A3.1', 'O', 'CONNECT and DISCONNECT events have no body key', 'CAP-LIFE', LIFE, async (world) => {
    assert.equal('body' in (await connectEvent(world)).event, false)
    assert.equal('body' in (await goodbye(world)).event, false)
  }),
  fact('A3.2', 'O', 'Connection and Upgrade are removed', 'CAP-LIFE', LIFE, async (world) => {
    const names = Object.keys((await connectEvent(world)).event.headers)

    assert.deepEqual(names.filter((name) => /^(connection|upgrade)$/i.test(name)), [])
  }),
  fact('A3.2', 'D', 'Sec-WebSocket-Extensions stays when the client sent it', 'GDG sample', '2024', async (world) => {
    const { event } = await connectEvent(world, { headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate' } })

    assert.equal(event.headers['Sec-WebSocket-Extensions'], 'permessage-deflate')
  }),
  fact('A3.3', 'O', 'header names are written as the edge writes them, and sorted whatever their case', 'CAP-LIFE', LIFE, async (world) => {
    const { event: { headers, multiValueHeaders } } = await connectEvent(
      world, { headers: { 'user-agent': 'probe', 'origin': 'http://localhost' } },
    )
    const names = Object.keys(headers)

    for (const name of [
      'Host', 'Origin', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version', 'User-Agent', 'X-Amzn-Trace-Id', 'X-Forwarded-For',
      'X-Forwarded-Port', 'X-Forwarded-Proto',
    ]) assert.ok(names.includes(name), name)
    assert.deepEqual(names, names.toSorted((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    assert.deepEqual(multiValueHeaders['User-Agent'], ['probe'])
    assert.deepEqual([headers['X-Forwarded-Port'], headers['X-Forwarded-Proto']], ['443', 'https'])
    assert.match(headers['X-Amzn-Trace-Id'], /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)
    assert.equal(headers.Host, `${(await chat(world)).apiId}.execute-api.${world.cloud.region}.amazonaws.com`)
  }),
  fact('A3.4', 'O', 'of a repeated query key the map holds the last value, the other map all; + and %20 are blanks',
    'CAP-LIFE', LIFE, async (world) => {
    const { event } = await connectEvent(world, { query: '&repeat=first&repeat=second&plus=a+b&percent=a%20b' })

    assert.equal(event.queryStringParameters.repeat, 'second')
    assert.deepEqual(event.multiValueQueryStringParameters.repeat, ['first', 'second'])
    assert.deepEqual([event.queryStringParameters.plus, event.queryStringParameters.percent], ['a b', 'a b'])
  }),
  fact('A3.5', 'O', 'requestTime is UTC as dd/Mon/yyyy:HH:mm:ss +0000; both epochs are milliseconds, at most 13 apart',
    'CAP-LIFE, CAP-LOGS', LIFE, async (world) => {
    const { requestTime, connectedAt, requestTimeEpoch } = (await connectEvent(world)).event.requestContext

    assert.match(requestTime, /^\d\d\/(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\/20\d\d:\d\d:\d\d:\d\d \+0000$/)
    assert.ok(Math.abs(connectedAt - requestTimeEpoch) <= 13)
    assert.ok(Math.abs(Date.now() - connectedAt) < 300_000)
  }),
  fact('A3.6', 'O', 'identity has no null members, and there is no status, error or integrationLatency',
    'old fixtures, CAP-LIFE', LIFE, async (world) => {
    const { identity, ...context } = (await connectEvent(world, { headers: { 'User-Agent': 'probe' } })).event.requestContext

    assert.deepEqual(Object.keys(identity), ['userAgent', 'sourceIp'])
    for (const name of ['status', 'error', 'integrationLatency']) assert.equal(name in context, false)
  }),
  fact('A3.7', 'O', 'there is no accountId, resourceId, httpMethod or path', 'CAP-LIFE', LIFE, async (world) => {
    const { event } = await connectEvent(world)

    for (const name of ['accountId', 'resourceId', 'httpMethod', 'path']) assert.equal(
      name in event || name in event.requestContext, false, name,
    )
  }),

  fact('A4', 'O', 'the MESSAGE event has the recorded keys in the recorded order', 'CAP-LIFE', LIFE, async (world) => {
    const client = await member(world, { headers: { 'User-Agent': 'probe' } })
    client.send('{"action":"twoWay","do":"event"}')
    const text = await client.next()
    await client.close()

    const { requestContext: context } = JSON.parse(text)
    assert.equal(text, JSON.stringify({
      requestContext: {
        routeKey: 'twoWay', messageId: context.messageId, eventType: 'MESSAGE', extendedRequestId: context.requestId,
        requestTime: context.requestTime, messageDirection: 'IN', stage: 'beta',
        connectedAt: context.connectedAt, requestTimeEpoch: context.requestTimeEpoch, identity: {
          userAgent: 'probe', sourceIp: context.identity.sourceIp,
        }, requestId: context.requestId,
        domainName: `${context.apiId}.execute-api.${world.cloud.region}.amazonaws.com`, connectionId: client.id,
        apiId: (await chat(world)).apiId,
      },
      body: '{"action":"twoWay","do":"event"}',
      isBase64Encoded: false,
    }))
  }),
  fact('A4.1', 'O', 'a MESSAGE event has neither headers nor query string', 'CAP-LIFE, CAP-MGMT', LIFE, async (world) => {
    const client = await member(world, { query: '?name=ada' })
    await client.close()

    for (const name of [
      'headers', 'multiValueHeaders', 'queryStringParameters', 'multiValueQueryStringParameters',
    ]) assert.equal(name in client.event, false, name)
  }),
  fact('A4.2', 'O', 'body is the exact text of the frame', 'CAP-LIFE', LIFE, async (world) => {
    const client = await member(world)
    const text = '{ "do" : "event",\n\t"action":"twoWay", "data":"h\\u00e9 ü 🎉" }'
    client.send(text)

    assert.equal(JSON.parse(await client.next()).body, text)
    await client.close()
  }),
  fact('A4.3', 'O', 'connectedAt stays the same for the connection, and identity is that of the handshake',
    'CAP-LIFE', LIFE, async (world) => {
    const client = await member(world, { headers: { 'User-Agent': 'probe' } })
    const connected = JSON.parse(await recordedEvent(world, client.id, 'CONNECT')).requestContext
    await client.close()

    const { connectedAt, identity } = client.event.requestContext
    assert.deepEqual({ connectedAt, identity }, { connectedAt: connected.connectedAt, identity: connected.identity })
  }),
  fact('A4.4', 'O', 'routeKey is the key of the route that won, not what the client wrote', 'CAP-LIFE', LIFE, async (world) => {
    const client = await member(world)
    client.send({ action: 'unknown', do: 'event' })

    assert.equal(JSON.parse(await client.next()).requestContext.routeKey, '$default')
    await client.close()
  }),

  fact('A5', 'O', 'the DISCONNECT event has the recorded keys in the recorded order', 'CAP-LIFE', LIFE, async (world) => {
    const { text, event, connected } = await goodbye(world)
    const { requestContext: context } = event
    const host = `${context.apiId}.execute-api.${world.cloud.region}.amazonaws.com`

    assert.equal(text, JSON.stringify({
      headers: { 'Host': host, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
      multiValueHeaders: { 'Host': [host], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] },
      requestContext: {
        routeKey: '$disconnect', disconnectStatusCode: 1000, eventType: 'DISCONNECT', extendedRequestId: context.requestId,
        requestTime: context.requestTime, messageDirection: 'IN',
        disconnectReason: 'probe-complete', stage: 'beta', connectedAt: connected.requestContext.connectedAt,
        requestTimeEpoch: context.requestTimeEpoch,
        identity: connected.requestContext.identity, requestId: context.requestId, domainName: host,
        connectionId: connected.requestContext.connectionId, apiId: context.apiId,
      },
      isBase64Encoded: false,
    }))
  }),
  fact('A5.1', 'D', 'when the DISCONNECT event comes, the client cannot be reached any more',
    'GDG/apigateway-websocket-api-route-keys-connect-disconnect.html', DOCS, async (world) => {
    const { event } = await goodbye(world)
    const { apiId, stage, connectionId } = event.requestContext

    await assert.rejects(
      world.aws.connections(apiId, stage).postToConnection({ ConnectionId: connectionId, Data: 'too late' }), { name: 'GoneException' },
    )
  }),
  fact('A5.2', 'O', 'every connection gets its DISCONNECT event, soon after the close', 'CAP-LIFE, CAP-MGMT', LIFE, async (world) => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => member(world)))
    await Promise.all(clients.map((client) => client.close()))

    for (const { id } of clients) {
      const { requestContext: { requestTimeEpoch, connectedAt } } = JSON.parse(await recordedEvent(world, id, 'DISCONNECT'))
      assert.ok(requestTimeEpoch >= connectedAt)
    }
  }),
  fact('A5.3', 'O', 'what the function makes of a DISCONNECT event nobody hears', 'CAP-LIFE', LIFE, async (world) => {
    const { FunctionArn, FunctionName } = await steeredFunction(world)
    const { FunctionArn: throws } = await world.once(
      'function throws', () => makeFunction(world, 'throws', 'exports.handler = async () => { throw new Error("unseen") }'),
    )
    const api = await makeApi(
      world, 'throwing-disconnect', { $disconnect: { function: throws }, twoWay: { function: FunctionArn, twoWay: true } },
    )
    await letInvoke(world, FunctionName, api.apiId)
    const client = await connect(api.url)

    assert.deepEqual(await client.close(1000, 'bye'), { code: 1000, reason: 'bye' })
  }),

])
