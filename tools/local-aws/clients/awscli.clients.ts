import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { solution } from '../../verify/testing.ts'
import { startTestCloud } from '../testing.ts'
import { openAwscli } from './awscli.ts'
import { emptyHome, PATIENCE_MS } from './client-process.ts'
import { writePackage } from './package-file.ts'

const FUNCTIONS = {
  putConnectedClientToDDB: { file: '01-connect/putConnectedClientToDDB.ts', route: '$connect' },
  sendMessageToConnectedClient: { file: '02-send-message/sendMessageToConnectedClient.ts', route: 'sendMessage' },
}
const POLICIES = ['service-role/AWSLambdaBasicExecutionRole', 'AmazonAPIGatewayInvokeFullAccess', 'AmazonDynamoDBFullAccess']
const TRUST = JSON.stringify({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})
const TEST_EVENT = '{"requestContext": {"connectionId": "testConnectionId"}}'
const TEST_KEY = '{"connectionId": {"S": "testConnectionId"}}'

/** One story, told in order: each test goes on where the one before it ended. */
describe('awscli', { timeout: PATIENCE_MS }, () => {
  let local: Awaited<ReturnType<typeof startTestCloud>>
  let home: Awaited<ReturnType<typeof emptyHome>>
  let { aws, refused, at } = {} as ReturnType<typeof openAwscli>
  let [account, region, api, role] = ['', '', '', '']
  const arns: Record<string, string> = {}

  before(async () => {
    [local, home] = await Promise.all([startTestCloud(), emptyHome()]);
    ({ aws, refused, at } = openAwscli(local, home.folder))
    region = local.region
  })
  after(async () => {
    await local?.stop()
    await home?.remove()
  })

  it('learns who it is', async () => {
    const { Account, Arn, UserId } = await aws`sts get-caller-identity`

    account = Account
    assert.equal(Account, local.account)
    assert.equal(Arn, `arn:aws:iam::${Account}:user/workshop`)
    assert.match(UserId, /^AIDA[A-Z0-9]{17}$/)
  })

  it('makes the table and describes it', async () => {
    await aws`dynamodb create-table --table-name WebsocketConnection --billing-mode PAY_PER_REQUEST
      --attribute-definitions AttributeName=connectionId,AttributeType=S --key-schema AttributeName=connectionId,KeyType=HASH`
    await aws`dynamodb wait table-exists --table-name WebsocketConnection`

    const { Table } = await aws`dynamodb describe-table --table-name WebsocketConnection`

    assert.equal(Table.TableStatus, 'ACTIVE')
    assert.equal(Table.TableArn, `arn:aws:dynamodb:${region}:${account}:table/WebsocketConnection`)
    assert.deepEqual(Table.KeySchema, [{ AttributeName: 'connectionId', KeyType: 'HASH' }])
    assert.equal(Table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST')
  })

  it('makes the role with the policies that the seed names', async () => {
    role = (await aws`iam create-role --role-name chat --assume-role-policy-document ${TRUST}`).Role.Arn
    for (const policy of POLICIES) await aws`iam attach-role-policy --role-name chat --policy-arn arn:aws:iam::aws:policy/${policy}`

    const { AttachedPolicies } = await aws`iam list-attached-role-policies --role-name chat`

    assert.equal(role, `arn:aws:iam::${account}:role/chat`)
    assert.deepEqual(pick(AttachedPolicies, 'PolicyName'), POLICIES.map((policy) => path.posix.basename(policy)).toSorted())
  })

  it('simulates what the role may do', async () => {
    const { EvaluationResults } = await aws`iam simulate-principal-policy --policy-source-arn ${role}
      --action-names execute-api:ManageConnections s3:GetObject
      --resource-arns arn:aws:execute-api:${region}:${account}:a1b2c3d4e5/beta/POST/@connections/*`

    assert.deepEqual(pick(EvaluationResults, 'EvalDecision'), ['allowed', 'implicitDeny'])
  })

  it('makes both functions from zip files', async () => {
    await Promise.all(Object.entries(FUNCTIONS).map(async ([name, { file }]) => {
      const zip = await writePackage(home.folder, name, solution(file))
      const { FunctionArn } = await aws`lambda create-function --function-name ${name} --runtime nodejs22.x --role ${role}
        --handler index.handler --zip-file fileb://${zip} --timeout 5`
      await aws`lambda wait function-active-v2 --function-name ${name}`
      await aws`lambda update-function-configuration --function-name ${name} --environment Variables={TABLE_NAME=WebsocketConnection}`
      await aws`lambda wait function-updated-v2 --function-name ${name}`
      arns[name] = FunctionArn
    }))

    const { Functions } = await aws`lambda list-functions`

    assert.deepEqual(pick(Functions, 'FunctionName'), Object.keys(FUNCTIONS))
    for (const { Environment } of Functions) assert.deepEqual(Environment, { Variables: { TABLE_NAME: 'WebsocketConnection' } })
  })

  it("runs the seed's test event and reads the tail of the log", async () => {
    const answer = path.join(home.folder, 'answer.json')
    const { StatusCode, FunctionError, LogResult } = await aws`lambda invoke --function-name putConnectedClientToDDB
      --log-type Tail --cli-binary-format raw-in-base64-out --payload ${TEST_EVENT} ${answer}`
    const { Item } = await aws`dynamodb get-item --table-name WebsocketConnection --key ${TEST_KEY}`
    await aws`dynamodb delete-item --table-name WebsocketConnection --key ${TEST_KEY}`

    assert.deepEqual([StatusCode, FunctionError], [200, undefined])
    assert.match(Buffer.from(LogResult, 'base64').toString(), /^START RequestId: [\s\S]*^END RequestId: [\s\S]*^REPORT RequestId: /m)
    assert.deepEqual(JSON.parse(await readFile(answer, 'utf8')), { statusCode: 200, body: 'Connected.' })
    assert.deepEqual(Item, JSON.parse(TEST_KEY))
  })

  it('makes the API with its routes, mocks and permissions', async () => {
    const expression = '$request.body.action'
    const created = await aws`apigatewayv2 create-api --name ${'My Chat API'} --protocol-type WEBSOCKET
      --route-selection-expression ${expression}`
    api = created.ApiId
    const addRoute = (key: string, { IntegrationId }: { IntegrationId: string }) =>
      aws`apigatewayv2 create-route --api-id ${api} --route-key ${key} --target integrations/${IntegrationId}`
    for (const [name, { route }] of Object.entries(FUNCTIONS)) {
      await addRoute(route, await aws`apigatewayv2 create-integration --api-id ${api} --integration-type AWS_PROXY --integration-method POST
        --integration-uri arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arns[name]!}/invocations`)
      await aws`lambda add-permission --function-name ${name} --statement-id chat --action lambda:InvokeFunction
        --principal apigateway.amazonaws.com --source-arn arn:aws:execute-api:${region}:${account}:${api}/*/${route}`
    }
    for (const key of ['$disconnect', '$default']) await addRoute(key, await aws`apigatewayv2 create-integration --api-id ${api}
      --integration-type MOCK --request-templates ${JSON.stringify({ $default: '{"statusCode": 200}' })}`)

    const [routes, integrations, { Policy }] = await Promise.all([
      aws`apigatewayv2 get-routes --api-id ${api}`,
      aws`apigatewayv2 get-integrations --api-id ${api}`,
      aws`lambda get-policy --function-name putConnectedClientToDDB`,
    ])

    assert.deepEqual(pick(routes.Items, 'RouteKey'), ['$connect', '$default', '$disconnect', 'sendMessage'])
    assert.deepEqual(pick(routes.Items, 'Target'), pick(integrations.Items, 'IntegrationId').map((id) => `integrations/${id}`))
    assert.deepEqual(pick(integrations.Items, 'IntegrationType'), ['AWS_PROXY', 'AWS_PROXY', 'MOCK', 'MOCK'])
    assert.deepEqual(JSON.parse(Policy).Statement, [{
      Sid: 'chat', Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction',
      Resource: arns.putConnectedClientToDDB,
      Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:execute-api:${region}:${account}:${api}/*/$connect` } },
    }])
  })

  it('is told what is wrong with a second route of the same key', async () => {
    assert.equal(await refused`apigatewayv2 create-route --api-id ${api} --route-key $connect`,
      'An error occurred (ConflictException) when calling the CreateRoute operation: Route with key $connect already exists for this API')
  })

  it('deploys to the stage beta', async () => {
    const { DeploymentId, DeploymentStatus } = await aws`apigatewayv2 create-deployment --api-id ${api}`
    await aws`apigatewayv2 create-stage --api-id ${api} --stage-name beta --deployment-id ${DeploymentId}`

    const stage = await aws`apigatewayv2 get-stage --api-id ${api} --stage-name beta`

    assert.equal(DeploymentStatus, 'DEPLOYED')
    assert.equal(stage.DeploymentId, DeploymentId)
  })

  it('finds a client, posts to it, ends its connection, and is told that it has gone', async () => {
    const socket = new WebSocket(`${local.url.replace('http', 'ws')}/${api}/beta`)
    const [heard, closed] = [once(socket, 'message'), once(socket, 'close')]
    await once(socket, 'open')
    const { Items: [row] } = await aws`dynamodb scan --table-name WebsocketConnection`
    const id = row.connectionId.S
    const stage = at(`/${api}/beta`)

    const { Identity } = await stage.aws`apigatewaymanagementapi get-connection --connection-id ${id}`
    await stage.aws`apigatewaymanagementapi post-to-connection --connection-id ${id}
      --cli-binary-format raw-in-base64-out --data ${'Ground Control to Major Tom'}`
    await stage.aws`apigatewaymanagementapi delete-connection --connection-id ${id}`

    assert.equal(Identity.SourceIp, '127.0.0.1')
    assert.equal(String((await heard)[0]), 'Ground Control to Major Tom')
    assert.deepEqual((await closed).map(String), ['1000', 'Connection Closed Normally'])
    assert.equal(await stage.refused`apigatewaymanagementapi get-connection --connection-id ${id}`,
      'An error occurred (GoneException) when calling the GetConnection operation:')
  })

  it("finds the functions' log lines", async () => {
    const { events } = await aws`logs filter-log-events --log-group-name /aws/lambda/putConnectedClientToDDB --filter-pattern REPORT`
    const { logGroups } = await aws`logs describe-log-groups --log-group-name-prefix /aws/lambda/`

    assert.equal(events.length, 2) // the test event and one handshake
    for (const { message } of events) assert.match(message, /^REPORT RequestId: /)
    assert.deepEqual(pick(logGroups, 'logGroupName'), ['/aws/lambda/putConnectedClientToDDB']) // the other function never ran
  })

  it('takes everything away again', async () => {
    assert.equal(await refused`iam delete-role --role-name chat`,
      'An error occurred (DeleteConflict) when calling the DeleteRole operation: Cannot delete entity, must detach all policies first.')

    await aws`apigatewayv2 delete-api --api-id ${api}`
    for (const name of Object.keys(FUNCTIONS)) await aws`lambda delete-function --function-name ${name}`
    for (const policy of POLICIES) await aws`iam detach-role-policy --role-name chat --policy-arn arn:aws:iam::aws:policy/${policy}`
    await aws`iam delete-role --role-name chat`
    await aws`logs delete-log-group --log-group-name /aws/lambda/putConnectedClientToDDB`
    await aws`dynamodb delete-table --table-name WebsocketConnection`
    await aws`dynamodb wait table-not-exists --table-name WebsocketConnection`

    assert.deepEqual((await aws`apigatewayv2 get-apis`).Items, [])
    assert.deepEqual((await aws`lambda list-functions`).Functions, [])
    assert.deepEqual((await aws`dynamodb list-tables`).TableNames, [])
    assert.equal(await refused`iam get-role --role-name chat`,
      'An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name chat cannot be found.')
  })
})

/** One member of each, sorted, because lists of AWS have no order to rely on. */
const pick = (items: Record<string, string>[], member: string) => items.map((item) => item[member]!).toSorted()
