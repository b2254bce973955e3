import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { FunctionError, notInvocable, startGateway, until } from './gateway-testing.ts'

let gateway: Awaited<ReturnType<typeof startGateway>>
let slowAnswer: ((answer: object) => void) | undefined

before(async () => {
  gateway = await startGateway({
    functions: {
      ok: () => ({ statusCode: 200, body: 'done', headers: { 'x-own': '1' } }),
      busy: () => ({ statusCode: 503, body: 'try later' }),
      throws: () => { throw new FunctionError('boom') },
      malformed: () => 'text',
      nothing: () => undefined,
      objectBody: () => ({ statusCode: 200, body: { a: 1 } }),
      noBody: () => ({ statusCode: 200 }),
      forbidden: notInvocable,
      never: () => new Promise(() => {}),
      slow: () => new Promise((resolve) => { slowAnswer = resolve }),
      echo: (event) => ({ statusCode: 200, body: event.body }),
    },
  })
})
after(() => gateway.stop())

/** A client on an API with these routes, and what its functions see. */
async function connected(routes: Parameters<typeof gateway.api>[0], options?: Parameters<typeof gateway.api>[1]) {
  const api = await gateway.api(routes, options)
  const client = await gateway.open(api.url)
  const id = gateway.eventsOf('connection').findLast(({ apiId, change }) => apiId === api.apiId && change === 'opened')!.connectionId
  return { ...api, client, id, calls: () => gateway.calls.filter(({ event }) => event.requestContext.apiId === api.apiId) }
}
const frame = (message: string, connectionId: string) => new RegExp(`^\\{"message": "${message}", "connectionId":"${connectionId}", "requestId":"[\\w-]{15}="\\}$`)

const routeOf = async (text: string, routes: string[] = ['send', '$default']) => {
  const { client, calls } = await connected(Object.fromEntries(routes.map((key) => [key, { function: 'echo', twoWay: true }])))
  client.send(text)
  await client.next()
  return calls().at(-1)!.event.requestContext.routeKey
}

describe('route selection', () => {
  it('A7.5 A4.4 takes the route whose key the message names, exactly', async () => {
    assert.equal(await routeOf('{"action":"send"}'), 'send')
    assert.equal(await routeOf('{"action":"Send"}'), '$default')
  })

  for (const text of ['{"action":"other"}', '{"data":"no action"}', 'not JSON', '{"action":"$default"}', '[]', 'null', '{"action":{"a":1}}', '{"action":"constructor"}', '{"action":"__proto__"}']) {
    it(`A7.6 A7.7 takes $default for ${text}`, async () => {
      assert.equal(await routeOf(text), '$default')
    })
  }

  it('A7.8 never takes $connect or $disconnect for a message', async () => {
    assert.equal(await routeOf('{"action":"$disconnect"}', ['$disconnect', '$default']), '$default')
  })

  it('A7.9 answers Forbidden without $default, invokes nothing, and stays open', async () => {
    const { client, id, calls } = await connected({ send: { function: 'ok' } })

    client.send({ action: 'other' })
    client.send({ action: 'other' })

    assert.match(await client.next(), frame('Forbidden', id))
    assert.match(await client.next(), frame('Forbidden', id))
    assert.equal(calls().length, 0)
  })

  it('A7.11 C6.3 follows the deployment that the stage points to now, also for open connections', async () => {
    const { client, id, apiId } = await connected({ send: { function: 'echo', twoWay: true } })
    await gateway.addRoute(apiId, 'late', { function: 'ok', twoWay: true })

    client.send({ action: 'late' })
    const undeployed = await client.next()
    await gateway.control('CreateDeployment', { ApiId: apiId, StageName: 'beta' })
    client.send({ action: 'late' })

    assert.match(undeployed, frame('Forbidden', id))
    assert.equal(await client.next(), 'done')
  })

  it('A14.2 follows only after the time that a deployment-delay fault asks for', async () => {
    const { client, id, apiId } = await connected({ send: { function: 'ok' } })
    await gateway.addRoute(apiId, 'late', { function: 'ok', twoWay: true })
    const undo = gateway.faults.set({ kind: 'deployment-delay', ms: 60_000 })

    await gateway.control('CreateDeployment', { ApiId: apiId, StageName: 'beta' })
    undo()
    client.send({ action: 'late' })

    assert.match(await client.next(), frame('Forbidden', id))
  })
})

