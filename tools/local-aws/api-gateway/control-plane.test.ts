import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { manualClock } from '../clock.ts'
import type { Context } from '../service.ts'
import { functionUri, place, startGateway, until } from './gateway-testing.ts'
import { permissions } from './permissions.ts'

let gateway: Awaited<ReturnType<typeof startGateway>>
before(async () => { gateway = await startGateway({ functions: { ok: () => ({ statusCode: 200, body: 'done' }) } }) })
after(() => gateway.stop())
type Control = (typeof gateway)['control']
const control: Control = (...args) => gateway.control(...args)
const ROUTE = { $default: { mock: true } } as const

describe('APIs', () => {
  it('C3.1 C4.1 are made with AWS\'s defaults and without members that are not set', async () => {
    const { CreatedDate, ...api } = await control('CreateApi', { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })

    assert.match(api.ApiId!, /^[a-z0-9]{10}$/)
    assert.equal(CreatedDate!.getMilliseconds(), 0)
    assert.deepEqual(api, {
      ApiEndpoint: `wss://${api.ApiId}.execute-api.eu-west-1.amazonaws.com`, ApiId: api.ApiId, ApiKeySelectionExpression: '$request.header.x-api-key',
      DisableExecuteApiEndpoint: false, IpAddressType: 'ipv4', Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action',
    })
    assert.deepEqual(await control('GetApi', { ApiId: api.ApiId }), { CreatedDate, ...api })
  })

  it('C5.1 are unknown to other accounts and regions', async () => {
    const { apiId } = await gateway.api(ROUTE)

    for (const elsewhere of [{ ...place, region: 'us-east-1' }, { ...place, account: '444455556666' }])
      await assert.rejects(gateway.control('GetApi', { ApiId: apiId }, elsewhere), { name: 'NotFoundException', status: 404, message: `Invalid API identifier specified ${elsewhere.account}:${apiId}` })
    await assert.rejects(control('GetApi', { ApiId: 'constructor' }), { name: 'NotFoundException' })
  })

  it('C5.17 need a selection expression that can be one', async () => {
    await assert.rejects(control('CreateApi', { Name: 'chat', ProtocolType: 'WEBSOCKET' }), { name: 'BadRequestException' })
    await assert.rejects(control('CreateApi', { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$body' }), { name: 'BadRequestException' })
  })

  it('say that HTTP APIs are not built', async () => {
    await assert.rejects(control('CreateApi', { Name: 'web', ProtocolType: 'HTTP' }), { name: 'NotImplemented', message: /ProtocolType HTTP/ })
  })

  it('C6 keep what an update leaves out, and lose what it empties', async () => {
    const { ApiId } = await control('CreateApi', { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', Description: 'first', Version: '1' })

    await control('UpdateApi', { ApiId, Name: 'renamed', Description: '' })

    const api = await control('GetApi', { ApiId })
    assert.deepEqual([api.Name, api.Description, api.Version], ['renamed', undefined, '1'])
  })

  it('C4 come in pages when asked', async () => {
    const own = { account: '777788889999', region: 'eu-west-1' }
    for (let i = 0; i < 5; i++) await gateway.api({}, { stage: null, where: own })

    const names: string[] = []
    let NextToken: string | undefined
    do {
      const answer: { Items?: { ApiId?: string }[], NextToken?: string } = await gateway.control('GetApis', { MaxResults: '2', NextToken }, own)
      names.push(...answer.Items!.map(({ ApiId }) => ApiId!))
      NextToken = answer.NextToken
    } while (NextToken)

    assert.equal(new Set(names).size, 5)
    assert.equal((await gateway.control('GetApis', {}, own)).NextToken, undefined)
    await assert.rejects(gateway.control('GetApis', { MaxResults: 'many' }, own), { name: 'BadRequestException' })
  })
})

describe('routes', () => {
  it('C3.2 C4.4 are made with AWS\'s defaults, also without a target', async () => {
    const { apiId } = await gateway.api({})

    const route = await control('CreateRoute', { ApiId: apiId, RouteKey: 'send' })

    assert.match(route.RouteId!, /^[a-z0-9]{7}$/)
    assert.deepEqual(route, { ApiKeyRequired: false, AuthorizationType: 'NONE', RouteId: route.RouteId, RouteKey: 'send' })
  })

  it('C5.2 C5.5 C5.14 answer AWS\'s errors', async () => {
    const { apiId } = await gateway.api({ $connect: { mock: true } })

    await assert.rejects(control('GetRoute', { ApiId: apiId, RouteId: 'abcdefg' }), { name: 'NotFoundException', message: 'Invalid route identifier specified' })
    await assert.rejects(control('CreateRoute', { ApiId: apiId, RouteKey: '$connect' }), { name: 'ConflictException', message: 'Route with key $connect already exists for this API' })
    await assert.rejects(control('CreateRoute', { ApiId: apiId, RouteKey: 'send', AuthorizationType: 'AWS_IAM' }), { name: 'BadRequestException', message: 'Currently, authorization is restricted to the $connect route only' })
  })

  it('C5.5 may keep their own key in an update, and not take another\'s', async () => {
    const { apiId, routes } = await gateway.api({ a: { mock: true }, b: { mock: true } })

    await control('UpdateRoute', { ApiId: apiId, RouteId: routes.a, RouteKey: 'a', OperationName: 'first' })

    await assert.rejects(control('UpdateRoute', { ApiId: apiId, RouteId: routes.a, RouteKey: 'b' }), { name: 'ConflictException' })
  })

  it('C4.9 are listed by id', async () => {
    const { apiId } = await gateway.api(Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`r${i}`, { mock: true }])))

    const ids = (await control('GetRoutes', { ApiId: apiId })).Items!.map(({ RouteId }) => RouteId!)

    assert.deepEqual(ids, ids.toSorted())
    assert.equal(ids.length, 12)
  })
})

describe('integrations', () => {
  it('C4.2 of a function have AWS\'s defaults', async () => {
    const { apiId } = await gateway.api({})

    const integration = await control('CreateIntegration', { ApiId: apiId, IntegrationType: 'AWS_PROXY', IntegrationUri: functionUri('ok') })

    assert.deepEqual(integration, {
      ConnectionType: 'INTERNET', PassthroughBehavior: 'WHEN_NO_MATCH', PayloadFormatVersion: '1.0', TimeoutInMillis: 29_000, IntegrationMethod: 'POST',
      IntegrationId: integration.IntegrationId, IntegrationType: 'AWS_PROXY', IntegrationUri: functionUri('ok'),
    })
  })

  it('C4.3 C8.4 of type MOCK may have an empty URI, and show none', async () => {
    const { apiId } = await gateway.api({})

    const integration = await control('CreateIntegration', { ApiId: apiId, IntegrationType: 'MOCK', IntegrationUri: '' })

    assert.equal(integration.IntegrationResponseSelectionExpression, '${integration.response.statuscode}')
    assert.ok(!('IntegrationUri' in integration) && !('IntegrationMethod' in integration))
  })

  it('C5.7 are not deleted while a route uses them', async () => {
    const { apiId, routes } = await gateway.api({ send: { function: 'ok' } })
    const [integration] = (await control('GetIntegrations', { ApiId: apiId })).Items!

    await assert.rejects(control('DeleteIntegration', { ApiId: apiId, IntegrationId: integration!.IntegrationId }), {
      name: 'ConflictException', message: `Cannot delete Integration because it is referenced by the following Routes with Ids: [${routes.send}]`,
    })
    await control('DeleteRoute', { ApiId: apiId, RouteId: routes.send })
    await control('DeleteIntegration', { ApiId: apiId, IntegrationId: integration!.IntegrationId })
  })

  it('of other types say that they are not built', async () => {
    const { apiId } = await gateway.api({})

    for (const IntegrationType of ['HTTP', 'HTTP_PROXY', 'AWS'] as const)
      await assert.rejects(control('CreateIntegration', { ApiId: apiId, IntegrationType, IntegrationUri: 'http://127.0.0.1' }), { name: 'NotImplemented', message: new RegExp(`IntegrationType ${IntegrationType} is not built`) })
  })
})

describe('authorizers', () => {
  it('C4.8 C5.8 A11.2 A11.3 are of type REQUEST, without a cache, and kept while in use', async () => {
    const { apiId } = await gateway.api({})
    const wish = { ApiId: apiId, Name: 'members', AuthorizerUri: functionUri('ok'), IdentitySource: ['route.request.header.X'] }

    await assert.rejects(control('CreateAuthorizer', { ...wish, AuthorizerType: 'JWT' }), { name: 'BadRequestException', message: 'Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.' })
    await assert.rejects(control('CreateAuthorizer', { ...wish, AuthorizerType: 'REQUEST', AuthorizerResultTtlInSeconds: 300 }), { message: 'AuthorizerResultTtlInSeconds cannot be set for WEBSOCKET protocol Apis.' })
    const authorizer = await control('CreateAuthorizer', { ...wish, AuthorizerType: 'REQUEST' })
    await control('CreateRoute', { ApiId: apiId, RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId: authorizer.AuthorizerId })

    assert.deepEqual(authorizer, { AuthorizerId: authorizer.AuthorizerId, AuthorizerType: 'REQUEST', AuthorizerUri: wish.AuthorizerUri, IdentitySource: wish.IdentitySource, Name: 'members' })
    await assert.rejects(control('DeleteAuthorizer', { ApiId: apiId, AuthorizerId: authorizer.AuthorizerId }), { name: 'ConflictException', message: 'Cannot delete authorizer \'members\', is referenced in route: $connect' })
    await assert.rejects(control('GetAuthorizer', { ApiId: apiId, AuthorizerId: 'abcdef' }), { message: 'Invalid Authorizer identifier specified' })
  })
})

describe('stages and deployments', () => {
  it('C4.6 C4.7 C6.4 are made with AWS\'s defaults', async () => {
    const { apiId } = await gateway.api(ROUTE, { stage: null })

    const stage = await control('CreateStage', { ApiId: apiId, StageName: 'beta' })
    const deployment = await control('CreateDeployment', { ApiId: apiId, StageName: 'beta' })

    const { CreatedDate, LastUpdatedDate, ...rest } = stage
    assert.ok(CreatedDate instanceof Date && LastUpdatedDate instanceof Date)
    assert.deepEqual(rest, { StageName: 'beta', RouteSettings: {}, StageVariables: {}, Tags: {}, DefaultRouteSettings: { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF' } })
    assert.match(deployment.DeploymentId!, /^[a-z0-9]{6}$/)
    assert.deepEqual(Object.keys(deployment).toSorted(), ['AutoDeployed', 'CreatedDate', 'DeploymentId', 'DeploymentStatus'])
    assert.equal((await control('GetStage', { ApiId: apiId, StageName: 'beta' })).DeploymentId, deployment.DeploymentId)
  })

  it('C5.4 C5.6 C5.10 C5.11 C5.13 answer AWS\'s errors', async () => {
    const { apiId } = await gateway.api(ROUTE)
    const { apiId: empty } = await gateway.api({}, { stage: null })
    const { DeploymentId } = await control('GetStage', { ApiId: apiId, StageName: 'beta' })

    await assert.rejects(control('GetStage', { ApiId: apiId, StageName: 'none' }), { name: 'NotFoundException', message: 'Invalid stage identifier specified' })
    await assert.rejects(control('CreateStage', { ApiId: apiId, StageName: 'beta' }), { name: 'ConflictException', message: 'Stage already exists' })
    await assert.rejects(control('CreateDeployment', { ApiId: empty }), { name: 'BadRequestException', message: 'At least one route is required before deploying the Api.' })
    await assert.rejects(control('DeleteDeployment', { ApiId: apiId, DeploymentId }), { name: 'BadRequestException', message: 'Active stages pointing to this deployment must be moved or deleted' })
    await assert.rejects(control('UpdateStage', { ApiId: apiId, StageName: 'beta', RouteSettings: { other: {} } }), { name: 'NotFoundException', message: 'Unable to find Route by key other within the provided RouteSettings' })
  })

  it('C6.2 a deployment does not change with the API', async () => {
    const { apiId, routes, url } = await gateway.api({ send: { function: 'ok', twoWay: true } })
    await control('UpdateRoute', { ApiId: apiId, RouteId: routes.send, RouteKey: 'renamed' })
    const client = await gateway.open(url)

    client.send({ action: 'send' })

    assert.equal(await client.next(), 'done')
  })

  it('C6 stage variables and settings merge', async () => {
    const { apiId } = await gateway.api(ROUTE)
    await control('UpdateStage', { ApiId: apiId, StageName: 'beta', StageVariables: { a: '1', b: '2' } })

    await control('UpdateStage', { ApiId: apiId, StageName: 'beta', StageVariables: { b: '3' }, DefaultRouteSettings: { DetailedMetricsEnabled: true } })

    const stage = await control('GetStage', { ApiId: apiId, StageName: 'beta' })
    assert.deepEqual(stage.StageVariables, { a: '1', b: '3' })
    assert.deepEqual(stage.DefaultRouteSettings, { DataTraceEnabled: false, DetailedMetricsEnabled: true, LoggingLevel: 'OFF' })
  })

  it('A14.1 A14.2 a first deployment serves at once, a later one after the delay that a fault asks for', async () => {
    const clock = manualClock()
    const own = await startGateway({ clock, functions: { ok: () => ({ statusCode: 200, body: 'done' }) } })
    own.faults.set({ kind: 'deployment-delay', ms: 60_000 })
    const { apiId, url } = await own.api({ first: { function: 'ok', twoWay: true } })
    const client = await own.open(url)
    await own.addRoute(apiId, 'second', { function: 'ok', twoWay: true })
    await own.control('CreateDeployment', { ApiId: apiId, StageName: 'beta' })

    client.send({ action: 'second' })
    assert.match(await client.next(), /Forbidden/)
    clock.advance(60_000)
    client.send({ action: 'second' })
    assert.equal(await client.next(), 'done')
    await own.stop()
  })
})

const liveStage = (ApiId: string) => control('GetStage', { ApiId, StageName: 'live' })

describe('AutoDeploy', () => {
  it('C6.6 C6.7 waits for the first route, then deploys by itself and says so', async () => {
    const { apiId } = await gateway.api({}, { stage: null })
    const created = await control('CreateStage', { ApiId: apiId, StageName: 'live', AutoDeploy: true })
    const message = (text: RegExp) => until(async () => text.test((await liveStage(apiId)).LastDeploymentStatusMessage ?? ''), String(text))

    await message(/^Deployment attempt failed: At least one route is required before deploying the Api\.$/)
    await gateway.addRoute(apiId, '$default', { mock: true })
    await message(/^Successfully deployed stage with deployment ID '[a-z0-9]{6}'$/)

    const stage = await liveStage(apiId)
    const deployment = await control('GetDeployment', { ApiId: apiId, DeploymentId: stage.DeploymentId })
    assert.equal(created.AutoDeploy, true)
    assert.equal(deployment.AutoDeployed, true)
    assert.equal(deployment.Description, 'Automatic deployment triggered by changes to the Api configuration')
  })

  it('C6.8 makes few deployments of a burst of changes, the last of which wins', async () => {
    const { apiId } = await gateway.api({}, { stage: null })
    await control('CreateStage', { ApiId: apiId, StageName: 'live', AutoDeploy: true })
    for (let i = 0; i < 20; i++) await gateway.addRoute(apiId, `route${i}`, { function: 'ok', twoWay: true })
    await until(async () => (await liveStage(apiId)).DeploymentId !== undefined, 'a deployment')
    const client = await gateway.open(`ws://127.0.0.1:${gateway.port}/${apiId}/live`)

    client.send({ action: 'route19' })

    assert.equal(await client.next(), 'done')
    assert.ok((await control('GetDeployments', { ApiId: apiId })).Items!.length <= 3)
  })

  it('C5.12 takes no DeploymentId', async () => {
    const { apiId } = await gateway.api(ROUTE)
    const { DeploymentId } = await control('GetStage', { ApiId: apiId, StageName: 'beta' })
    await control('CreateStage', { ApiId: apiId, StageName: 'live', AutoDeploy: true })

    await assert.rejects(control('UpdateStage', { ApiId: apiId, StageName: 'live', DeploymentId }), {
      name: 'BadRequestException', message: `Deployment ID cannot be set on this stage 111122223333:${apiId} because AutoDeploy is enabled.`,
    })
  })

  it('is made up for after a kill between a change and its deployment', async () => {
    const stopped = manualClock()
    const first = await startGateway({ clock: stopped })
    const { apiId } = await first.api({ a: { mock: true } }, { stage: null })
    await first.control('CreateStage', { ApiId: apiId, StageName: 'live', AutoDeploy: true })
    await first.stop({ keepState: true })

    const second = await startGateway({ root: first.state })
    const stage = () => second.control('GetStage', { ApiId: apiId, StageName: 'live' })
    await until(async () => (await stage()).DeploymentId !== undefined, 'the deployment')
    const client = await second.open(`ws://127.0.0.1:${second.port}/${apiId}/live`)

    assert.equal(client.socket.readyState, client.socket.OPEN)
    await second.stop()
  })
})

describe('tags', () => {
  it('C3.6 are put on, shown and taken off APIs and stages', async () => {
    const { apiId } = await gateway.api(ROUTE)
    const arns = [`arn:aws:apigateway:eu-west-1::/apis/${apiId}`, `arn:aws:apigateway:eu-west-1::/apis/${apiId}/stages/beta`]

    for (const ResourceArn of arns) {
      await control('TagResource', { ResourceArn, Tags: { a: '1', b: '2' } })
      await control('UntagResource', { ResourceArn, TagKeys: ['a'] })
      assert.deepEqual(await control('GetTags', { ResourceArn }), { Tags: { b: '2' } })
    }
    assert.deepEqual((await control('GetApi', { ApiId: apiId })).Tags, { b: '2' })
  })
})

describe('permissions', () => {
  const ids = { ApiId: 'api', RouteId: 'r', RouteResponseId: 'rr', IntegrationId: 'i', IntegrationResponseId: 'ir', StageName: 's', DeploymentId: 'd', AuthorizerId: 'a' }
  const cases: [operation: string, input: object, action: string, path: string][] = [
    ['CreateApi', { Name: 'chat' }, 'POST', 'apis'],
    ['GetApis', {}, 'GET', 'apis'],
    ['GetApi', ids, 'GET', 'apis/api'],
    ['DeleteApi', ids, 'DELETE', 'apis/api'],
    ['CreateRoute', { ApiId: 'api' }, 'POST', 'apis/api/routes'],
    ['GetRoutes', { ApiId: 'api' }, 'GET', 'apis/api/routes'],
    ['UpdateRoute', ids, 'PATCH', 'apis/api/routes/r'],
    ['CreateRouteResponse', { ApiId: 'api', RouteId: 'r' }, 'POST', 'apis/api/routes/r/routeresponses'],
    ['GetIntegrationResponses', { ApiId: 'api', IntegrationId: 'i' }, 'GET', 'apis/api/integrations/i/integrationresponses'],
    ['CreateStage', { ApiId: 'api', StageName: 's', DeploymentId: 'd' }, 'POST', 'apis/api/stages'],
    ['UpdateStage', { ApiId: 'api', StageName: 's', DeploymentId: 'd' }, 'PATCH', 'apis/api/stages/s'],
    ['DeleteRouteSettings', { ApiId: 'api', StageName: 's', RouteKey: 'send' }, 'DELETE', 'apis/api/stages/s/routesettings/send'],
    ['CreateDeployment', { ApiId: 'api', StageName: 's' }, 'POST', 'apis/api/deployments'],
    ['GetDeployments', { ApiId: 'api' }, 'GET', 'apis/api/deployments'],
    ['DeleteAuthorizer', ids, 'DELETE', 'apis/api/authorizers/a'],
    ['GetTags', { ResourceArn: 'arn:aws:apigateway:eu-west-1::/apis/api' }, 'GET', 'tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Fapis%2Fapi'],
  ]
  for (const [operation, input, method, path] of cases) {
    it(`C1.5 ${operation} asks for apigateway:${method} on /${path}`, () => {
      assert.deepEqual(permissions(operation, input, { region: 'eu-west-1' } as Context), [{ action: `apigateway:${method}`, resource: `arn:aws:apigateway:eu-west-1::/${path}` }])
    })
  }

  it('are there for every operation that is built', async () => {
    const { apiGatewayService } = await import('./index.ts')

    for (const operation of Object.keys(apiGatewayService.open(gateway.cloud, place)))
      assert.match(permissions(operation, { ...ids, ResourceArn: 'arn' }, { region: 'eu-west-1' } as Context)[0]!.action, /^apigateway:[A-Z]+$/)
  })
})
