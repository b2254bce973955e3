import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { WebSocket } from 'ws'
import { solution } from '../../verify/testing.ts'
import { startTestCloud } from '../testing.ts'
import { openAwscli } from './awscli.ts'
import { emptyHome } from './client-process.ts'

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })
const POLICIES = ['AWSLambdaBasicExecutionRole', 'AmazonAPIGatewayInvokeFullAccess', 'AmazonDynamoDBFullAccess']
const FUNCTIONS = { putConnectedClientToDDB: '01-connect/putConnectedClientToDDB.ts', sendMessageToConnectedClient: '02-send-message/sendMessageToConnectedClient.ts' }
const ROUTES = ['$connect', '$default', '$disconnect', 'sendMessage']

describe('awscli', () => {
  let local: Awaited<ReturnType<typeof startTestCloud>>
  let home: Awaited<ReturnType<typeof emptyHome>>
  let { aws, refused } = {} as ReturnType<typeof openAwscli>
  let [account, api, role] = ['', '', '']
  const arns: Record<string, string> = {}

  before(async () => {
    [local, home] = await Promise.all([startTestCloud(), emptyHome()]);
    ({ aws, refused } = openAwscli(local, home.folder))
  })
  after(async () => {
    await local?.stop()
    await home?.remove()
  })

  it('learns who it is', async () => {
    const identity = await aws('sts', 'get-caller-identity')

    account = identity.Account
    assert.deepEqual(identity, { UserId: identity.UserId, Account: local.account, Arn: `arn:aws:iam::${local.account}:user/workshop` })
    assert.match(identity.UserId, /^AIDA[A-Z0-9]{17}$/)
  })

  it('makes the table and describes it', async () => {
    await aws('dynamodb', 'create-table', '--table-name', 'WebsocketConnection', '--billing-mode', 'PAY_PER_REQUEST',
      '--attribute-definitions', 'AttributeName=connectionId,AttributeType=S', '--key-schema', 'AttributeName=connectionId,KeyType=HASH')
    await aws('dynamodb', 'wait', 'table-exists', '--table-name', 'WebsocketConnection')

    const { Table } = await aws('dynamodb', 'describe-table', '--table-name', 'WebsocketConnection')

    assert.equal(Table.TableStatus, 'ACTIVE')
    assert.equal(Table.TableArn, `arn:aws:dynamodb:${local.region}:${account}:table/WebsocketConnection`)
    assert.deepEqual(Table.KeySchema, [{ AttributeName: 'connectionId', KeyType: 'HASH' }])
    assert.equal(Table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST')
  })

  it('makes the role with the policies that the seed names', async () => {
    role = (await aws('iam', 'create-role', '--role-name', 'chat', '--assume-role-policy-document', TRUST)).Role.Arn
    const { Policies } = await aws('iam', 'list-policies', '--scope', 'AWS', '--query', '{Policies: Policies[?contains(`' + JSON.stringify(POLICIES) + '`, PolicyName)].Arn}')
    for (const arn of Policies) await aws('iam', 'attach-role-policy', '--role-name', 'chat', '--policy-arn', arn)

    const { AttachedPolicies } = await aws('iam', 'list-attached-role-policies', '--role-name', 'chat')

    assert.equal(role, `arn:aws:iam::${account}:role/chat`)
    assert.deepEqual(AttachedPolicies.map(({ PolicyName }: { PolicyName: string }) => PolicyName).sort(), POLICIES)
  })

  it('simulates what the role may do', async () => {
    const { EvaluationResults } = await aws('iam', 'simulate-principal-policy', '--policy-source-arn', role,
      '--action-names', 'execute-api:ManageConnections', 's3:GetObject',
      '--resource-arns', `arn:aws:execute-api:${local.region}:${account}:a1b2c3d4e5/beta/POST/@connections/*`)

    assert.deepEqual(EvaluationResults.map(({ EvalActionName, EvalDecision }: Record<string, string>) => [EvalActionName, EvalDecision]),
      [['execute-api:ManageConnections', 'allowed'], ['s3:GetObject', 'implicitDeny']])
  })

  it('makes both functions from zip files', async () => {
    for (const [name, file] of Object.entries(FUNCTIONS)) {
      const zip = path.join(home.folder, `${name}.zip`)
      await writeFile(zip, zipSync({ 'index.js': strToU8(solution(file)) }))
      arns[name] = (await aws('lambda', 'create-function', '--function-name', name, '--runtime', 'nodejs22.x', '--role', role, '--handler', 'index.handler', '--zip-file', `fileb://${zip}`, '--timeout', '5')).FunctionArn
      await aws('lambda', 'wait', 'function-active-v2', '--function-name', name)
      await aws('lambda', 'update-function-configuration', '--function-name', name, '--environment', 'Variables={TABLE_NAME=WebsocketConnection}')
      await aws('lambda', 'wait', 'function-updated-v2', '--function-name', name)
    }

    const { Functions } = await aws('lambda', 'list-functions')

    assert.deepEqual(Functions.map(({ FunctionName, Environment }: any) => [FunctionName, Environment.Variables]).sort(), Object.keys(FUNCTIONS).map((name) => [name, { TABLE_NAME: 'WebsocketConnection' }]))
  })

  it("runs the seed's test event and reads the tail of the log", async () => {
    const answer = path.join(home.folder, 'answer.json')
    const invoked = await aws('lambda', 'invoke', '--function-name', 'putConnectedClientToDDB', '--log-type', 'Tail', '--cli-binary-format', 'raw-in-base64-out', '--payload', '{"requestContext": {"connectionId": "testConnectionId"}}', answer)
    const { Item } = await aws('dynamodb', 'get-item', '--table-name', 'WebsocketConnection', '--key', '{"connectionId": {"S": "testConnectionId"}}')

    assert.equal(invoked.StatusCode, 200)
    assert.equal(invoked.FunctionError, undefined)
    assert.match(Buffer.from(invoked.LogResult, 'base64').toString(), /^START RequestId: [\s\S]*^END RequestId: [\s\S]*^REPORT RequestId: /m)
    assert.deepEqual(JSON.parse(await readFile(answer, 'utf8')), { statusCode: 200, body: 'Connected.' })
    assert.deepEqual(Item, { connectionId: { S: 'testConnectionId' } })
    await aws('dynamodb', 'delete-item', '--table-name', 'WebsocketConnection', '--key', '{"connectionId": {"S": "testConnectionId"}}')
  })

  it('makes the API with its routes, mocks and permissions', async () => {
    api = (await aws('apigatewayv2', 'create-api', '--name', 'My Chat API', '--protocol-type', 'WEBSOCKET', '--route-selection-expression', '$request.body.action')).ApiId
    const route = (key: string, { IntegrationId }: { IntegrationId: string }) => aws('apigatewayv2', 'create-route', '--api-id', api, '--route-key', key, '--target', `integrations/${IntegrationId}`)
    const integration = (...words: string[]) => aws('apigatewayv2', 'create-integration', '--api-id', api, '--integration-type', ...words)
    for (const [key, name] of [['$connect', 'putConnectedClientToDDB'], ['sendMessage', 'sendMessageToConnectedClient']] as const) {
      await route(key, await integration('AWS_PROXY', '--integration-method', 'POST', '--integration-uri', `arn:aws:apigateway:${local.region}:lambda:path/2015-03-31/functions/${arns[name]}/invocations`))
      await aws('lambda', 'add-permission', '--function-name', name, '--statement-id', `chat-${key.replace('$', '')}`, '--action', 'lambda:InvokeFunction', '--principal', 'apigateway.amazonaws.com', '--source-arn', `arn:aws:execute-api:${local.region}:${account}:${api}/*/${key}`)
    }
    for (const key of ['$disconnect', '$default']) await route(key, await integration('MOCK', '--request-templates', '{"$default": "{\\"statusCode\\": 200}"}'))

    const { Items } = await aws('apigatewayv2', 'get-routes', '--api-id', api)
    const integrations = await aws('apigatewayv2', 'get-integrations', '--api-id', api)
    const policy = JSON.parse((await aws('lambda', 'get-policy', '--function-name', 'putConnectedClientToDDB')).Policy)

    assert.deepEqual(Items.map(({ RouteKey }: any) => RouteKey).sort(), ROUTES)
    assert.deepEqual(Items.map(({ Target }: any) => Target).sort(), integrations.Items.map(({ IntegrationId }: any) => `integrations/${IntegrationId}`).sort())
    assert.deepEqual(integrations.Items.map(({ IntegrationType }: any) => IntegrationType).sort(), ['AWS_PROXY', 'AWS_PROXY', 'MOCK', 'MOCK'])
    assert.deepEqual(policy.Statement.map(({ Sid, Principal, Resource }: any) => ({ Sid, Principal, Resource })), [{ Sid: 'chat-connect', Principal: { Service: 'apigateway.amazonaws.com' }, Resource: arns.putConnectedClientToDDB }])
  })

  it('is told what is wrong with a second route of the same key', async () => {
    assert.equal(await refused('apigatewayv2', 'create-route', '--api-id', api, '--route-key', '$connect'),
      'An error occurred (ConflictException) when calling the CreateRoute operation: Route with key $connect already exists for this API')
  })

  it('deploys to the stage beta', async () => {
    const { DeploymentId, DeploymentStatus } = await aws('apigatewayv2', 'create-deployment', '--api-id', api)
    await aws('apigatewayv2', 'create-stage', '--api-id', api, '--stage-name', 'beta', '--deployment-id', DeploymentId)

    const stage = await aws('apigatewayv2', 'get-stage', '--api-id', api, '--stage-name', 'beta')

    assert.equal(DeploymentStatus, 'DEPLOYED')
    assert.equal(stage.DeploymentId, DeploymentId)
    assert.equal((await aws('apigatewayv2', 'get-api', '--api-id', api)).ApiEndpoint, `wss://${api}.execute-api.${local.region}.amazonaws.com`)
  })

  it('reads and ends a connection, posts to it, and is told when it has gone', async () => {
    const socket = new WebSocket(`${local.url.replace('http', 'ws')}/${api}/beta`)
    const [heard, closed] = [once(socket, 'message'), once(socket, 'close')]
    await once(socket, 'open')
    const { Items: [row] } = await aws('dynamodb', 'scan', '--table-name', 'WebsocketConnection')
    const management = (operation: string, ...words: string[]) => ['--endpoint-url', `${local.url}/${api}/beta`, 'apigatewaymanagementapi', operation, '--connection-id', row.connectionId.S, ...words]

    assert.equal((await aws(...management('get-connection'))).Identity.SourceIp, '127.0.0.1')
    await aws(...management('post-to-connection', '--cli-binary-format', 'raw-in-base64-out', '--data', 'Ground Control to Major Tom'))
    assert.equal(String((await heard)[0]), 'Ground Control to Major Tom')
    await aws(...management('delete-connection'))
    assert.deepEqual((await closed).map(String), ['1000', 'Connection Closed Normally'])
    assert.match(await refused(...management('get-connection')), /^An error occurred \(GoneException\) when calling the GetConnection operation: ?$/)
  })

  it("finds the functions' log lines", async () => {
    const { events } = await aws('logs', 'filter-log-events', '--log-group-name', '/aws/lambda/putConnectedClientToDDB', '--filter-pattern', 'REPORT')
    const { logGroups } = await aws('logs', 'describe-log-groups', '--log-group-name-prefix', '/aws/lambda/')

    assert.equal(events.length, 2) // the test event and one handshake
    for (const { message } of events) assert.match(message, /^REPORT RequestId: /)
    assert.deepEqual(logGroups.map(({ logGroupName }: any) => logGroupName), ['/aws/lambda/putConnectedClientToDDB'])
  })

  it('takes everything away again', async () => {
    assert.match(await refused('iam', 'delete-role', '--role-name', 'chat'), /\(DeleteConflict\) when calling the DeleteRole operation: Cannot delete entity, must detach all policies first\.$/)

    await aws('apigatewayv2', 'delete-api', '--api-id', api)
    for (const name of Object.keys(FUNCTIONS)) await aws('lambda', 'delete-function', '--function-name', name)
    const { AttachedPolicies } = await aws('iam', 'list-attached-role-policies', '--role-name', 'chat')
    for (const { PolicyArn } of AttachedPolicies) await aws('iam', 'detach-role-policy', '--role-name', 'chat', '--policy-arn', PolicyArn)
    await aws('iam', 'delete-role', '--role-name', 'chat')
    await aws('logs', 'delete-log-group', '--log-group-name', '/aws/lambda/putConnectedClientToDDB')
    await aws('dynamodb', 'delete-table', '--table-name', 'WebsocketConnection')
    await aws('dynamodb', 'wait', 'table-not-exists', '--table-name', 'WebsocketConnection')

    assert.deepEqual((await aws('apigatewayv2', 'get-apis')).Items, [])
    assert.deepEqual((await aws('lambda', 'list-functions')).Functions, [])
    assert.deepEqual((await aws('dynamodb', 'list-tables')).TableNames, [])
    assert.match(await refused('iam', 'get-role', '--role-name', 'chat'), /\(NoSuchEntity\) when calling the GetRole operation: The role with name chat cannot be found\.$/)
  })
})
