import assert from 'node:assert/strict'
import { fact, section, unanswered } from './fact.ts'
import { makeApi, member, quiet, type RouteWish } from './harness/apis.ts'
import { connect } from './harness/socket.ts'
import type { World } from './harness/world.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'
const NO_VELOCITY = 'a template language of its own; templates are plain JSON here'
const NO_HTTP = 'HTTP integrations are not built: the workshop has none'

/** What comes back for a message, or undefined for nothing: a second message, on a route that always answers, tells. */
async function answerTo(world: World, action: string, wish: object = {}) {
  const client = await member(world)
  client.send({ action, ...wish })
  const { do: how } = wish as { do?: string }
  // One after the other: the answer to the second must not overtake what the first makes.
  await new Promise((resolve) => { setTimeout(resolve, how === 'sleep' ? 1_500 : world.cloud.endpoint ? 150 : 3_000) })
  client.send({ action: 'twoWay', do: 'return', result: { statusCode: 200, body: 'fence' } })
  const first = await client.next()
  const answer = first === 'fence' ? undefined : first
  if (answer !== undefined) assert.equal(await client.next(), 'fence', 'the connection stays open, and nothing else comes')
  await client.close()
  return { answer, id: client.id }
}

/** One-way and two-way answers to the same wish. */
const both = async (world: World, wish: object, [oneWay, twoWay] = ['oneWay', 'twoWay']) => [
  (await answerTo(world, oneWay!, wish)).answer, (await answerTo(world, twoWay!, wish)).answer,
]

/** Routes whose messages must fit a model, by their `kind`; the second has one for all others. */
async function modelled(world: World) {
  const Text = { type: 'object', required: ['data'], properties: { data: { type: 'string' } } }
  const route = (RequestModels: Record<string, string>): RouteWish =>
    ({ mock: { statusCode: 200 }, route: { ModelSelectionExpression: '$request.body.kind', RequestModels } })
  const { url } = await world.once('api modelled', () => makeApi(
    world, 'modelled', { strict: route({ text: 'Text' }), lenient: route({ text: 'Text', $default: 'Anything' }) }, { models: { Text, Anything: {} } },
  ))
  const client = await connect(url)
  return {
    client,
    /** What comes back, or `passed` where nothing does before the answer to a message that no route takes. */
    async checks(message: object) {
      client.send(message)
      await new Promise((resolve) => { setTimeout(resolve, world.cloud.endpoint ? 100 : 2_000) })
      client.send({ action: 'nowhere' })
      const first = await client.next()
      if (first.includes('"Forbidden"')) return 'passed'
      await client.next()
      return first
    },
  }
}

const errorFrame = (message: string) => new RegExp(`^\\{"message": "${message}", "connectionId":"[\\w-]{18}==", "requestId":"[\\w-]{15}="\\}$`)
const INTERNAL = errorFrame('Internal server error')

/** A client of an API with one mock, and the mock's answer two-way for whatever status. */
async function mockClient(world: World, what: string, wish: RouteWish, responses: Record<string, string> = {}) {
  const { aws } = world
  const api = await makeApi(world, what, { mock: wish, $connect: {} })
  const ApiId = api.apiId
  for (const [IntegrationResponseKey, $default] of Object.entries(responses))
    await aws.apigatewayv2.createIntegrationResponse({
      ApiId, IntegrationId: api.integrations.mock, IntegrationResponseKey, ResponseTemplates: { $default },
      TemplateSelectionExpression: '\\$default',
    })
  // A stage of its own serves the responses at once (A14.1).
  const { DeploymentId } = await aws.apigatewayv2.createDeployment({ ApiId })
  await aws.apigatewayv2.createStage({ ApiId, StageName: 'answers', DeploymentId })
  return connect(world.cloud.webSocketUrl(ApiId, 'answers'))
}

