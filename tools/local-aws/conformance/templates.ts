import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { uriOf } from './harness/apis.ts'
import { refusal } from './harness/sdk.ts'
import { knock } from './harness/socket.ts'
import { att, changeStack, eventsOf, makeStack, ref, type Template } from './harness/stacks.ts'
import { synthesized } from './harness/synth.ts'
import type { World } from './harness/world.ts'

const DOCS = '2026-11'
const SPEC = '@aws-cdk/aws-service-spec 0.1.216'
const CDKLIB = 'aws-cdk-lib 2.273.0, synthesized'

/** Every type of API Gateway in one stack; the outputs are what Ref and Fn::GetAtt say. */
const everything = (world: World): Template => ({
  Resources: {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: world.name('stack'), ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', Tags: { team: 'chat' },
      },
    },
    Mock: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'), IntegrationType: 'MOCK', IntegrationUri: '', RequestTemplates: { $default: '{"statusCode": 200}' },
        TemplateSelectionExpression: '\\$default',
      },
    },
    Answer: {
      Type: 'AWS::ApiGatewayV2::IntegrationResponse',
      Properties: { ApiId: ref('Api'), IntegrationId: ref('Mock'), IntegrationResponseKey: '$default' },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref('Api'), RouteKey: 'ping', Target: { 'Fn::Sub': 'integrations/${Mock}' }, RouteResponseSelectionExpression: '$default',
      },
    },
    Back: {
      Type: 'AWS::ApiGatewayV2::RouteResponse', Properties: { ApiId: ref('Api'), RouteId: ref('Route'), RouteResponseKey: '$default' },
    },
    Guard: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('Api'), AuthorizerType: 'REQUEST', Name: 'guard',
        AuthorizerUri: uriOf(world, `arn:aws:lambda:${world.cloud.region}:${world.cloud.account}:function:x`),
        IdentitySource: ['route.request.header.X'],
      },
    },
    Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', DependsOn: ['Route', 'Back'], Properties: { ApiId: ref('Api') } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: ref('Api'), StageName: 'beta', DeploymentId: ref('Deployment'), Description: 'first', Tags: { team: 'chat' } },
    },
  },
  Outputs: Object.fromEntries([
    ...['Api', 'Mock', 'Answer', 'Route', 'Back', 'Guard', 'Deployment', 'Stage'].map((id) => [id, { Value: ref(id) }]),
    ...([
      ['Api', 'ApiEndpoint'], ['Api', 'ApiId'], ['Mock', 'IntegrationId'], ['Answer', 'IntegrationResponseId'], ['Route', 'RouteId'],
      ['Back', 'RouteResponseId'], ['Guard', 'AuthorizerId'], ['Deployment', 'DeploymentId'],
    ] as const)
      .map(([id, attribute]) => [id + attribute, { Value: att(id, attribute) }]),
  ]),
})
const stack = (world: World) => world.once('stack everything', async () => {
  const made = await makeStack(world, 'everything', everything(world))
  assert.equal(
    made.status, 'CREATE_COMPLETE',
    (await eventsOf(world, made.StackId)).map(({ ResourceStatusReason }) => ResourceStatusReason).join('; '),
  )
  return made
})

const refIs = (id: string, what: string, type: string, resource: string, shape: RegExp, attribute?: string) =>
  fact(id, 'D', `Ref of ${type} is the ${what}${attribute ? `, and so is Fn::GetAtt ${attribute}` : ''}`, `${SPEC}, CFNDOC`, DOCS, async (world) => {
    const { outputs } = await stack(world)

    assert.match(outputs[resource]!, shape)
    if (attribute) assert.equal(outputs[resource + attribute], outputs[resource])
  })

/** The physical ids before and after a property was changed. */
async function changedIds(world: World, what: string, change: (resources: Record<string, any>) => void) {
  const template = everything(world)
  const made = await makeStack(world, what, template)
  const changed = structuredClone(template)
  change(changed.Resources)
  const after = await changeStack(world, made.StackName, changed)
  assert.equal(after.status, 'UPDATE_COMPLETE')
  return { before: made.outputs, after: after.outputs }
}

/** The resources of a type in what CDK makes of a chat. */
const chatOf = async (world: World, type: string) => Object.values(
  (await synth(world)).Resources as Record<string, any>,
).filter(({ Type }) => Type === type)
const synth = (world: World) => world.once('synth', async () => synthesized())

