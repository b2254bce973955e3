import assert from 'node:assert/strict'
import { fact, localFact, section, unanswered } from './fact.ts'
import { addRoute, chat, makeApi, member, quiet } from './harness/apis.ts'
import { functionRole, zipOf } from './harness/functions.ts'
import { allow, deny, sessionWith } from './harness/roles.ts'
import { refusal } from './harness/sdk.ts'
import { connect, knock } from './harness/socket.ts'
import { withStillClock } from './harness/still-clock.ts'

const LIFE = '2026-09-25'
const DOCS = '2026-11'
const NO_LOGS = 'access and execution logs of API Gateway are not built: no account here has the role that they need (A15.7)'

export const change = section('A14–A15 changes, throttling, logs', [
  fact('A14.1', 'O', 'a first stage with its first deployment serves within a second', 'CAP-LIFE d1', LIFE, async (world) => {
    const { url } = await makeApi(world, 'first-stage', { quiet: {} })
    const startedAt = Date.now()
    const client = await connect(url)

    assert.ok(Date.now() - startedAt < 1_000)
    await client.close()
  }),
  localFact('faults', 'A14.2', 'O', 'a stage that is led to a new deployment serves it only after 60 to 75 s',
    'CAP-LIFE d2, d3', LIFE, () => withStillClock(async (world, advance) => {
    const api = await makeApi(world, 'slow-update', { early: { mock: { statusCode: 200 } } })
    world.local!.faults.set({ kind: 'deployment-delay', ms: 70_000 })
    await addRoute(world, api, '$connect', { mock: { statusCode: 401 } })
    await world.aws.apigatewayv2.createDeployment({ ApiId: api.apiId, StageName: api.stage })

    for (const seconds of [0, 30, 30]) {
      await advance(seconds * 1_000)
      await (await connect(api.url)).close()
    }
    await advance(11_000)
    assert.equal((await knock(api.url)).status, 401)
  })),
  localFact('faults', 'A14.3', 'O', 'so does $connect that was switched to AWS_IAM',
    'CAP-LOGS iam-denied-*', LIFE, () => withStillClock(async (world, advance) => {
    const { apiId, url, routes, stage } = await makeApi(world, 'slow-iam', { $connect: { mock: { statusCode: 200 } } })
    world.local!.faults.set({ kind: 'deployment-delay', ms: 40_000 })
    await world.aws.apigatewayv2.updateRoute({ ApiId: apiId, RouteId: routes.$connect, AuthorizationType: 'AWS_IAM' })
    await world.aws.apigatewayv2.createDeployment({ ApiId: apiId, StageName: stage })

    await (await connect(url)).close()
    await advance(41_000)
    assert.equal((await knock(url)).status, 403)
  })),
  fact('A14.4', 'O', 'a Lambda permission and a new function can be used at once', 'CAP-LIFE', LIFE, async (world) => {
    const client = await member(world)
    await client.close()
    assert.equal(client.event.requestContext.routeKey, 'twoWay')
  }),
  localFact('faults', 'A14.5', 'O', 'a new role can be used by CreateFunction only after 6 to 10 s',
    'CAP-LIFE, CAP-ADM, CAP-LOGS', LIFE, () => withStillClock(async (world, advance) => {
    world.local!.faults.set({ kind: 'role-delay', ms: 8_000 })
    const { Arn } = await functionRole(world)
    const create = () => world.aws.lambda.createFunction({
      FunctionName: world.name('early'), Role: Arn, Runtime: 'nodejs22.x', Handler: 'index.handler',
      Code: { ZipFile: zipOf({ 'index.js': '' }) },
    })

    assert.equal((await refusal(create())).message, 'The role defined for the function cannot be assumed by Lambda.')
    await advance(8_000)
    assert.equal((await create()).State, 'Pending')
  })),
  fact('A14.6', 'O', 'a session policy counts at once for @connections', 'CAP-MGMT', LIFE, async (world) => {
    const { apiId, stage } = await chat(world)
    const client = await member(world)
    const may = await sessionWith(world, allow('execute-api:ManageConnections'))
    const mayNot = await sessionWith(world, allow('execute-api:*'), deny('execute-api:ManageConnections'))

    await may.aws.connections(apiId, stage).getConnection({ ConnectionId: client.id })
    assert.equal((await refusal(mayNot.aws.connections(apiId, stage).getConnection({ ConnectionId: client.id }))).status, 403)
    await client.close()
  }),

  fact('A15.1', 'O', 'a stage without route settings shows no throttling', 'CAP-LIFE', LIFE, async (world) => {
    const { apiId, stage } = await quiet(world)
    const { DefaultRouteSettings } = await world.aws.apigatewayv2.getStage({ ApiId: apiId, StageName: stage })

    assert.deepEqual(DefaultRouteSettings, { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF' })
  }),
  fact('A15.2', 'O', 'DefaultRouteSettings of a template without the throttling members set both to 0: every handshake gets 429',
    'TF #14742, #43307; pulumi/pulumi-aws #2363', '2025', async (world) => {
    const { aws, name, removeLater, eventually, cloud } = world
    const StackName = name('throttling')
    const Ref = (id: string) => ({ Ref: id })
    await aws.cloudformation.createStack({
      StackName, TemplateBody: JSON.stringify({
        Resources: {
          Api: {
            Type: 'AWS::ApiGatewayV2::Api',
            Properties: { Name: name('throttling'), ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
          },
          Mock: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: Ref('Api'), IntegrationType: 'MOCK' } },
          Route: {
            Type: 'AWS::ApiGatewayV2::Route',
            Properties: { ApiId: Ref('Api'), RouteKey: '$connect', Target: { 'Fn::Sub': 'integrations/${Mock}' } },
          },
          Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', DependsOn: 'Route', Properties: { ApiId: Ref('Api') } },
          Stage: {
            Type: 'AWS::ApiGatewayV2::Stage',
            Properties: {
              ApiId: Ref('Api'), StageName: 'beta', DeploymentId: Ref('Deployment'),
              DefaultRouteSettings: { DetailedMetricsEnabled: false },
            },
          },
        },
        Outputs: { ApiId: { Value: Ref('Api') } },
      }),
    })
    removeLater(`stack ${StackName}`, () => aws.cloudformation.deleteStack({ StackName }))
    const apiId = await eventually('the stack is made', async () => {
      const { Stacks: [stack] = [] } = await aws.cloudformation.describeStacks({ StackName })
      if (/FAILED|ROLLBACK/.test(stack!.StackStatus!)) throw new Error(`the stack is ${stack!.StackStatus}`)
      return stack!.StackStatus === 'CREATE_COMPLETE' && stack!.Outputs![0]!.OutputValue
    })

    const { DefaultRouteSettings } = await aws.apigatewayv2.getStage({ ApiId: apiId, StageName: 'beta' })
    assert.deepEqual([DefaultRouteSettings?.ThrottlingRateLimit, DefaultRouteSettings?.ThrottlingBurstLimit], [0, 0])
    assert.equal((await knock(cloud.webSocketUrl(apiId, 'beta'))).status, 429)
  }),
  unanswered('A15.4', 'D', 'CloudWatch has the metrics ConnectCount, MessageCount, IntegrationError, ClientError, ExecutionError, IntegrationLatency',
    'GDG/apigateway-websocket-api-logging.html', DOCS, 'there are no metrics: nothing here reads them'),
  unanswered('A15.5', 'O', 'an access log line says status 200, 502 with INTEGRATION_FAILURE, or the backend\'s 503',
    'CAP-LOGS', LIFE, NO_LOGS),
  unanswered('A15.6', 'O', '@connections calls are logged as CONNECTION_API', 'CAP-LOGS', LIFE, NO_LOGS),
  fact('A15.7', 'O', 'logs need a role of the account: without it they cannot be turned on', 'sst/sst #4663, TF', '2025', async (world) => {
    const { apiId, stage } = await quiet(world)
    const turnOn = (settings: object) => refusal(world.aws.apigatewayv2.updateStage({ ApiId: apiId, StageName: stage, ...settings }))
    const expected = [400, 'BadRequestException', 'CloudWatch Logs role ARN must be set in account settings to enable logging']

    for (const settings of [
      { DefaultRouteSettings: { LoggingLevel: 'INFO' } }, { DefaultRouteSettings: { DataTraceEnabled: true, LoggingLevel: 'INFO' } },
    ]) {
      const { name, message, status } = await turnOn(settings)
      assert.deepEqual([status, name, message], expected)
    }
  }),
  unanswered('A15.8', 'O', 'the execution log group is /aws/apigateway/API/STAGE', 'CAP-LOGS recovered_ws_0', LIFE, NO_LOGS),
  unanswered('A15.9', 'D', 'log text is cut at 1,024 bytes', 'GDG/apigateway-websocket-api-logging.html', DOCS, NO_LOGS),
])
