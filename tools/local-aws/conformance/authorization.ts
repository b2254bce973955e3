import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { asking, letInvoke, makeApi, quiet, uriOf, type Api } from './harness/apis.ts'
import { makeFunction, recordedEvent, steeredFunction } from './harness/functions.ts'
import { signedHeaders } from './harness/http.ts'
import { allow, sessionWith, type Session } from './harness/roles.ts'
import { refusal } from './harness/sdk.ts'
import { connect, knock } from './harness/socket.ts'
import type { World } from './harness/world.ts'

const AUTH = '2026-09-25'
const DOCS = '2026-11'

/** Says what the token asks for, and tells the integration what it was asked itself. */
const AUTHORIZER = `
  const document = (Effect, Resource) => ({ Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] })
  exports.handler = async (event) => {
    const { token } = event.queryStringParameters
    if (token === 'throw') throw new Error('boom')
    if (token === 'strange') return { isAuthorized: true }
    const policyDocument = token === 'deny' ? document('Deny', '*') : document('Allow', token === 'other' ? event.methodArn + 'x' : event.methodArn)
    return { principalId: 'ada', policyDocument, context: { admin: true, age: 7, asked: JSON.stringify(event), count: String(globalThis.count = (globalThis.count ?? 0) + 1) } }
  }`

/** An API whose $connect asks an authorizer for `?token=…`. */
const guarded = (world: World): Promise<Api & { authorizerId: string }> => world.once('api guarded', async () => {
  const { aws, name, cloud } = world
  const { FunctionArn, FunctionName } = await steeredFunction(world)
  const authorizer = await makeFunction(world, 'authorizer', AUTHORIZER)
  const api = await makeApi(
    world, 'guarded',
    { $connect: { function: FunctionArn }, $disconnect: { function: FunctionArn }, twoWay: { function: FunctionArn, twoWay: true } },
  )
  await letInvoke(world, FunctionName, api.apiId)
  const { AuthorizerId } = await aws.apigatewayv2.createAuthorizer({
    ApiId: api.apiId, Name: name('authorizer'), AuthorizerType: 'REQUEST', AuthorizerUri: uriOf(world, authorizer.FunctionArn),
    IdentitySource: ['route.request.querystring.token'],
  })
  await aws.lambda.addPermission({
    FunctionName: authorizer.FunctionName, StatementId: 'api', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com',
    SourceArn: `arn:aws:execute-api:${cloud.region}:${cloud.account}:${api.apiId}/authorizers/${AuthorizerId}`,
  })
  await aws.apigatewayv2.updateRoute({ ApiId: api.apiId, RouteId: api.routes.$connect, AuthorizationType: 'CUSTOM', AuthorizerId })
  // A stage of its own serves the change at once (A14.1).
  const { DeploymentId } = await aws.apigatewayv2.createDeployment({ ApiId: api.apiId })
  await aws.apigatewayv2.createStage({ ApiId: api.apiId, StageName: 'guarded', DeploymentId })
  return { ...api, stage: 'guarded', url: cloud.webSocketUrl(api.apiId, 'guarded'), authorizerId: AuthorizerId! }
})

async function refused(world: World, query: string) {
  const { status, body } = await knock((await guarded(world)).url + query)
  return { status, body }
}

/** What the function saw of a client with a good token. */
async function seen(world: World) {
  const { url } = await guarded(world)
  const { body } = await knock(`${url}${asking({ do: 'event', statusCode: 403 })}&token=good`)
  return JSON.parse(body)
}

/** An API whose $connect asks IAM. */
const signedOnly = (world: World) => world.once('api signed', async () => {
  const { FunctionArn, FunctionName } = await steeredFunction(world)
  const api = await makeApi(
    world, 'signed', { $connect: { route: { AuthorizationType: 'AWS_IAM' } }, answers: { function: FunctionArn, twoWay: true } },
  )
  await letInvoke(world, FunctionName, api.apiId)
  return api
})

async function knockSigned(world: World, { keys }: Session) {
  const { url } = await signedOnly(world)
  const base = url.replace(/^ws/, 'http')
  const path = new URL(url).pathname
  const opened = await knock(url, { headers: await signedHeaders(world, base, { service: 'execute-api', keys }, { path }) })
  opened.raw?.destroy()
  return opened
}