export const templates = section('C7–C8 templates of API Gateway', [
  refIs('C7.1', 'API id', 'Api', 'Api', /^[a-z0-9]{10}$/, 'ApiId'),
  fact('C7.1', 'D', 'Fn::GetAtt ApiEndpoint of an Api is wss://…', `${SPEC}, CFNDOC`, DOCS, async (world) => {
    const { outputs } = await stack(world)
    assert.equal(outputs.ApiApiEndpoint, `wss://${outputs.Api}.execute-api.${world.cloud.region}.amazonaws.com`)
  }),
  refIs('C7.2', 'route id', 'Route', 'Route', /^[a-z0-9]{7}$/, 'RouteId'),
  refIs('C7.3', 'integration id', 'Integration', 'Mock', /^[a-z0-9]{7}$/, 'IntegrationId'),
  refIs('C7.4', 'stage name', 'Stage', 'Stage', /^beta$/),
  refIs('C7.5', 'deployment id', 'Deployment', 'Deployment', /^[a-z0-9]{6}$/, 'DeploymentId'),
  refIs('C7.6', 'route response id', 'RouteResponse', 'Back', /^[a-z0-9]{6}$/, 'RouteResponseId'),
  refIs('C7.7', 'integration response id', 'IntegrationResponse', 'Answer', /^[a-z0-9]+$/, 'IntegrationResponseId'),
  refIs('C7.8', 'authorizer id', 'Authorizer', 'Guard', /^[a-z0-9]{6}$/, 'AuthorizerId'),
  fact('C7', 'O', 'physical ids are the bare last ids, though the schema\'s identifiers are compound',
    'DRIFT #665, #872; CDKD #969', '2026-08', async (world) => {
    const { StackName, outputs } = await stack(world)
    const { StackResources = [] } = await world.aws.cloudformation.describeStackResources({ StackName })

    assert.equal(StackResources.find(({ LogicalResourceId }) => LogicalResourceId === 'Route')!.PhysicalResourceId, outputs.Route)
    assert.equal(StackResources.find(({ LogicalResourceId }) => LogicalResourceId === 'Stage')!.PhysicalResourceId, 'beta')
  }),
  fact('C7.4', 'D', 'another StageName replaces the stage', SPEC, DOCS, async (world) => {
    const { before, after } = await changedIds(world, 'restaged', ({ Stage }) => { Stage.Properties.StageName = 'gamma' })

    assert.deepEqual([before.Stage, after.Stage, after.Api], ['beta', 'gamma', before.Api])
  }),
  fact('C7.9', 'M', 'RouteKey, Target, AutoDeploy and RouteSelectionExpression change in place', SPEC, DOCS, async (world) => {
    const { before, after } = await changedIds(world, 'in-place', ({ Route, Api, Stage }) => {
      Route.Properties.RouteKey = 'pong'
      Api.Properties.RouteSelectionExpression = '$request.body.kind'
      delete Stage.Properties.DeploymentId
      Stage.Properties.AutoDeploy = true
    })

    assert.deepEqual(after, before)
    assert.equal((await world.aws.apigatewayv2.getRoute({ ApiId: after.Api, RouteId: after.Route })).RouteKey, 'pong')
  }),
  fact('C7.10', 'O', 'Fn::GetAtt X.Id of an Integration is refused by name', 'CDKI #30512', '2024', async (world) => {
    const template = everything(world)
    template.Outputs = { Id: { Value: att('Mock', 'Id') } }

    const { message } = await refusal(world.aws.cloudformation.createStack({
      StackName: world.name('wrong-attribute'), TemplateBody: JSON.stringify(template),
    }))
    assert.match(message, /Resource type AWS::ApiGatewayV2::Integration does not support attribute \{Id\}/)
  }),
  fact('C7.11', 'O', 'a Deployment is not renewed by later changes of routes',
    'TF #12961, aws-lambda-dotnet #605', '2021', async (world) => {
    const { before, after } = await changedIds(world, 'stale', ({ Route }) => { Route.Properties.RouteKey = 'other' })

    assert.equal(after.Deployment, before.Deployment)
  }),
  fact('C7.12', 'O', 'a Deployment that does not depend on its routes fails with the words of C5.10, and the stack rolls back',
    'SAM #2512', '2022', async (world) => {
    const template = everything(world)
    template.Resources = {
      Api: template.Resources.Api!, Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', Properties: { ApiId: ref('Api') } },
    }
    template.Outputs = undefined
    const { status, StackId } = await makeStack(world, 'routeless-deployment', template)
    const failed = (await eventsOf(world, StackId)).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')

    assert.equal(status, 'ROLLBACK_COMPLETE')
    assert.match(failed!.ResourceStatusReason!, /At least one route is required before deploying the Api\./)
  }),
  fact('C7.13', 'U', 'a Stage with AutoDeploy and DeploymentId is taken at creation and refused at an update',
    'CDKI #15029, DRIFT #667', '2026-08', async (world) => {
    const template = everything(world)
    const { Properties } = template.Resources.Stage as { Properties: Record<string, unknown> }
    Properties.AutoDeploy = true
    const made = await makeStack(world, 'auto-and-id', template)
    Properties.Description = 'second'
    const changed = await changeStack(world, made.StackName, template)
    const failed = (await eventsOf(world, made.StackId)).find(({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED')

    assert.equal(made.status, 'CREATE_COMPLETE')
    assert.match(changed.status, /^UPDATE_ROLLBACK_/)
    assert.match(failed!.ResourceStatusReason!, /Deployment ID cannot be set on this stage .* because AutoDeploy is enabled\./)
  }),
  fact('C7.14', 'U', 'a failed resource reads: Resource handler returned message: "… (Service: ApiGatewayV2, Status Code: 409, Request ID: UUID)" (RequestToken: UUID, HandlerErrorCode: AlreadyExists)',
    'DRIFT #667; older stacks read otherwise', '2026-08', async (world) => {
    const template = everything(world)
    template.Resources = {
      Api: template.Resources.Api!, One: template.Resources.Route!, Two: structuredClone(template.Resources.Route!),
      Mock: template.Resources.Mock!,
    }
    template.Outputs = undefined
    const { StackId } = await makeStack(world, 'two-routes', template)
    const reasons = (await eventsOf(world, StackId)).filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED').map(({ ResourceStatusReason }) => ResourceStatusReason!)

    assert.ok(
      reasons.some((reason) => /^Resource handler returned message: "Route with key ping already exists for this API \(Service: ApiGatewayV2, Status Code: 409, Request ID: [\w-]{36}\)" \(RequestToken: [\w-]{36}, HandlerErrorCode: AlreadyExists\)$/.test(reason)),
      reasons.join('\n'),
    )
  }),
  fact('C7.15', 'M', 'Tags of an Api and a Stage are maps', SPEC, DOCS, async (world) => {
    const { outputs } = await stack(world)
    const { Tags: ofApi } = await world.aws.apigatewayv2.getApi({ ApiId: outputs.Api })
    const { Tags: ofStage } = await world.aws.apigatewayv2.getStage({ ApiId: outputs.Api, StageName: 'beta' })

    assert.deepEqual([ofApi?.team, ofStage?.team], ['chat', 'chat'])
  }),
  fact('C6', 'O', 'in a template a property that is removed goes back to its default', 'CDKD #1163', '2026-08', async (world) => {
    const { after } = await changedIds(world, 'removed', ({ Stage }) => { delete Stage.Properties.Description })

    assert.equal((await world.aws.apigatewayv2.getStage({ ApiId: after.Api, StageName: 'beta' })).Description, undefined)
  }),

  fact('C8.1', 'M', 'a WebSocketApi is an Api alone, with $request.body.action', CDKLIB, DOCS, async (world) => {
    assert.deepEqual(
      (await chatOf(world, 'AWS::ApiGatewayV2::Api')).map(({ Properties }) => Properties),
      [{ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }],
    )
    assert.deepEqual((await chatOf(world, 'AWS::ApiGatewayV2::Deployment')), [])
  }),
  fact('C8.2', 'M', 'a route with a function is a Permission, an Integration without method, and a Route', CDKLIB, DOCS, async (world) => {
    const permission = (await chatOf(world, 'AWS::Lambda::Permission')).find(({ Properties }) => JSON.stringify(Properties.SourceArn).includes('*$connect'))
    const [integration] = (await chatOf(world, 'AWS::ApiGatewayV2::Integration')).filter(({ Properties }) => Properties.IntegrationType === 'AWS_PROXY')
    const route = (await chatOf(world, 'AWS::ApiGatewayV2::Route')).find(({ Properties }) => Properties.RouteKey === '$connect')

    assert.match(JSON.stringify(permission!.Properties.SourceArn), /"\/\*\$connect"/)
    assert.equal(integration!.Properties.IntegrationMethod, undefined)
    assert.equal(route!.Properties.AuthorizationType, 'CUSTOM')
    assert.equal(
      (await chatOf(world, 'AWS::ApiGatewayV2::Route')).find(({ Properties }) => Properties.RouteKey === 'send')!.Properties.AuthorizationType,
      'NONE',
    )
  }),
  fact('C8.3', 'M', 'returnResponse makes the route two-way', CDKLIB, DOCS, async (world) => {
    assert.deepEqual(
      (await chatOf(world, 'AWS::ApiGatewayV2::Route')).filter(({ Properties }) => Properties.RouteResponseSelectionExpression).map(({ Properties }) => Properties.RouteKey),
      ['send'],
    )
    assert.deepEqual(
      (await chatOf(world, 'AWS::ApiGatewayV2::RouteResponse')).map(({ Properties }) => Properties.RouteResponseKey), ['$default'],
    )
  }),
  fact('C8.4', 'M', 'a WebSocketMockIntegration has an empty IntegrationUri and no response', CDKLIB, DOCS, async (world) => {
    const [mock] = (await chatOf(world, 'AWS::ApiGatewayV2::Integration')).filter(({ Properties }) => Properties.IntegrationType === 'MOCK')

    assert.equal(mock!.Properties.IntegrationUri, '')
    assert.deepEqual((await chatOf(world, 'AWS::ApiGatewayV2::IntegrationResponse')), [])
  }),
  fact('C8.5', 'M', 'a WebSocketStage has no AutoDeploy unless asked for, and does not depend on routes', CDKLIB, DOCS, async (world) => {
    const [one] = (await chatOf(world, 'AWS::ApiGatewayV2::Stage'))

    assert.deepEqual([one!.Properties.AutoDeploy, one!.DependsOn], [undefined, undefined])
  }),
  fact('C8.6', 'M', 'a WebSocketLambdaAuthorizer is a REQUEST authorizer and a Permission for API/authorizers/ID',
    CDKLIB, DOCS, async (world) => {
    const [authorizer] = (await chatOf(world, 'AWS::ApiGatewayV2::Authorizer'))

    assert.equal(authorizer!.Properties.AuthorizerType, 'REQUEST')
    assert.ok((await chatOf(world, 'AWS::Lambda::Permission')).some(({ Properties }) => /"\/authorizers\/"/.test(JSON.stringify(Properties.SourceArn))))
  }),
  fact('C8.7', 'M', 'grantManagementApiAccess allows API/STAGE/*/@connections/*, grantManageConnections API/*/*/@connections/*',
    CDKLIB, DOCS, async (world) => {
    const resources = (await chatOf(world, 'AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement).filter(({ Action }: { Action: string }) => Action === 'execute-api:ManageConnections').map((statement: { Resource: unknown }) => JSON.stringify(statement.Resource))

    assert.ok(resources.some((resource: string) => /"\/beta\/\*\/@connections\/\*"/.test(resource)), resources.join())
    assert.ok(resources.some((resource: string) => /"\/\*\/\*\/@connections\/\*"/.test(resource)), resources.join())
  }),
  fact('C8.8', 'M', 'url and callbackUrl are wss:// and https:// with the stage', CDKLIB, DOCS, async (world) => {
    const { Outputs = {} } = await synth(world)
    const text = (name: string) => JSON.stringify(Outputs[name]!.Value)

    assert.match(text('url'), /\["wss:\/\/",\{"Ref":"\w+"\},"\.execute-api\./)
    assert.match(text('callbackUrl'), /\["https:\/\/",\{"Ref":"\w+"\},"\.execute-api\./)
    assert.match(text('endpoint'), /"Fn::GetAtt":\["\w+","ApiEndpoint"\]/)
  }),
  fact('C8', 'M', 'what CDK makes can be deployed: a star spans the slash, an empty URI is a mock\'s, routes may come after the stage',
    CDKLIB, DOCS, async (world) => {
    const template = everything(world)
    template.Resources = {
      Api: template.Resources.Api!, Mock: template.Resources.Mock!, Route: template.Resources.Route!,
      Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Api'), StageName: 'beta', AutoDeploy: true } },
    }
    template.Outputs = { Api: { Value: ref('Api') } }
    const { outputs } = await makeStack(world, 'cdk-like', template)

    await world.eventually('the stage serves', async () => {
      const opened = await knock(world.cloud.webSocketUrl(outputs.Api!, 'beta'))
      opened.raw?.destroy()
      return opened.status === 101
    })
  }),
])
