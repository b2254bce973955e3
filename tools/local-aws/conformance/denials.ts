import assert from 'node:assert/strict'
import { fact, localFact, section } from './fact.ts'
import { chat, member } from './harness/apis.ts'
import { functionRole, invoke, makeFunction, steeredFunction, zipOf } from './harness/functions.ts'
import { call } from './harness/http.ts'
import { allow, deny, lister, sessionOf } from './harness/roles.ts'
import { refusal, sdkOf } from './harness/sdk.ts'

const DDB = '2026-09-22'
const DOCS = '2026-11'

const denied = (arn: string, action: string, resource: string) => `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`

export const denials = section('E1 who may not', [
  fact('E1', 'O', 'a function is User: arn:aws:sts::ACCT:assumed-role/ROLE/FN', 'WILD', DOCS, async (world) => {
    const { FunctionName } = await makeFunction(
      world, 'who',
      'const { DynamoDBClient, ListTablesCommand } = require("@aws-sdk/client-dynamodb"); exports.handler = () => new DynamoDBClient().send(new ListTablesCommand())',
    )
    const { RoleName } = await functionRole(world)

    assert.match(
      (await invoke(world, FunctionName)).text,
      new RegExp(`User: arn:aws:sts::${world.cloud.account}:assumed-role/${RoleName}/${FunctionName} is not authorized to perform: dynamodb:ListTables`),
    )
  }),
  fact('E1.1', 'O', 'DynamoDB: AccessDeniedException, 400, with __type and Message', 'CAP-DDB, WILD', DDB, async (world) => {
    const { keys, arn } = await lister(world)
    const { status, body } = await call(
      world, { service: 'dynamodb', keys },
      {
        method: 'POST', body: '{"TableName":"chat"}',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.Scan' },
      },
    )

    assert.equal(status, 400)
    assert.equal(
      body,
      JSON.stringify({
        __type: 'com.amazon.coral.service#AccessDeniedException',
        Message: denied(arn, 'dynamodb:Scan', `arn:aws:dynamodb:${world.cloud.region}:${world.cloud.account}:table/chat`),
      }),
    )
  }),
  fact('E1.1', 'O', 'a request for an index names it', 'CAP-DDB', DDB, async (world) => {
    const { aws, arn } = await lister(world)
    const { message } = await refusal(aws.dynamodb.scan({ TableName: 'chat', IndexName: 'by-room' }))

    assert.equal(
      message, denied(arn, 'dynamodb:Scan', `arn:aws:dynamodb:${world.cloud.region}:${world.cloud.account}:table/chat/index/by-room`),
    )
  }),
  fact('E1.2', 'D', 'DynamoDB, table missing and no permission: AccessDenied, not ResourceNotFound',
    'by evaluation order', DOCS, async (world) => {
    assert.equal((await refusal((await lister(world)).aws.dynamodb.describeTable({ TableName: 'absent' }))).name, 'AccessDeniedException')
  }),
  fact('E1.3', 'O', 'Lambda Invoke: AccessDeniedException, 403, with Message', 'WILD', DOCS, async (world) => {
    const { keys, arn } = await lister(world)
    const { FunctionName, FunctionArn } = await steeredFunction(world)
    const { status, headers, body } = await call(
      world, { service: 'lambda', keys }, { method: 'POST', path: `/2015-03-31/functions/${FunctionName}/invocations`, body: '{}' },
    )

    assert.deepEqual([status, headers['x-amzn-errortype']], [403, 'AccessDeniedException'])
    assert.equal(JSON.parse(body).Message, denied(arn, 'lambda:InvokeFunction', FunctionArn))
  }),
  localFact('a second account', 'E1.3', 'O', 'across accounts: because no resource-based policy allows it', 'WILD', DOCS, async (world) => {
    const { FunctionArn } = await steeredFunction(world)
    const other = sdkOf(world.cloud, await world.local!.addAccount('222222222222'))
    const { message } = await refusal(other.lambda.invoke({ FunctionName: FunctionArn }))
    other.destroy()

    assert.match(message, / because no resource-based policy allows the lambda:InvokeFunction action$/)
  }),
  fact('E1.4', 'O', '@connections: the account is masked, the id is a template (byte for byte in B2.6)',
    'CAP-MGMT, WILD', '2026-09-25', async (world) => {
    const { apiId } = await chat(world)
    const client = await member(world)
    const { message } = await refusal((await lister(world)).aws.connections(apiId, 'beta').postToConnection({ ConnectionId: client.id, Data: 'x' }))
    await client.close()

    assert.ok(
      message.includes(`arn:aws:execute-api:${world.cloud.region}:********${world.cloud.account.slice(-4)}:${apiId}/beta/POST/@connections/{connectionId}`),
      message,
    )
  }),
  fact('E1.5', 'O', 'AssumeRole: AccessDenied without "because", the same whether the role does not exist or does not trust',
    'WILD', DOCS, async (world) => {
    const { aws, arn } = await lister(world)
    const { Arn } = await functionRole(world)
    for (const RoleArn of [Arn, `arn:aws:iam::${world.cloud.account}:role/absent`]) {
      const { status, name, message } = await refusal(aws.sts.assumeRole({ RoleArn, RoleSessionName: 'proof' }))
      assert.deepEqual(
        [status, name, message], [403, 'AccessDenied', `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`],
      )
    }
  }),
  fact('E1.6', 'O', 'IAM and CloudFormation: AccessDenied, 403, with "because"', 'WILD', DOCS, async (world) => {
    const { aws, arn } = await lister(world)
    const role = `arn:aws:iam::${world.cloud.account}:role/absent`
    const ofIam = await refusal(aws.iam.getRole({ RoleName: 'absent' }))
    const ofCloudFormation = await refusal(aws.cloudformation.describeStacks({ StackName: 'absent' }))

    assert.deepEqual([ofIam.status, ofIam.name, ofIam.message], [403, 'AccessDenied', denied(arn, 'iam:GetRole', role)])
    assert.deepEqual([ofCloudFormation.status, ofCloudFormation.name], [403, 'AccessDenied'])
    assert.match(
      ofCloudFormation.message,
      / is not authorized to perform: cloudformation:DescribeStacks on resource: .* because no identity-based policy allows the cloudformation:DescribeStacks action$/,
    )
  }),
  fact('E1.7', 'O', 'S3: AccessDenied, 403, the resource in double quotes', 'WILD', DOCS, async (world) => {
    const { aws, arn } = await lister(world)
    const bucket = world.name('private')
    await world.aws.s3.createBucket({ Bucket: bucket })
    world.removeLater(`bucket ${bucket}`, () => world.aws.s3.deleteBucket({ Bucket: bucket }))
    const { status, name, message } = await refusal(aws.s3.getObject({ Bucket: bucket, Key: 'k' }))

    assert.deepEqual([status, name, message], [403, 'AccessDenied', denied(arn, 's3:GetObject', `"arn:aws:s3:::${bucket}/k"`)])
  }),
  fact('E1.8', 'O', 'PassRole is asked for the role that is handed on', 'WILD', DOCS, async (world) => {
    const { aws, arn } = await sessionOf(world, 'creator', allow('lambda:*'))
    const { Arn: Role } = await functionRole(world)
    const { status, message } = await refusal(aws.lambda.createFunction({
      FunctionName: world.name('passed'), Role, Runtime: 'nodejs22.x', Handler: 'index.handler',
      Code: { ZipFile: zipOf({ 'index.js': '' }) },
    }))

    assert.equal(status, 403)
    assert.equal(message, denied(arn, 'iam:PassRole', Role))
  }),
  fact('E1', 'D', 'an explicit deny of an inline policy: with an explicit deny in an identity-based policy',
    'AWS Security Blog, WILD', DOCS, async (world) => {
    const { aws } = await sessionOf(world, 'denied', allow('dynamodb:*'), deny('dynamodb:Scan'))
    const { message } = await refusal(aws.dynamodb.scan({ TableName: 'chat' }))

    assert.match(message, /:table\/chat with an explicit deny in an identity-based policy$/)
  }),
])