export const authorization = section('A2, A11 authorization', [
  fact('A2.7', 'D', 'without the identity source the handshake answers 401 Unauthorized',
    'GDG/apigateway-websocket-api-lambda-auth.html, STACKD', DOCS, async (world) => {
    const { status, body } = await refused(world, '')

    assert.equal(status, 401)
    assert.match(body, /"Unauthorized"/)
  }),
  fact('A2.8', 'U', 'a Deny of the authorizer answers 403 User is not authorized to access this resource with an explicit deny',
    'STACKD', DOCS, async (world) => {
    const { status, body } = await refused(world, '?token=deny')

    assert.equal(status, 403)
    assert.match(body, /^\{"message": "User is not authorized to access this resource with an explicit deny", /)
  }),
  fact('A2.9', 'D', 'an authorizer that fails answers 500', 'GDG type AUTHORIZER_FAILURE, STACKD', DOCS, async (world) => {
    assert.equal((await refused(world, '?token=throw')).status, 500)
    assert.equal((await refused(world, '?token=strange')).status, 500)
  }),
  fact('A11.1', 'O', 'only $connect can have an authorizer',
    'incident notes, GDG/apigateway-websocket-api-control-access.html', DOCS, async (world) => {
    const { apiId } = await quiet(world)
    const { name, message, status } = await refusal(world.aws.apigatewayv2.createRoute({
      ApiId: apiId, RouteKey: 'guarded', AuthorizationType: 'AWS_IAM',
    }))

    assert.deepEqual(
      [status, name, message], [400, 'BadRequestException', 'Currently, authorization is restricted to the $connect route only'],
    )
  }),
  fact('A11.2', 'O', 'authorizers other than REQUEST are refused', 'CAP-ADM', AUTH, async (world) => {
    const { apiId } = await quiet(world)
    const { message } = await refusal(world.aws.apigatewayv2.createAuthorizer({
      ApiId: apiId, Name: 'jwt', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://example.com', Audience: ['a'] },
    }))

    assert.equal(message, 'Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.')
  }),
  fact('A11.3', 'O', 'payload version and result TTL cannot be set', 'CAP-ADM', AUTH, async (world) => {
    const { apiId } = await quiet(world)
    const create = (more: object) => world.aws.apigatewayv2.createAuthorizer({
      ApiId: apiId, Name: 'x', AuthorizerType: 'REQUEST', AuthorizerUri: uriOf(world, 'arn:aws:lambda:us-east-1:000000000000:function:x'),
      IdentitySource: ['route.request.header.X'], ...more
    })

    assert.match((await refusal(create({ AuthorizerPayloadFormatVersion: '2.0' }))).message, /cannot be set for WEBSOCKET protocol Apis\.$/)
    assert.match((await refusal(create({ AuthorizerResultTtlInSeconds: 300 }))).message, /cannot be set for WEBSOCKET protocol Apis\.$/)
  }),
  fact('A11.3', 'O', 'results are not cached: every handshake asks the authorizer',
    'CAP-AUTH same-identity-repeat', AUTH, async (world) => {
    const first = Number((await seen(world)).requestContext.authorizer.count)
    const second = Number((await seen(world)).requestContext.authorizer.count)

    assert.equal(second, first + 1)
  }),
  fact('A11.4', 'O', 'identity sources are route.request.querystring.x or route.request.header.X',
    'GDG/apigateway-websocket-api-lambda-auth.html, CAP-ADM', AUTH, async (world) => {
    const { apiId, authorizerId } = await guarded(world)
    const { IdentitySource } = await world.aws.apigatewayv2.getAuthorizer({ ApiId: apiId, AuthorizerId: authorizerId })

    assert.deepEqual(IdentitySource, ['route.request.querystring.token'])
  }),
  fact('A11.5', 'O', 'the authorizer\'s event names the method ARN, keeps Connection and Upgrade, and has its maps even when empty',
    'CAP-AUTH, STACKD', AUTH, async (world) => {
    const { apiId, stage } = await guarded(world)
    const event = JSON.parse((await seen(world)).requestContext.authorizer.asked)

    assert.deepEqual(
      Object.keys(event),
      [
        'type', 'methodArn', 'headers', 'multiValueHeaders', 'queryStringParameters', 'multiValueQueryStringParameters', 'stageVariables',
        'requestContext',
      ],
    )
    assert.deepEqual(
      [event.type, event.methodArn],
      ['REQUEST', `arn:aws:execute-api:${world.cloud.region}:${world.cloud.account}:${apiId}/${stage}/$connect`],
    )
    assert.deepEqual(
      [event.headers.Connection.toLowerCase(), event.headers.Upgrade, event.headers['content-length']], ['upgrade', 'websocket', '0'],
    )
    assert.deepEqual(event.stageVariables, {})
    assert.equal(event.queryStringParameters.token, 'good')
  }),
  fact('A11.6', 'D', 'a policy document that allows the method ARN lets the client in, another does not',
    'GDG, WSQ', DOCS, async (world) => {
    const client = await connect(`${(await guarded(world)).url}?token=good`)
    await client.close()

    assert.equal((await refused(world, '?token=other')).status, 403)
  }),
  fact('A11.7', 'O', 'context values reach the integration as texts', 'CAP-AUTH', AUTH, async (world) => {
    const { admin, age } = (await seen(world)).requestContext.authorizer

    assert.deepEqual({ admin, age }, { admin: 'true', age: '7' })
  }),
  fact('A3', 'O', 'authorizer comes second in the request context, with principalId and integrationLatency first',
    'CAP-AUTH', AUTH, async (world) => {
    const { requestContext } = await seen(world)

    assert.deepEqual(Object.keys(requestContext).slice(0, 3), ['routeKey', 'authorizer', 'eventType'])
    assert.deepEqual(Object.keys(requestContext.authorizer).slice(0, 2), ['principalId', 'integrationLatency'])
    assert.equal(typeof requestContext.authorizer.integrationLatency, 'number')
  }),
  fact('A4.5', 'O', 'authorizer repeats on every later event, without integrationLatency', 'CAP-AUTH', AUTH, async (world) => {
    const client = await connect(`${(await guarded(world)).url}?token=good`)
    client.send({ action: 'twoWay', do: 'event' })
    const { requestContext } = JSON.parse(await client.next())
    await client.close()
    const goodbye = JSON.parse(await recordedEvent(world, requestContext.connectionId, 'DISCONNECT')).requestContext

    for (const { authorizer } of [requestContext, goodbye]) {
      assert.deepEqual([authorizer.principalId, authorizer.admin], ['ada', 'true'])
      assert.equal('integrationLatency' in authorizer, false)
    }
  }),
  fact('A11.8', 'D', 'with AWS_IAM the handshake must be signed by someone who may execute-api:Invoke $connect',
    'GDG/apigateway-websocket-control-access-iam.html', DOCS, async (world) => {
    const { apiId, url } = await signedOnly(world)
    const route = `arn:aws:execute-api:${world.cloud.region}:${world.cloud.account}:${apiId}/beta/$connect`

    assert.equal((await knock(url)).status, 403)
    assert.equal((await knockSigned(world, await sessionWith(world, allow('execute-api:Invoke', route)))).status, 101)
    assert.equal((await knockSigned(world, await sessionWith(world, allow('execute-api:ManageConnections')))).status, 403)
  }),
  fact('A11.9', 'O', 'after the handshake policies have no say: who may only $connect sends to any route',
    'awsdocs/amazon-api-gateway-developer-guide #121', '2020', async (world) => {
    const { apiId, url } = await signedOnly(world)
    const { keys } = await sessionWith(
      world, allow('execute-api:Invoke', `arn:aws:execute-api:${world.cloud.region}:${world.cloud.account}:${apiId}/beta/$connect`),
    )
    const headers = await signedHeaders(
      world, url.replace(/^ws/, 'http'), { service: 'execute-api', keys }, { path: new URL(url).pathname },
    )
    const client = await connect(url, { headers })
    client.send({ action: 'answers' })

    assert.equal(await client.next(), 'done')
    await client.close()
  }),
])