export const frames = section('A8–A9 frames and mocks', [
  fact('A8.1', 'O', 'a proxy result with 200 gives nothing one-way, and its body alone two-way', 'CAP-LIFE', LIFE, async (world) => {
    assert.deepEqual(await both(world, { do: 'return', result: { statusCode: 200, body: 'hello' } }), [undefined, 'hello'])
  }),
  fact('A8.2', 'O', 'a proxy result with 503 gives nothing one-way, and the body two-way; the status is not shown',
    'EXP, CAP-LOGS backend503', LIFE, async (world) => {
    assert.deepEqual(await both(world, { do: 'return', result: { statusCode: 503, body: 'try later' } }), [undefined, 'try later'])
  }),
  fact('A8.3', 'O', 'headers of a proxy result are ignored', 'CAP-LIFE', LIFE, async (world) => {
    assert.deepEqual(
      await both(world, { do: 'return', result: { statusCode: 200, headers: { 'x-own': '1' }, body: 'hello' } }), [undefined, 'hello'],
    )
  }),
  fact('A8.4', 'O', 'a function that throws or exits gives the frame Internal server error, one-way and two-way',
    'EXP, CAP-LOGS raise', LIFE, async (world) => {
    for (const wish of [{ do: 'throw' }, { do: 'exit' }]) for (const frame of await both(world, wish)) assert.match(frame!, INTERNAL)
  }),
  fact('A8.5', 'O', 'a result that is no proxy result gives the frame Internal server error two-way',
    'CAP-LOGS malformed', LIFE, async (world) => {
    for (const result of ['text', { body: 'no status' }, null, [], { statusCode: 'two hundred' }])
      assert.match((await answerTo(world, 'twoWay', { do: 'return', result })).answer!, INTERNAL)
  }),
  fact('A8.5', 'U', 'and one-way as well', 'assumed', DOCS, async (world) => {
    assert.match((await answerTo(world, 'oneWay', { do: 'return', result: 'text' })).answer!, INTERNAL)
  }),
  fact('A8.6', 'O', 'a function that may not be invoked gives the frame Internal server error, one-way and two-way',
    'CDKI #21080, #38148', '2026', async (world) => {
    for (const frame of await both(world, {}, ['barredOneWay', 'barredTwoWay'])) assert.match(frame!, INTERNAL)
  }),
  fact('A8.7', 'U', 'an integration slower than its timeout gives the frame Endpoint request timed out, one-way and two-way',
    'STACKD', DOCS, async (world) => {
    for (const frame of await both(
      world, { do: 'sleep', ms: 1_200 }, ['slowOneWay', 'slowTwoWay'],
    )) assert.match(frame!, errorFrame('Endpoint request timed out'))
  }),
  fact('A8.8', 'U', 'a proxy result without body gives no frame on a two-way route', 'none', DOCS, async (world) => {
    assert.equal((await answerTo(world, 'twoWay', { do: 'return', result: { statusCode: 200 } })).answer, undefined)
  }),
  fact('A8.9', 'O', 'a message without a route, where there is no $default, gives the frame Forbidden', 'CAP-LOGS', LIFE, async (world) => {
    const client = await connect((await quiet(world)).url)
    client.send({ action: 'unknown' })

    assert.match(await client.next(), errorFrame('Forbidden'))
    await client.close()
  }),
  fact('A8.10', 'D', 'a message that fails the model chosen for it gives the frame Bad request body with a messageId, and so does one without a model; $default stands in',
    'GDG/websocket-api-request-validation.html', DOCS, async (world) => {
    const { client, checks } = await modelled(world)
    const bad = /^\{"message": "Bad request body", "connectionId":"[\w-]{18}==", "messageId":"[\w-]{18}=="\}$/

    assert.match(await checks({ action: 'strict', kind: 'text' }), bad)
    assert.match(await checks({ action: 'strict', kind: 'other', data: 'x' }), bad)
    assert.equal(await checks({ action: 'strict', kind: 'text', data: 'x' }), 'passed')
    assert.equal(await checks({ action: 'lenient', kind: 'other' }), 'passed')
    assert.match(await checks({ action: 'lenient', kind: 'text', data: 1 }), bad)
    await client.close()
  }),
  fact('A8.11', 'U', 'a throttled message gives the frame Too Many Requests',
    'GDG/websocket-api-protect.html only says 429', DOCS, async (world) => {
    const api = await makeApi(world, 'throttled-message', { send: { mock: { statusCode: 200 } } })
    const client = await connect(api.url)
    await world.aws.apigatewayv2.updateStage({
      ApiId: api.apiId, StageName: api.stage, RouteSettings: { send: { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 } },
    })

    await world.eventually('the route is throttled', async () => {
      client.send({ action: 'send' })
      return errorFrame('Too Many Requests').test(await client.next())
    })
    await client.close()
  }),
  fact('A8', 'O', 'error frames are byte for byte: blanks after "message": and the commas, none after the other colons',
    'CAP-LOGS', LIFE, async (world) => {
    const client = await member(world)
    client.send({ action: 'twoWay', do: 'throw' })
    const text = await client.next()
    await client.close()

    const { requestId } = JSON.parse(text)
    assert.equal(text, `{"message": "Internal server error", "connectionId":"${client.id}", "requestId":"${requestId}"}`)
  }),
  fact('A8', 'O', 'the connection stays open after six failures in a row', 'CAP-LOGS', LIFE, async (world) => {
    const client = await member(world)
    for (let i = 0; i < 6; i++) {
      client.send({ action: 'twoWay', do: i % 2 ? 'throw' : 'return', result: 7 })
      assert.match(await client.next(), INTERNAL)
    }
    client.send({ action: 'twoWay' })

    assert.equal(await client.next(), 'done')
    await client.close()
  }),

  fact('A9.1', 'D', 'AWS_PROXY and MOCK are integration types', 'BOTO apigatewayv2', DOCS, async (world) => {
    const { apiId } = await makeApi(world, 'types', { mock: {} })
    const { Items = [] } = await world.aws.apigatewayv2.getIntegrations({ ApiId: apiId })

    assert.deepEqual(Items.map(({ IntegrationType }) => IntegrationType), ['MOCK'])
  }),
  fact('A9.2', 'D', 'what a proxy integration answers is the payload, unchanged',
    'GDG/apigateway-websocket-api-integration-responses.html', DOCS, async (world) => {
    const body = '{ "b" : 1, "a" : "\\u00e9" }\n'
    assert.equal((await answerTo(world, 'twoWay', { do: 'return', result: { statusCode: 200, body } })).answer, body)
  }),
  fact('A9.3', 'D', 'the key of an integration response is a pattern between slashes or $default',
    'GDG/apigateway-websocket-api-integration-responses.html', DOCS, async (world) => {
    const client = await mockClient(
      world, 'mock-pattern', { mock: { statusCode: 204 }, twoWay: true }, { '/4\\d\\d/': 'four', '/2\\d\\d/': 'two', '$default': 'rest' },
    )
    client.send({ action: 'mock' })
    assert.equal(await client.next(), 'two')
    await client.close()
  }),
  fact('A9.4', 'D', 'for a MOCK the key is matched against the status, $default takes the rest',
    'GDG/websocket-api-data-transformations.html', DOCS, async (world) => {
    const client = await mockClient(
      world, 'mock-rest', { mock: { statusCode: 302 }, twoWay: true }, { '/200/': 'two hundred', '$default': 'rest' },
    )
    client.send({ action: 'mock' })
    assert.equal(await client.next(), 'rest')
    await client.close()
  }),
  fact('A9.5', 'O', 'a MOCK selects its response by ${integration.response.statuscode}',
    'TF TestAccAWSAPIGatewayV2Integration_basic', '2026', async (world) => {
    const { apiId, integrations } = await makeApi(world, 'mock-expression', { mock: {} })
    const { IntegrationResponseSelectionExpression } = await world.aws.apigatewayv2.getIntegration({ ApiId: apiId, IntegrationId: integrations.mock })

    assert.equal(IntegrationResponseSelectionExpression, '${integration.response.statuscode}')
  }),
  fact('A9.6', 'O', 'a MOCK made of its type alone has these members',
    'TF TestAccAWSAPIGatewayV2Integration_basic', '2026', async (world) => {
    const { apiId } = await makeApi(world, 'mock-members', { mock: {} })
    const {
      $metadata: _metadata, IntegrationId, ...integration
    } = await world.aws.apigatewayv2.createIntegration({ ApiId: apiId, IntegrationType: 'MOCK' })

    assert.ok(IntegrationId)
    assert.deepEqual(integration, {
      ConnectionType: 'INTERNET', IntegrationResponseSelectionExpression: '${integration.response.statuscode}', IntegrationType: 'MOCK',
      PassthroughBehavior: 'WHEN_NO_MATCH', PayloadFormatVersion: '1.0', TimeoutInMillis: 29_000,
    })
  }),
  fact('A9.7', 'D', 'the status of a MOCK is the statusCode in the JSON of its request template',
    'GDG/apigateway-websocket-api-integration-requests.html, GDG/how-to-mock-integration.html', DOCS, async (world) => {
    const { url } = await makeApi(world, 'mock-refuses', { $connect: { mock: { statusCode: 403 } } })

    await assert.rejects(connect(url), { message: 'Unexpected server response: 403' })
  }),
  fact('A9.8', 'O', 'the template is the one that TemplateSelectionExpression names',
    'wasabee.dev 2024/07, README of aws-apigatewayv2-integrations', '2024-07', async (world) => {
    const { url } = await makeApi(
      world, 'mock-template',
      { $connect: { integration: {
        RequestTemplates: { 'application/json': '{"statusCode": 418}', '$default': '{"statusCode": 200}' },
        TemplateSelectionExpression: 'application/json',
      } } },
    )

    await assert.rejects(connect(url), { message: 'Unexpected server response: 418' })
  }),
  fact('A9.9', 'O', 'a MOCK on $disconnect has no visible effect', 'follows from A5', LIFE, async (world) => {
    const { url } = await makeApi(world, 'mock-disconnect', { $disconnect: { mock: { statusCode: 500 } } })
    const client = await connect(url)

    assert.deepEqual(await client.close(1000, 'bye'), { code: 1000, reason: 'bye' })
  }),
  fact('A9.10', 'U', 'a MOCK without a template counts as status 200: it lets clients in and swallows messages',
    'open; REST APIs answer 500', DOCS, async (world) => {
    assert.equal((await answerTo(world, 'bareMock')).answer, undefined)
  }),
  unanswered('A9.11', 'D', 'templates are Velocity, with $input, $context and $util',
    'GDG/websocket-api-mapping-template-reference.html', DOCS, NO_VELOCITY),
  fact('A9.12', 'D', 'a two-way MOCK answers with the response template of the chosen integration response',
    'GDG/websocket-api-data-transformations.html', DOCS, async (world) => {
    const client = await mockClient(world, 'mock-pong', { mock: { statusCode: 200 }, twoWay: true }, { $default: '{"action":"pong"}' })
    client.send({ action: 'mock' })

    assert.equal(await client.next(), '{"action":"pong"}')
    await client.close()
  }),
  unanswered('A9.13', 'O', 'an HTTP integration on $connect forwards Sec-WebSocket-* headers', 'blog reports', '2024', NO_HTTP),
  unanswered('A9.14', 'D', 'ContentHandlingStrategy converts base64 text',
    'GDG/websocket-api-develop-binary-media-types.html', DOCS,
    'belongs to Velocity and HTTP integrations; binary frames are refused, see A10.6'),
])
