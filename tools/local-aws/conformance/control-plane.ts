import assert from 'node:assert/strict'
import { fact, localFact, section } from './fact.ts'
import { emptyApi, makeApi, uriOf } from './harness/apis.ts'
import { makeFunction } from './harness/functions.ts'
import { call, type Request } from './harness/http.ts'
import { allow, sessionWith } from './harness/roles.ts'
import { refusal, refused } from './harness/sdk.ts'
import { shelf } from './harness/shelf.ts'
import { connect } from './harness/socket.ts'
import type { World } from './harness/world.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'

/** A signed call of the control plane, bytes as they came. */
const wire = (world: World, method: string, path: string, input?: object) =>
  call(
    world, { service: 'apigateway' },
    { method, path, ...input && { body: JSON.stringify(input), headers: { 'content-type': 'application/json' } } } satisfies Request,
  )

const without = <T extends object>({ $metadata: _metadata, ...rest }: T & { $metadata?: unknown }) => rest

export const controlPlane = section('C1–C4 control plane', [
  fact('C1.1', 'D', 'REST JSON below /v2, members in lower camel case, lists as items',
    'BOTO, client-apigatewayv2 3.1169', DOCS, async (world) => {
    const { apiId } = await shelf(world)
    const { status, body } = await wire(world, 'GET', `/v2/apis/${apiId}/routes`)

    assert.equal(status, 200)
    assert.deepEqual(JSON.parse(body).items.map(({ routeKey }: { routeKey: string }) => routeKey).toSorted(), ['$connect', 'send'])
  }),
  fact('C1.2', 'O', 'times are ISO 8601 texts in whole seconds', 'CAP-LIFE, AWS CLI examples', LIFE, async (world) => {
    const { apiId } = await shelf(world)

    assert.match(JSON.parse((await wire(world, 'GET', `/v2/apis/${apiId}`)).body).createdDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  }),
  fact('C1.3', 'D', 'an error has the header x-amzn-ErrorType and a message', 'BOTO', DOCS, async (world) => {
    const { status, headers, body } = await wire(world, 'GET', '/v2/apis/a1b2c3d4e5')

    assert.deepEqual([status, headers['x-amzn-errortype']], [404, 'NotFoundException'])
    assert.equal(JSON.parse(body).message, `Invalid API identifier specified ${world.cloud.account}:a1b2c3d4e5`)
  }),
  fact('C1.4', 'D', 'the classes are BadRequest 400, NotFound 404, Conflict 409', 'BOTO', DOCS, async (world) => {
    const { aws } = world
    const { apiId } = await shelf(world)

    assert.deepEqual(
      (await refused(aws.apigatewayv2.createRoute({ ApiId: apiId, RouteKey: 'x', AuthorizationType: 'AWS_IAM' }))).slice(0, 2),
      [400, 'BadRequestException'],
    )
    assert.deepEqual(
      (await refused(aws.apigatewayv2.getRoute({ ApiId: apiId, RouteId: 'abcdefg' }))).slice(0, 2), [404, 'NotFoundException'],
    )
    assert.deepEqual(
      (await refused(aws.apigatewayv2.createRoute({ ApiId: apiId, RouteKey: 'send' }))).slice(0, 2), [409, 'ConflictException'],
    )
  }),
  localFact('faults', 'C1.4', 'D', 'and TooManyRequests 429, which the SDK tries three times', 'BOTO, SDK', DOCS, async (world) => {
    const undo = world.local!.faults.set({ kind: 'throttle', service: 'apigatewayv2', operation: 'GetApis' })
    const { name, status, error } = await refusal(world.aws.apigatewayv2.getApis({}))
    undo()

    assert.deepEqual([status, name, error.$metadata.attempts], [429, 'TooManyRequestsException', 3])
  }),
  fact('C1.5', 'D', 'IAM sees apigateway:METHOD on arn:aws:apigateway:REG::/apis/…, without an account',
    'GDG/api-gateway-iam-policy-examples.html', DOCS, async (world) => {
    const { apiId } = await shelf(world)
    const reader = await sessionWith(world, allow('apigateway:GET', `arn:aws:apigateway:${world.cloud.region}::/apis/${apiId}/routes`))
    // The role itself must be allowed as well.
    const { status } = await reader.aws.apigatewayv2.getRoutes({ ApiId: apiId }).then(
      () => ({ status: 200 }), ({ $metadata }) => ({ status: $metadata.httpStatusCode }),
    )
    const { status: other, message } = await refusal(reader.aws.apigatewayv2.createRoute({ ApiId: apiId, RouteKey: 'new' }))

    assert.equal(status, 200)
    assert.equal(other, 403)
    assert.match(
      message,
      /is not authorized to perform: apigateway:POST on resource: arn:aws:apigateway:[\w-]+::\/apis\/\w{10}\/routes because no session policy allows the apigateway:POST action$/,
    )
  }),
  fact('C1.6', 'O', 'an absent member is left out, not null', 'CAP-LIFE', LIFE, async (world) => {
    const { apiId } = await shelf(world)

    assert.doesNotMatch((await wire(world, 'GET', `/v2/apis/${apiId}`)).body, /null/)
  }),
  fact('C2', 'O', 'POST answers 201, GET 200, DELETE 204 without a body', 'CAP-LIFE, CAP-ADM', LIFE, async (world) => {
    const apiId = await emptyApi(world, 'statuses')
    const made = await wire(world, 'POST', `/v2/apis/${apiId}/routes`, { routeKey: 'one' })
    const { routeId } = JSON.parse(made.body)
    const got = await wire(world, 'GET', `/v2/apis/${apiId}/routes/${routeId}`)
    const deleted = await wire(world, 'DELETE', `/v2/apis/${apiId}/routes/${routeId}`)

    assert.deepEqual([made.status, got.status, deleted.status, deleted.body], [201, 200, 204, ''])
  }),
  fact('C2', 'O', 'PATCH answers 200 for a stage and 201 for a route', 'CAP-LIFE', LIFE, async (world) => {
    const { apiId, routes, stage } = await shelf(world)

    assert.equal((await wire(world, 'PATCH', `/v2/apis/${apiId}/stages/${stage}`, { description: 'patched' })).status, 200)
    assert.equal((await wire(world, 'PATCH', `/v2/apis/${apiId}/routes/${routes.send}`, { operationName: 'Send' })).status, 201)
  }),
  fact('C2', 'D', 'TagResource answers 201, GetTags 200, UntagResource 204', 'BOTO', DOCS, async (world) => {
    const { apiId } = await shelf(world)
    const arn = encodeURIComponent(`arn:aws:apigateway:${world.cloud.region}::/apis/${apiId}`)
    const tagged = await wire(world, 'POST', `/v2/tags/${arn}`, { tags: { team: 'chat' } })
    const got = await wire(world, 'GET', `/v2/tags/${arn}`)
    const untagged = await wire(world, 'DELETE', `/v2/tags/${arn}?tagKeys=team`)

    assert.deepEqual([tagged.status, got.status, untagged.status], [201, 200, 204])
    assert.equal(JSON.parse(got.body).tags.team, 'chat')
  }),
  fact('C3.1', 'O', 'an API id has 10 characters of a-z and 0-9',
    'CAP-LIFE', LIFE, async (world) => { assert.match((await shelf(world)).apiId, /^[a-z0-9]{10}$/) }),
  fact('C3.2', 'O', 'route and integration ids have 7', 'CAP-LIFE', LIFE, async (world) => {
    const { routes, integrations } = await shelf(world)
    for (const id of [...Object.values(routes), ...Object.values(integrations)]) assert.match(id, /^[a-z0-9]{7}$/)
  }),
  fact('C3.3', 'O', 'deployment, route response and authorizer ids have 6', 'CAP-LIFE, CAP-ADM', LIFE, async (world) => {
    const { apiId, routes, authorizerId } = await shelf(world)
    const { Items: [deployment] = [] } = await world.aws.apigatewayv2.getDeployments({ ApiId: apiId })
    const { RouteResponseId } = await world.aws.apigatewayv2.createRouteResponse({
      ApiId: apiId, RouteId: routes.send, RouteResponseKey: '$default',
    })

    for (const id of [deployment!.DeploymentId!, RouteResponseId!, authorizerId]) assert.match(id, /^[a-z0-9]{6}$/)
  }),
  fact('C3.4', 'D', 'a stage is known by its name: letters, digits, - and _, up to 128', 'BOTO', DOCS, async (world) => {
    const { apiId } = await shelf(world)
    const { StageName } = await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: `a_B-9${'x'.repeat(123)}` })

    assert.equal(StageName!.length, 128)
    for (const name of ['a.b', 'a b', 'x'.repeat(129)]) assert.equal(
      (await refusal(world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: name }))).status, 400, name,
    )
  }),
  fact('C3.4', 'O', '$default is accepted for WebSocket APIs too', 'terraform-aws-apigateway-v2 #7, #8', '2020', async (world) => {
    const { apiId } = await shelf(world)
    assert.equal((await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: '$default' })).StageName, '$default')
  }),
  fact('C3.5', 'O', 'ApiEndpoint is wss://API.execute-api.REG.amazonaws.com', 'CAP-LIFE', LIFE, async (world) => {
    const { apiId } = await shelf(world)
    assert.equal(
      (await world.aws.apigatewayv2.getApi({ ApiId: apiId })).ApiEndpoint, `wss://${apiId}.execute-api.${world.cloud.region}.amazonaws.com`,
    )
  }),
  fact('C3.6', 'O', 'tags are found by arn:aws:apigateway:REG::/apis/API and …/stages/STAGE',
    'TF api_test.go, stage_test.go', '2026', async (world) => {
    const { apiId, stage } = await shelf(world)
    const ResourceArn = `arn:aws:apigateway:${world.cloud.region}::/apis/${apiId}/stages/${stage}`
    await world.aws.apigatewayv2.tagResource({ ResourceArn, Tags: { team: 'chat' } })

    assert.deepEqual((await world.aws.apigatewayv2.getTags({ ResourceArn })).Tags, { team: 'chat' })
    assert.deepEqual((await world.aws.apigatewayv2.getStage({ ApiId: apiId, StageName: stage })).Tags, { team: 'chat' })
  }),
  fact('C3.7', 'D', 'invocations are allowed by arn:aws:execute-api:REG:ACCT:API/STAGE/ROUTEKEY',
    'GDG/apigateway-websocket-control-access-iam.html', DOCS, async (world) => {
    const { FunctionArn, FunctionName } = await makeFunction(
      world, 'one-route', 'exports.handler = async () => ({ statusCode: 200, body: "invoked" })',
    )
    const { apiId, url } = await makeApi(
      world, 'one-route', { yes: { function: FunctionArn, twoWay: true }, no: { function: FunctionArn, twoWay: true } },
    )
    const SourceArn = `arn:aws:execute-api:${world.cloud.region}:${world.cloud.account}:${apiId}/beta/yes`
    await world.aws.lambda.addPermission({
      FunctionName, StatementId: 'one', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn,
    })
    const client = await connect(url)
    client.send({ action: 'yes' })
    const allowed = await client.next()
    client.send({ action: 'no' })

    assert.equal(allowed, 'invoked')
    assert.match(await client.next(), /^\{"message": "Internal server error"/)
    await client.close()
  }),
  fact('C3.8', 'O', 'a Lambda integration is named by arn:aws:apigateway:REG:lambda:path/2015-03-31/functions/ARN/invocations',
    'CAP-LIFE', LIFE, async (world) => {
    const { apiId } = await shelf(world)
    const IntegrationUri = uriOf(world, `arn:aws:lambda:${world.cloud.region}:${world.cloud.account}:function:x`)
    const made = await world.aws.apigatewayv2.createIntegration({
      ApiId: apiId, IntegrationType: 'AWS_PROXY', IntegrationMethod: 'POST', IntegrationUri,
    })

    assert.equal(made.IntegrationUri, IntegrationUri)
  }),
  fact('C3.9', 'O', 'a route is led to integrations/INTEGRATIONID', 'CAP-LIFE', LIFE, async (world) => {
    const { apiId, routes, integrations } = await shelf(world)
    assert.equal(
      (await world.aws.apigatewayv2.getRoute({ ApiId: apiId, RouteId: routes.send })).Target, `integrations/${integrations.send}`,
    )
  }),
  fact('C4.1', 'O', 'an API shows these members, and neither Description, Version nor Tags when unset', 'CAP-LIFE', LIFE, async (world) => {
    const apiId = await emptyApi(world, 'members')
    const { CreatedDate, ...api } = without(await world.aws.apigatewayv2.getApi({ ApiId: apiId }))

    assert.ok(CreatedDate instanceof Date)
    assert.deepEqual(api, {
      ApiEndpoint: `wss://${apiId}.execute-api.${world.cloud.region}.amazonaws.com`, ApiId: apiId,
      ApiKeySelectionExpression: '$request.header.x-api-key', DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4', Name: world.name('members'), ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action',
    })
  }),
  fact('C4.2', 'O', 'a Lambda integration shows these members; the method is POST even if left out',
    'CAP-LIFE, CDKI #29566', LIFE, async (world) => {
    const { apiId } = await shelf(world)
    const IntegrationUri = uriOf(world, `arn:aws:lambda:${world.cloud.region}:${world.cloud.account}:function:x`)
    const { IntegrationId, ...integration } = without(await world.aws.apigatewayv2.createIntegration({
      ApiId: apiId, IntegrationType: 'AWS_PROXY', IntegrationUri,
    }))

    assert.ok(IntegrationId)
    assert.deepEqual(
      integration,
      {
        ConnectionType: 'INTERNET', IntegrationMethod: 'POST', IntegrationType: 'AWS_PROXY', IntegrationUri,
        PassthroughBehavior: 'WHEN_NO_MATCH', PayloadFormatVersion: '1.0', TimeoutInMillis: 29_000,
      },
    )
  }),
  fact('C4.3', 'O', 'a MOCK shows its selection expression, and neither method nor URI',
    'TF TestAccAWSAPIGatewayV2Integration_basic', '2026', async (world) => {
    const { apiId } = await shelf(world)
    const {
      IntegrationResponseSelectionExpression, IntegrationMethod, IntegrationUri,
    } = await world.aws.apigatewayv2.createIntegration({ ApiId: apiId, IntegrationType: 'MOCK' })

    assert.deepEqual(
      [IntegrationResponseSelectionExpression, IntegrationMethod, IntegrationUri],
      ['${integration.response.statuscode}', undefined, undefined],
    )
  }),
  fact('C4.4', 'O', 'a route without target is accepted and shows no more than this', 'CAP-LIFE, CAP-ADM', LIFE, async (world) => {
    const apiId = await emptyApi(world, 'bare-route')
    const { RouteId, ...route } = without(await world.aws.apigatewayv2.createRoute({ ApiId: apiId, RouteKey: 'bare' }))

    assert.ok(RouteId)
    assert.deepEqual(route, { ApiKeyRequired: false, AuthorizationType: 'NONE', RouteKey: 'bare' })
  }),
  fact('C4.5', 'O', 'a route response shows its id and key', 'CAP-LIFE', LIFE, async (world) => {
    const apiId = await emptyApi(world, 'route-response')
    const { RouteId } = await world.aws.apigatewayv2.createRoute({
      ApiId: apiId, RouteKey: 'two-way', RouteResponseSelectionExpression: '$default',
    })
    const response = without(await world.aws.apigatewayv2.createRouteResponse({ ApiId: apiId, RouteId, RouteResponseKey: '$default' }))

    assert.deepEqual(Object.keys(response).toSorted(), ['RouteResponseId', 'RouteResponseKey'])
  }),
  fact('C4.6', 'O', 'a deployment is DEPLOYED when the call answers, and shows neither Description nor a message',
    'CAP-LIFE', LIFE, async (world) => {
    const { apiId } = await shelf(world)
    const { CreatedDate, DeploymentId, ...deployment } = without(await world.aws.apigatewayv2.createDeployment({ ApiId: apiId }))

    assert.ok(CreatedDate && DeploymentId)
    assert.deepEqual(deployment, { AutoDeployed: false, DeploymentStatus: 'DEPLOYED' })
  }),
  fact('C4.7', 'O', 'a stage shows empty settings, variables and tags; AutoDeploy and throttling only if they were sent',
    'CAP-LIFE', LIFE, async (world) => {
    const { apiId } = await shelf(world)
    await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'members' })
    const { CreatedDate, LastUpdatedDate, ...stage } = without(await world.aws.apigatewayv2.getStage({ ApiId: apiId, StageName: 'members' }))

    assert.ok(CreatedDate && LastUpdatedDate)
    assert.deepEqual(
      stage,
      {
        StageName: 'members', RouteSettings: {}, StageVariables: {}, Tags: {},
        DefaultRouteSettings: { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF' },
      },
    )
  }),
  fact('C4.8', 'O', 'an authorizer shows these members, and neither TTL nor payload version', 'CAP-ADM', LIFE, async (world) => {
    const { apiId, authorizerId } = await shelf(world)

    assert.deepEqual(without(await world.aws.apigatewayv2.getAuthorizer({ ApiId: apiId, AuthorizerId: authorizerId })), {
      AuthorizerId: authorizerId, AuthorizerType: 'REQUEST', AuthorizerUri: uriOf(
        world, `arn:aws:lambda:${world.cloud.region}:${world.cloud.account}:function:x`,
      ), IdentitySource: ['route.request.header.X'], Name: 'guard',
    })
  }),
  fact('C4.9', 'O', 'routes come sorted by id, deployments oldest first; an empty list is empty, without a token',
    'CAP-LIFE', LIFE, async (world) => {
    const apiId = await emptyApi(world, 'lists')
    const empty = await world.aws.apigatewayv2.getRoutes({ ApiId: apiId })
    for (let i = 0; i < 4; i++) await world.aws.apigatewayv2.createRoute({ ApiId: apiId, RouteKey: `key-${i}` })
    const ids = (await world.aws.apigatewayv2.getRoutes({ ApiId: apiId })).Items!.map(({ RouteId }) => RouteId!)

    assert.deepEqual(without(empty), { Items: [] })
    assert.deepEqual(ids, ids.toSorted())
  }),
  fact('C4', 'D', 'MaxResults makes pages, NextToken goes on', 'BOTO', DOCS, async (world) => {
    const { apiId } = await shelf(world)
    const first = await world.aws.apigatewayv2.getRoutes({ ApiId: apiId, MaxResults: '1' })
    const second = await world.aws.apigatewayv2.getRoutes({ ApiId: apiId, MaxResults: '1', NextToken: first.NextToken })

    assert.deepEqual([first.Items!.length, second.Items!.length], [1, 1])
    assert.notEqual(first.Items![0]!.RouteId, second.Items![0]!.RouteId)
  }),
])
