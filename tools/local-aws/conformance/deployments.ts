import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { addRoute, emptyApi, letInvoke, makeApi } from './harness/apis.ts'
import { steeredFunction } from './harness/functions.ts'
import { connect, knock } from './harness/socket.ts'
import type { World } from './harness/world.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'

const stageOf = ({ aws }: World, ApiId: string, StageName: string) => aws.apigatewayv2.getStage({ ApiId, StageName })

/** A stage with AutoDeploy on an API that has a route, once it was deployed. */
const automatic = (world: World) => world.once('automatic stage', async () => {
  const { aws, eventually } = world
  const apiId = await emptyApi(world, 'automatic')
  await addRoute(world, { apiId, routes: {}, integrations: {} }, 'one', {})
  await aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'auto', AutoDeploy: true })
  const deploymentId = await eventually('the stage is deployed', async () => (await stageOf(world, apiId, 'auto')).DeploymentId)
  return { apiId, deploymentId }
})

export const deployments = section('C6 deployments and stages', [
  fact('C6.1', 'O', 'a deployment that worked is DEPLOYED', 'BOTO, CAP-LIFE', LIFE, async (world) => {
    const { apiId } = await makeApi(world, 'deployed', { one: {} })
    const { Items: [deployment] = [] } = await world.aws.apigatewayv2.getDeployments({ ApiId: apiId })

    assert.equal(deployment!.DeploymentStatus, 'DEPLOYED')
  }),
  fact('C6.2', 'D', 'a deployment is a snapshot: a route that is deleted later is still served',
    'GDG/apigateway-set-up-websocket-deployment.html', DOCS, async (world) => {
    const { apiId, url, routes } = await makeApi(world, 'snapshot', { $connect: { mock: { statusCode: 401 } } })
    await world.aws.apigatewayv2.deleteRoute({ ApiId: apiId, RouteId: routes.$connect })

    assert.equal((await knock(url)).status, 401)
  }),
  fact('C6.2', 'D', 'settings of the stage need no deployment', 'GDG/apigateway-set-up-websocket-deployment.html', DOCS, async (world) => {
    const { apiId, url, stage } = await makeApi(world, 'settings', { $connect: { mock: { statusCode: 401 } } })
    await world.aws.apigatewayv2.updateStage({
      ApiId: apiId, StageName: stage, DefaultRouteSettings: { ThrottlingBurstLimit: 0, ThrottlingRateLimit: 0 },
    })

    await world.eventually('the stage is throttled', async () => (await knock(url)).status === 429)
  }),
  fact('C6.3', 'O', 'a renamed route shows at once in GetRoutes, and the stage serves the old one until it is deployed',
    'CAP-LIFE rename-not-deployed-*', LIFE, async (world) => {
    const { FunctionArn, FunctionName } = await steeredFunction(world)
    const api = await makeApi(world, 'renamed', { old: { function: FunctionArn, twoWay: true } })
    await letInvoke(world, FunctionName, api.apiId)
    await world.aws.apigatewayv2.updateRoute({ ApiId: api.apiId, RouteId: api.routes.old, RouteKey: 'new' })
    const client = await connect(api.url)
    client.send({ action: 'old' })
    const answer = await client.next()
    client.send({ action: 'new' })

    assert.deepEqual((await world.aws.apigatewayv2.getRoutes({ ApiId: api.apiId })).Items!.map(({ RouteKey }) => RouteKey), ['new'])
    assert.equal(answer, 'done')
    assert.match(await client.next(), /^\{"message": "Forbidden"/)
    await client.close()
  }),
  fact('C6.4', 'D', 'CreateDeployment alone changes no stage; with a stage name it does', 'GDG', DOCS, async (world) => {
    const { apiId, stage } = await makeApi(world, 'stageless', { one: {} })
    const before = (await stageOf(world, apiId, stage)).DeploymentId
    await world.aws.apigatewayv2.createDeployment({ ApiId: apiId })
    const unchanged = (await stageOf(world, apiId, stage)).DeploymentId
    const { DeploymentId } = await world.aws.apigatewayv2.createDeployment({ ApiId: apiId, StageName: stage })

    assert.equal(unchanged, before)
    assert.equal((await stageOf(world, apiId, stage)).DeploymentId, DeploymentId)
  }),
  fact('C6.4', 'O', 'a stage without deployment can be made; its handshakes answer 403', 'CAP-LIFE, TF #17955', '2021', async (world) => {
    const { apiId } = await makeApi(world, 'empty-stage', { one: {} })
    await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'empty' })

    assert.equal((await knock(world.cloud.webSocketUrl(apiId, 'empty'))).status, 403)
  }),
  fact('C6.5', 'O', 'AutoDeploy works for WebSocket APIs', 'DRIFT #664, CDK integration tests', '2026-08', async (world) => {
    const { apiId } = await automatic(world)
    await (await connect(world.cloud.webSocketUrl(apiId, 'auto'))).close()
  }),
  fact('C6.6', 'O', 'AutoDeploy on an API without routes succeeds, and says that the deployment attempt failed',
    'incident note on a live stage', DOCS, async (world) => {
    const apiId = await emptyApi(world, 'too-early')
    await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'auto', AutoDeploy: true })
    const message = await world.eventually('the attempt', async () => (await stageOf(world, apiId, 'auto')).LastDeploymentStatusMessage)

    assert.equal(message, 'Deployment attempt failed: At least one route is required before deploying the Api.')
  }),
  fact('C6.6', 'U', 'and deploys with the first route', 'none', DOCS, async (world) => {
    const apiId = await emptyApi(world, 'in-time')
    await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'auto', AutoDeploy: true })
    await addRoute(world, { apiId, routes: {}, integrations: {} }, 'one', {})

    assert.ok(await world.eventually('the stage is deployed', async () => (await stageOf(world, apiId, 'auto')).DeploymentId))
  }),
  fact('C6.7', 'O', 'an automatic deployment says so, at the stage and in its description',
    'AWS CLI examples, imported Terraform states', '2025', async (world) => {
    const { apiId, deploymentId } = await automatic(world)
    const { LastDeploymentStatusMessage } = await stageOf(world, apiId, 'auto')
    const { AutoDeployed, Description } = await world.aws.apigatewayv2.getDeployment({ ApiId: apiId, DeploymentId: deploymentId })

    assert.equal(LastDeploymentStatusMessage, `Successfully deployed stage with deployment ID '${deploymentId}'`)
    assert.deepEqual([AutoDeployed, Description], [true, 'Automatic deployment triggered by changes to the Api configuration'])
  }),
  fact('C6.8', 'O', 'it is asynchronous, the last of a burst of changes wins; a manual deployment leaves no message',
    'TF stage_test.go, CAP-LIFE', LIFE, async (world) => {
    const { apiId } = await automatic(world)
    const api = { apiId, routes: {}, integrations: {} }
    for (const key of ['two', 'three', '$connect']) await addRoute(world, api, key, { mock: { statusCode: 401 } })
    const manual = await makeApi(world, 'manual', { one: {} })

    await world.eventually('the last change is served', async () => {
      const opened = await knock(world.cloud.webSocketUrl(apiId, 'auto'))
      opened.raw?.destroy()
      return opened.status === 401
    })
    assert.equal((await stageOf(world, manual.apiId, manual.stage)).LastDeploymentStatusMessage, undefined)
  }),
  fact('C6.9', 'U', 'DeleteApi needs no emptying first', 'cleanup scripts', DOCS, async (world) => {
    const { apiId } = await makeApi(world, 'full', { one: {}, two: {} })
    await world.aws.apigatewayv2.deleteApi({ ApiId: apiId })

    assert.equal((await knock(world.cloud.webSocketUrl(apiId, 'beta'))).status, 403)
  }),
  fact('C6', 'O', 'an update keeps what it does not name', 'CAP-ADM credentials-omitted, CDKD #1163, #1577', '2026-08', async (world) => {
    const { apiId, stage } = await makeApi(world, 'merged', { one: {} })
    await world.aws.apigatewayv2.updateStage({ ApiId: apiId, StageName: stage, Description: 'kept' })
    await world.aws.apigatewayv2.updateStage({ ApiId: apiId, StageName: stage, StageVariables: { name: 'value' } })
    const { Description, StageVariables } = await stageOf(world, apiId, stage)

    assert.deepEqual({ Description, StageVariables }, { Description: 'kept', StageVariables: { name: 'value' } })
  }),
  fact('C6', 'O', 'an empty text clears Description and OperationName', 'CAP-ADM', LIFE, async (world) => {
    const { apiId, stage, routes } = await makeApi(world, 'cleared', { one: {} })
    const { apigatewayv2 } = world.aws
    await apigatewayv2.updateStage({ ApiId: apiId, StageName: stage, Description: 'x' })
    await apigatewayv2.updateStage({ ApiId: apiId, StageName: stage, Description: '' })
    await apigatewayv2.updateRoute({ ApiId: apiId, RouteId: routes.one, OperationName: 'x' })
    await apigatewayv2.updateRoute({ ApiId: apiId, RouteId: routes.one, OperationName: '' })

    assert.equal((await stageOf(world, apiId, stage)).Description, undefined)
    assert.equal((await apigatewayv2.getRoute({ ApiId: apiId, RouteId: routes.one })).OperationName, undefined)
  }),
  fact('C6', 'D', 'tags belong to APIs and stages', 'BOTO', DOCS, async (world) => {
    const { apiId } = await makeApi(world, 'tagged', { one: {} }, { api: { Tags: { team: 'chat' } } })

    assert.deepEqual((await world.aws.apigatewayv2.getApi({ ApiId: apiId })).Tags, { team: 'chat' })
  }),
])