describe('message event', () => {
  it('A4 has the recorded keys, in order, and the text as it came', async () => {
    const { client, id, apiId, calls } = await connected({ send: { function: 'echo', twoWay: true } })
    const text = '{ "action" : "send",\n "data":"hé" }'

    client.send(text)

    assert.equal(await client.next(), text)
    const { json, event } = calls()[0]!
    const { requestContext: context } = event
    assert.equal(json, JSON.stringify({
      requestContext: {
        routeKey: 'send', messageId: context.messageId, eventType: 'MESSAGE', extendedRequestId: context.requestId, requestTime: context.requestTime, messageDirection: 'IN',
        stage: 'beta', connectedAt: context.connectedAt, requestTimeEpoch: context.requestTimeEpoch, identity: { sourceIp: '127.0.0.1' }, requestId: context.requestId,
        domainName: `${apiId}.execute-api.eu-west-1.amazonaws.com`, connectionId: id, apiId,
      },
      body: text,
      isBase64Encoded: false,
    }))
  })

  it('A6.3 gives the message an id that ends like the connection\'s and is another', async () => {
    const { client, id, calls } = await connected({ send: { function: 'echo', twoWay: true } })

    client.send({ action: 'send' })
    await client.next()

    const { messageId } = calls()[0]!.event.requestContext
    assert.equal(messageId.length, id.length)
    assert.equal(messageId.slice(-6), id.slice(-6))
    assert.notEqual(messageId, id)
  })
})

const answers = async (name: string, twoWay: boolean) => {
  const { client, id } = await connected({ $default: { function: name, twoWay, integration: { TimeoutInMillis: 1_000 } }, fence: { function: 'echo', twoWay: true } })
  client.send('x')
  client.send({ action: 'fence' })
  const first = await client.next()
  return { id, text: first.includes('fence') ? undefined : first }
}

describe('answer to a message', () => {
  it('A8.1 A8.3 is nothing one-way, the body alone two-way', async () => {
    assert.equal((await answers('ok', false)).text, undefined)
    assert.equal((await answers('ok', true)).text, 'done')
  })

  it('A8.2 hides the status', async () => {
    assert.equal((await answers('busy', false)).text, undefined)
    assert.equal((await answers('busy', true)).text, 'try later')
  })

  for (const name of ['throws', 'malformed', 'nothing', 'objectBody', 'forbidden', 'unknown']) {
    it(`A8.4 A8.5 A8.6 is an error frame when the function is ${name}, one-way and two-way`, async () => {
      const oneWay = await answers(name, false)
      const twoWay = await answers(name, true)

      assert.match(oneWay.text!, frame('Internal server error', oneWay.id))
      assert.match(twoWay.text!, frame('Internal server error', twoWay.id))
    })
  }

  it('A8.7 is an error frame when the integration takes too long', async () => {
    const { client, id } = await connected({ $default: { function: 'never', integration: { TimeoutInMillis: 50 } } })

    client.send('x')

    assert.match(await client.next(), frame('Endpoint request timed out', id))
  })

  it('A8.8 is nothing when a two-way route has no body to send', async () => {
    assert.equal((await answers('noBody', true)).text, undefined)
  })

  it('A8 A6.6 names the request id that the function saw', async () => {
    const { client, calls } = await connected({ $default: { function: 'throws' } })

    client.send('x')
    const text = await client.next()

    const { connectionId, requestId } = calls()[0]!.event.requestContext
    assert.equal(text, `{"message": "Internal server error", "connectionId":"${connectionId}", "requestId":"${requestId}"}`)
  })

  it('A13.3 does not wait for an earlier message of the connection', async () => {
    const { client, calls } = await connected({ slow: { function: 'slow', twoWay: true }, quick: { function: 'ok', twoWay: true } })

    client.send({ action: 'slow' })
    client.send({ action: 'quick' })
    const first = await client.next()
    await until(() => calls().length === 2, 'both are invoked')
    slowAnswer!({ statusCode: 200, body: 'slow' })

    assert.equal(first, 'done')
    assert.equal(await client.next(), 'slow')
  })

  it('A8.11 A15.2 is a frame when the stage lets nothing through', async () => {
    const { client, id, apiId } = await connected({ send: { function: 'ok' } })
    await gateway.control('UpdateStage', { ApiId: apiId, StageName: 'beta', RouteSettings: { send: { ThrottlingRateLimit: 0 } } })

    client.send({ action: 'send' })

    assert.match(await client.next(), frame('Too Many Requests', id))
  })

  it('gets lost while a drop fault is set', async () => {
    const { client, id } = await connected({ $default: { function: 'echo', twoWay: true } })
    const undo = gateway.faults.set({ kind: 'drop', connectionId: id })

    client.send('lost')
    await until(() => gateway.eventsOf('frame').some(({ connectionId, direction }) => connectionId === id && direction === 'out'), 'the answer')
    undo()
    client.send('heard')

    assert.equal(await client.next(), 'heard')
  })
})

