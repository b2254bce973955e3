import assert from 'node:assert/strict'
import { fact, section, unanswered } from './fact.ts'
import { addRoute, letInvoke, makeApi, routeTeller } from './harness/apis.ts'
import { steeredFunction } from './harness/functions.ts'
import { refusal } from './harness/sdk.ts'
import { connect } from './harness/socket.ts'
import type { World } from './harness/world.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'
const EXPRESSIONS = 'GDG/apigateway-websocket-api-selection-expressions.html'

/** The key of the route that an API with this expression selects for a message. */
async function selected(world: World, what: string, expression: string, keys: string[], message: unknown) {
  const client = await routeTeller(world, what, expression, keys)
  client.send(message)
  const key = await client.next()
  await client.close()
  return key
}
const byAction = (world: World, message: unknown) => selected(
  world, 'by-action', '$request.body.action', ['send', 'constructor', '$default', '$connect', '$disconnect'], message,
)

export const selection = section('A7 route selection', [
  fact('A7.1', 'D', 'a WebSocket API must have a RouteSelectionExpression',
    'GDG/websocket-api-develop-routes.html', DOCS, async ({ aws, name }) => {
    const { name: error, status } = await refusal(aws.apigatewayv2.createApi({ Name: name('without'), ProtocolType: 'WEBSOCKET' }))

    assert.deepEqual([error, status], ['BadRequestException', 400])
  }),
  fact('A7.2', 'D', '$request.body.a.b and ${request.body.a} follow a path', EXPRESSIONS, DOCS, async (world) => {
    assert.equal(await selected(world, 'by-path', '$request.body.kind.name', ['deep', '$default'], { kind: { name: 'deep' } }), 'deep')
    assert.equal(await selected(world, 'by-braces', '${request.body.kind}', ['flat', '$default'], { kind: 'flat' }), 'flat')
  }),
  fact('A7.2', 'D', 'several ${…} are joined with the text between them', EXPRESSIONS, DOCS, async (world) => {
    assert.equal(
      await selected(
        world, 'by-parts', '${request.body.a}-${request.body.b}', ['join-room', 'join-', '$default'], { a: 'join', b: 'room' },
      ),
      'join-room',
    )
  }),
  fact('A7.2', 'D', 'a constant selects the same route always', EXPRESSIONS, DOCS, async (world) => {
    assert.equal(await selected(world, 'by-constant', 'always', ['always', '$default'], { action: 'other' }), 'always')
  }),
  fact('A7.2', 'D', '\\$default escapes a dollar', EXPRESSIONS, DOCS, async (world) => {
    assert.equal(await selected(world, 'by-escape', '\\$default', ['other', '$default'], { action: 'other' }), '$default')
  }),
  fact('A7.3', 'D', 'a path that leads nowhere is the empty text inside an expression', EXPRESSIONS, DOCS, async (world) => {
    assert.equal(
      await selected(world, 'by-parts', '${request.body.a}-${request.body.b}', ['join-room', 'join-', '$default'], { a: 'join' }), 'join-',
    )
  }),
  fact('A7.4', 'D', 'numbers and booleans become texts, lists [item1, item2]', EXPRESSIONS, DOCS, async (world) => {
    const key = (action: unknown) => selected(world, 'by-type', '$request.body.action', ['7', 'true', '[a, b]', '$default'], { action })

    assert.deepEqual([await key(7), await key(true), await key(['a', 'b'])], ['7', 'true', '[a, b]'])
  }),
  fact('A7.5', 'D', 'keys are compared exactly, case counts, and there are no wildcards', EXPRESSIONS, DOCS, async (world) => {
    assert.deepEqual(
      [await byAction(world, { action: 'send' }), await byAction(world, { action: 'Send' }), await byAction(world, { action: 'sen*' })],
      ['send', '$default', '$default'],
    )
  }),
  fact('A7.6', 'O', 'no match, a missing key and what is not JSON go to $default',
    'GDG, CAP-LIFE d1-unmatched-action, d1-missing-action, d1-non-json', LIFE, async (world) => {
    for (const message of [
      { action: 'other' }, { data: 'no action' }, 'not JSON', '[]', 'null', '7', '{"action":null}', '{"action":"__proto__"}',
    ]) assert.equal(await byAction(world, message), '$default', JSON.stringify(message))
    assert.equal(await byAction(world, { action: 'constructor' }), 'constructor')
  }),
  fact('A7.7', 'O', 'a client may name $default', 'CAP-LIFE d1-explicit-default', LIFE, async (world) => {
    assert.equal(await byAction(world, { action: '$default' }), '$default')
  }),
  fact('A7.8', 'U', 'a client that names $connect or $disconnect reaches $default instead', 'none', DOCS, async (world) => {
    assert.deepEqual(
      [await byAction(world, { action: '$connect' }), await byAction(world, { action: '$disconnect' })], ['$default', '$default'],
    )
  }),
  fact('A7.9', 'O', 'without a match and without $default the client hears Forbidden, nothing is invoked, and the socket stays open',
    'CAP-LOGS ws-missing, aws-samples/simple-websockets-chat-app #24', LIFE, async (world) => {
    const client = await routeTeller(world, 'no-default', '$request.body.action', ['send'])
    client.send({ action: 'other' })
    const frame = await client.next()
    client.send({ action: 'send' })

    assert.match(frame, /^\{"message": "Forbidden", "connectionId":"[\w-]{18}==", "requestId":"[\w-]{15}="\}$/)
    assert.equal(await client.next(), 'send')
    await client.close()
  }),
  unanswered('A7.10', 'U', 'the access log of such a message says 403 and ACCESS_DENIED', 'STACKD', DOCS, 'access logs are not built'),
  fact('A7.11', 'O', 'a message follows the deployment that the stage points at now, also on a connection that was opened before',
    'CAP-LIFE d2-original-custom, d3-*', LIFE, async (world) => {
    const { FunctionArn, FunctionName } = await steeredFunction(world)
    const api = await makeApi(world, 'redeployed', { early: { function: FunctionArn, twoWay: true } })
    await letInvoke(world, FunctionName, api.apiId)
    const client = await connect(api.url)
    await addRoute(world, api, 'late', { function: FunctionArn, twoWay: true })
    client.send({ action: 'late' })
    const before = await client.next()
    const { DeploymentId } = await world.aws.apigatewayv2.createDeployment({ ApiId: api.apiId })
    await world.aws.apigatewayv2.updateStage({ ApiId: api.apiId, StageName: api.stage, DeploymentId })

    assert.match(before, /^\{"message": "Forbidden"/)
    await world.eventually('the new route answers', async () => {
      client.send({ action: 'late' })
      return await client.next() === 'done'
    })
    await client.close()
  }),
])
