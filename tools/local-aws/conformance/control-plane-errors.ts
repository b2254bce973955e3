import assert from 'node:assert/strict'
import type { RouteSettings } from '@aws-sdk/client-apigatewayv2'
import { fact, section, unanswered } from './fact.ts'
import { emptyApi, makeApi, quiet, uriOf } from './harness/apis.ts'
import { refusal, refused } from './harness/sdk.ts'
import { shelf } from './harness/shelf.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'

export const controlPlaneErrors = section('C5 errors of the control plane', [
  fact('C5.1', 'O', 'an unknown API', 'CAP-ADM, SAM cli #7030, sst #5059', LIFE, async (world) => {
    assert.deepEqual(
      await refused(world.aws.apigatewayv2.getRoutes({ ApiId: 'a1b2c3d4e5' })),
      [404, 'NotFoundException', `Invalid API identifier specified ${world.cloud.account}:a1b2c3d4e5`],
    )
  }),
  fact('C5.2', 'O', 'an unknown route', 'CAP-ADM', LIFE, async (world) => {
    assert.deepEqual(
      await refused(world.aws.apigatewayv2.getRoute({ ApiId: (await shelf(world)).apiId, RouteId: 'abcdefg' })),
      [404, 'NotFoundException', 'Invalid route identifier specified'],
    )
  }),
  fact('C5.3', 'O', 'an unknown authorizer', 'CAP-ADM', LIFE, async (world) => {
    assert.deepEqual(
      await refused(world.aws.apigatewayv2.getAuthorizer({ ApiId: (await shelf(world)).apiId, AuthorizerId: 'abcdef' })),
      [404, 'NotFoundException', 'Invalid Authorizer identifier specified'],
    )
  }),
  fact('C5.4', 'U', 'an unknown stage, integration or deployment: Invalid … identifier specified',
    'moto, TF #12756', DOCS, async (world) => {
    const { apiId } = await shelf(world)
    const { apigatewayv2 } = world.aws

    assert.equal((await refused(apigatewayv2.getStage({ ApiId: apiId, StageName: 'absent' })))[2], 'Invalid stage identifier specified')
    assert.equal(
      (await refused(apigatewayv2.getIntegration({ ApiId: apiId, IntegrationId: 'abcdefg' })))[2],
      'Invalid Integration identifier specified',
    )
    assert.equal(
      (await refused(apigatewayv2.getDeployment({ ApiId: apiId, DeploymentId: 'abcdef' })))[2], 'Invalid Deployment identifier specified',
    )
  }),
  fact('C5.5', 'O', 'a second route of the same key', 'SLSF #7260', '2020', async (world) => {
    assert.deepEqual(
      await refused(world.aws.apigatewayv2.createRoute({ ApiId: (await shelf(world)).apiId, RouteKey: '$connect' })),
      [409, 'ConflictException', 'Route with key $connect already exists for this API'],
    )
  }),
  fact('C5.6', 'O', 'a second stage of the same name', 'SLSF #6533', '2019', async (world) => {
    assert.deepEqual(
      await refused(world.aws.apigatewayv2.createStage({ ApiId: (await shelf(world)).apiId, StageName: 'beta' })),
      [409, 'ConflictException', 'Stage already exists'],
    )
  }),
  fact('C5.7', 'O', 'an integration that is in use cannot be deleted', 'terraform-aws-next-js #247', '2021', async (world) => {
    const { apiId, integrations, routes } = await shelf(world)

    assert.deepEqual(
      await refused(world.aws.apigatewayv2.deleteIntegration({ ApiId: apiId, IntegrationId: integrations.send })),
      [409, 'ConflictException', `Cannot delete Integration because it is referenced by the following Routes with Ids: [${routes.send}]`],
    )
  }),
  fact('C5.8', 'O', 'an authorizer that is in use cannot be deleted', 'CAP-ADM', LIFE, async (world) => {
    const { apiId, authorizerId, routes } = await shelf(world)
    await world.aws.apigatewayv2.updateRoute({
      ApiId: apiId, RouteId: routes.$connect, AuthorizationType: 'CUSTOM', AuthorizerId: authorizerId,
    })

    assert.deepEqual(
      await refused(world.aws.apigatewayv2.deleteAuthorizer({ ApiId: apiId, AuthorizerId: authorizerId })),
      [409, 'ConflictException', 'Cannot delete authorizer \'guard\', is referenced in route: $connect'],
    )
  }),
  unanswered('C5.9', 'O', 'parallel changes of one API: Unable to complete operation due to concurrent modification. Please try again later.',
    'TF #18018, #40575, CDKD #1607', '2026-08', 'a change is done before the next one begins, so there is no conflict'),
  fact('C5.10', 'O', 'a deployment without routes', 'SAM #2512', '2022', async (world) => {
    assert.deepEqual(
      await refused(world.aws.apigatewayv2.createDeployment({ ApiId: await emptyApi(world, 'routeless') })),
      [400, 'BadRequestException', 'At least one route is required before deploying the Api.'],
    )
  }),
  fact('C5.11', 'U', 'a deployment that a stage uses: Active stages pointing to this deployment must be moved or deleted',
    'TF docs; observed for REST APIs', DOCS, async (world) => {
    const { apiId, stage } = await quiet(world)
    const { DeploymentId } = await world.aws.apigatewayv2.getStage({ ApiId: apiId, StageName: stage })

    assert.deepEqual(
      await refused(world.aws.apigatewayv2.deleteDeployment({ ApiId: apiId, DeploymentId })),
      [400, 'BadRequestException', 'Active stages pointing to this deployment must be moved or deleted'],
    )
  }),
  fact('C5.12', 'O', 'a deployment id on a stage with AutoDeploy', 'DRIFT #667', '2026-08', async (world) => {
    const { apiId } = await makeApi(world, 'auto-id', { one: {} })
    const { DeploymentId } = await world.aws.apigatewayv2.createDeployment({ ApiId: apiId })
    await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'auto', AutoDeploy: true })

    assert.deepEqual(
      await refused(world.aws.apigatewayv2.updateStage({ ApiId: apiId, StageName: 'auto', DeploymentId })),
      [
        400, 'BadRequestException',
        `Deployment ID cannot be set on this stage ${world.cloud.account}:${apiId} because AutoDeploy is enabled.`,
      ],
    )
  }),
  fact('C5.13', 'O', 'settings for a key that is no route', 'TF #16094, terraform-aws-apigateway-v2 #80', '2022', async (world) => {
    const { apiId, stage } = await quiet(world)
    const RouteSettings: Record<string, RouteSettings> = { absent: { ThrottlingBurstLimit: 1 } }

    assert.deepEqual(
      await refused(world.aws.apigatewayv2.updateStage({ ApiId: apiId, StageName: stage, RouteSettings })),
      [404, 'NotFoundException', 'Unable to find Route by key absent within the provided RouteSettings'],
    )
  }),
  fact('C5.14', 'O', 'authorization on another route than $connect', 'CAP-ADM', LIFE, async (world) => {
    assert.deepEqual(
      await refused(world.aws.apigatewayv2.createRoute({
        ApiId: (await shelf(world)).apiId, RouteKey: 'guarded', AuthorizationType: 'AWS_IAM',
      })),
      [400, 'BadRequestException', 'Currently, authorization is restricted to the $connect route only'],
    )
  }),
  fact('C5.15', 'O', 'a bad credentials ARN: Invalid role ARN, and nothing is changed', 'CAP-ADM', LIFE, async (world) => {
    const { apiId, authorizerId } = await shelf(world)
    const { apigatewayv2 } = world.aws

    assert.deepEqual(
      await refused(apigatewayv2.updateAuthorizer({
        ApiId: apiId, AuthorizerId: authorizerId, Name: 'renamed', AuthorizerCredentialsArn: 'not-an-arn',
      })),
      [400, 'BadRequestException', 'Invalid role ARN'],
    )
    assert.equal((await apigatewayv2.getAuthorizer({ ApiId: apiId, AuthorizerId: authorizerId })).Name, 'guard')
  }),
  fact('C5.16', 'O', 'more than 300 integrations', 'serverless-websockets-plugin #22', '2021', async (world) => {
    const apiId = await emptyApi(world, 'crowded')
    const create = () => world.aws.apigatewayv2.createIntegration({ ApiId: apiId, IntegrationType: 'MOCK' })
    for (let i = 0; i < 300; i++) await create()

    assert.deepEqual(
      await refused(create()),
      [
        400, 'BadRequestException',
        'Maximum number of Integrations for this API has been reached.  Please contact AWS if you need additional Integrations.',
      ],
    )
  }),
  fact('C5.17', 'U', 'a missing or bad RouteSelectionExpression: RouteSelectionExpression is required for WEBSOCKET protocol; Invalid selection expression specified',
    'emulators, a web page', DOCS, async ({ aws, name }) => {
    const create = (RouteSelectionExpression?: string) => aws.apigatewayv2.createApi({
      Name: name('bad'), ProtocolType: 'WEBSOCKET', RouteSelectionExpression,
    })

    assert.equal((await refused(create()))[2], 'RouteSelectionExpression is required for WEBSOCKET protocol')
    assert.equal((await refused(create('$nonsense')))[2], 'Invalid selection expression specified')
  }),
  fact('C5.18', 'U', 'a target that does not exist is refused with NotFoundException; CreateDeployment that names an automatic stage as in C5.12',
    'none', DOCS, async (world) => {
    const { apiId } = await makeApi(world, 'undecided', { one: {} })
    await world.aws.apigatewayv2.createStage({ ApiId: apiId, StageName: 'auto', AutoDeploy: true })

    assert.equal(
      (await refused(world.aws.apigatewayv2.createRoute({ ApiId: apiId, RouteKey: 'lost', Target: 'integrations/abcdefg' })))[1],
      'NotFoundException',
    )
    assert.equal((await refused(world.aws.apigatewayv2.createDeployment({ ApiId: apiId, StageName: 'auto' })))[1], 'BadRequestException')
  }),
  fact('A12.7', 'D', 'an API has at most 300 routes', 'WSQ', DOCS, async (world) => {
    const apiId = await emptyApi(world, 'many-routes')
    const create = (i: number) => world.aws.apigatewayv2.createRoute({ ApiId: apiId, RouteKey: `key-${i}` })
    for (let i = 0; i < 300; i++) await create(i)

    assert.equal((await refusal(create(300))).status, 400)
  }),
  fact('A12.8', 'D', 'an API has at most 10 stages and 10 authorizers', 'WSQ', DOCS, async (world) => {
    const apiId = await emptyApi(world, 'many-stages')
    const { apigatewayv2 } = world.aws
    const stage = (i: number) => apigatewayv2.createStage({ ApiId: apiId, StageName: `stage-${i}` })
    const authorizer = (i: number) => apigatewayv2.createAuthorizer({
      ApiId: apiId, Name: `a-${i}`, AuthorizerType: 'REQUEST',
      AuthorizerUri: uriOf(world, 'arn:aws:lambda:us-east-1:000000000000:function:x'), IdentitySource: ['route.request.header.X'],
    })
    for (let i = 0; i < 10; i++) await Promise.all([stage(i), authorizer(i)])

    assert.equal((await refusal(stage(10))).status, 400)
    assert.equal((await refusal(authorizer(10))).status, 400)
  }),
])