describe('MOCK', () => {
  it('A9.10 without a template lets clients in and swallows messages', async () => {
    const { client, calls } = await connected({ $connect: { mock: true }, $default: { mock: true }, $disconnect: { mock: true }, fence: { function: 'ok', twoWay: true } })

    client.send('swallowed')
    client.send({ action: 'fence' })

    assert.equal(await client.next(), 'done')
    assert.equal(calls().length, 1)
  })

  it('A9.7 lets the status of the template decide about $connect', async () => {
    await connected({ $connect: { mock: { statusCode: 200 } } })
    const { url } = await gateway.api({ $connect: { mock: { statusCode: 403 } } })

    await assert.rejects(gateway.open(url), { status: 403 })
  })

  it('A9.8 takes the template that the expression names', async () => {
    const { url } = await gateway.api({ $connect: { integration: { RequestTemplates: { 'application/json': '{"statusCode": 418}', '$default': '{"statusCode": 200}' }, TemplateSelectionExpression: 'application/json' } } })

    await assert.rejects(gateway.open(url), { status: 418 })
  })

  it('A9.12 answers two-way with the response template for the status', async () => {
    const { client, apiId } = await connected({ ping: { mock: { statusCode: 204 }, twoWay: true } })
    const [integration] = (await gateway.control('GetIntegrations', { ApiId: apiId })).Items!
    const { IntegrationId } = integration!
    await gateway.control('CreateIntegrationResponse', { ApiId: apiId, IntegrationId, IntegrationResponseKey: '/4\\d\\d/', ResponseTemplates: { $default: 'no' } })
    await gateway.control('CreateIntegrationResponse', { ApiId: apiId, IntegrationId, IntegrationResponseKey: '/2\\d\\d/', ResponseTemplates: { $default: '{"action":"pong"}' } })
    await gateway.control('CreateDeployment', { ApiId: apiId, StageName: 'beta' })

    client.send({ action: 'ping' })

    assert.equal(await client.next(), '{"action":"pong"}')
  })

  it('says in the log that templates beyond JSON are not built', async () => {
    const { client, id } = await connected({ $default: { integration: { RequestTemplates: { $default: '{"statusCode": $input.body}' } } } })

    client.send('200')

    assert.match(await client.next(), frame('Internal server error', id))
    assert.ok(gateway.eventsOf('log').some(({ stream, message }) => stream === id && /mock templates beyond JSON are not built/.test(message)))
  })
})
