import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { cdkEnvironment } from '../../kit/cdk-environment.ts'
import { localCloud } from '../../lib/cloud.ts'
import { openAws, type Aws } from '../../verify/aws.ts'
import { startTestCloud } from '../testing.ts'
import { cdkWorkbench, type CdkEnd } from './cdk-workbench.ts'
import { emptyHome, PATIENCE_MS } from './client-process.ts'

const STACK = 'ChatStack'
const SECOND_ROUTE = "  new CfnRoute(chat, 'Twice', { apiId: chat.api.apiId, routeKey: '$connect' })\n"
const SEND = '02-send-message/sendMessageToConnectedClient.ts'

/** It ended well; what it printed is shown where it did not. */
function succeeded({ code, printed }: CdkEnd) {
  assert.equal(code, 0, printed)
  return printed
}

/** Its messages are wrapped to the width of a terminal. */
const unwrapped = (text: string) => text.replaceAll(/\s+/g, ' ')

describe("the CDK's command line", { timeout: PATIENCE_MS }, () => {
  let local: Awaited<ReturnType<typeof startTestCloud>>
  let home: Awaited<ReturnType<typeof emptyHome>>
  let cdk: Awaited<ReturnType<typeof cdkWorkbench>>
  let aws: Aws

  before(async () => {
    [local, home] = await Promise.all([startTestCloud(), emptyHome()])
    const cloud = localCloud(local)
    aws = openAws(cloud)
    cdk = await cdkWorkbench(local, home.folder, cdkEnvironment(cloud))
  })
  after(async () => {
    aws?.close()
    await local?.stop()
    await home?.remove()
  })

  const statusOf = async (StackName: string) => (await aws.cloudformation.describeStacks({ StackName })).Stacks![0]!.StackStatus
  const codeHash = async () => (await aws.lambda.getFunction({ FunctionName: 'sendMessageToConnectedClient' })).Configuration!.CodeSha256

  it('prints what early validation found, with its path, and nothing was made (G2.1)', async () => {
    const TableName = 'WebsocketConnection'
    await aws.dynamodb.createTable({
      TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    })

    const { code, printed } = await cdk.run('deploy', '--require-approval', 'never')
    await aws.dynamodb.deleteTable({ TableName })

    assert.equal(code, 1)
    assert.match(unwrapped(printed), /Early validation failed for change set cdk-deploy-change-set: .*\(AWS::DynamoDB::Table \w+\)/)
    assert.match(unwrapped(printed), /Resource of type 'AWS::DynamoDB::Table' with identifier 'WebsocketConnection' already exists\. \(at \/Resources\/\w+\)/)
    assert.deepEqual((await aws.lambda.listFunctions()).Functions, [])
  })

  it('lists and deploys the stack, and prints its outputs', async () => {
    assert.match(succeeded(await cdk.run('ls')), /^ChatStack$/m)

    const printed = succeeded(await cdk.run('deploy', '--require-approval', 'never'))

    assert.match(printed, /✅ {2}ChatStack/)
    assert.match(printed, /ChatStack\.WebSocketURL = wss:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com\/beta\n/)
    assert.equal(await statusOf(STACK), 'CREATE_COMPLETE')
  })

  it('sees no difference, then the one that was made', async () => {
    const same = succeeded(await cdk.run('diff', '--fail'))
    await cdk.edit('01-connect/connect.ts', "'dynamodb:PutItem'", "'dynamodb:PutItem', 'dynamodb:DeleteItem'")

    const { code, printed } = await cdk.run('diff', '--fail')

    assert.match(same, /Number of stacks with differences: 0/)
    assert.equal(code, 1)
    assert.match(printed, /IAM Statement Changes[\s\S]*dynamodb:DeleteItem[\s\S]*Number of stacks with differences: 1/)
  })

  it('swaps the code of a function without a stack update', async () => {
    succeeded(await cdk.run('deploy', '--require-approval', 'never'))
    const [hash, updated] = [await codeHash(), await lastUpdate()]
    await cdk.edit(SEND, 'Data: text }', 'Data: `${text}!` }')

    const printed = succeeded(await cdk.run('deploy', '--hotswap', '--require-approval', 'never'))

    assert.match(printed, /AWS::Lambda::Function 'sendMessageToConnectedClient' hotswapped!/)
    assert.notEqual(await codeHash(), hash)
    assert.deepEqual(await lastUpdate(), updated)
  })

  it('watches, and deploys one change', async () => {
    const watching = cdk.start('watch', '--no-logs')
    try {
      await watching.prints(/Triggering initial 'cdk deploy'[\s\S]*✅ {2}ChatStack/)
      const hash = await codeHash()
      await cdk.edit(SEND, '`${text}!`', '`${text}?`')

      await watching.prints(/Detected change to '02-send-message.*'[\s\S]*✅ {2}ChatStack/)

      assert.notEqual(await codeHash(), hash)
    } finally {
      await watching.stop()
    }
  })

  it('prints why a deploy failed, and where in the source, and everything is as before', async () => {
    succeeded(await cdk.run('deploy', '--require-approval', 'never', '--revert-drift'))
    const hash = await codeHash()
    await cdk.edit('04-deploy/deploy.ts', '  chat.stage = stage\n', `  chat.stage = stage\n${SECOND_ROUTE}`)
    await cdk.edit('04-deploy/deploy.ts', 'import { WebSocketStage }', 'import { CfnRoute, WebSocketStage }')
    await cdk.edit(SEND, '`${text}?`', 'text')

    const { code, printed } = await cdk.run('deploy', '--require-approval', 'never')

    assert.equal(code, 1)
    assert.match(unwrapped(printed), new RegExp('ChatStack/Twice \\(AWS::ApiGatewayV2::Route Twice\\) Resource handler returned message: '
      + '"Route with key \\$connect already exists for this API \\(Service: ApiGatewayV2, Status Code: 409,'))
    assert.match(printed, /Source Location: deploy \(.*deploy\.ts:\d+:3\)/)
    assert.equal(await statusOf(STACK), 'UPDATE_ROLLBACK_COMPLETE')
    assert.equal(await codeHash(), hash)
  })

  it('leaves a failed deploy as it is when told so, and rolls it back later', async () => {
    const { code } = await cdk.run('deploy', '--require-approval', 'never', '--no-rollback')
    const failed = await statusOf(STACK)

    succeeded(await cdk.run('rollback'))

    assert.equal(code, 1)
    assert.equal(failed, 'UPDATE_FAILED')
    assert.equal(await statusOf(STACK), 'UPDATE_ROLLBACK_COMPLETE')
  })

  it('destroys everything', async () => {
    const printed = succeeded(await cdk.run('destroy', '--force'))

    assert.match(printed, /✅ {2}ChatStack: destroyed/)
    await assert.rejects(statusOf(STACK), { name: 'ValidationError', message: `Stack with id ${STACK} does not exist` })
    assert.deepEqual((await aws.lambda.listFunctions()).Functions, [])
    assert.deepEqual((await aws.apigatewayv2.getApis()).Items, [])
    assert.deepEqual((await aws.dynamodb.listTables()).TableNames, [])
  })

  async function lastUpdate() {
    return (await aws.cloudformation.describeStacks({ StackName: STACK })).Stacks![0]!.LastUpdatedTime
  }
})
