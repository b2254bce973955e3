import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { waitUntilFunctionActiveV2, waitUntilFunctionUpdatedV2 } from '@aws-sdk/client-lambda'
import { build } from 'esbuild'
import { strToU8, zipSync } from 'fflate'
import type { ChosenCloud } from '../../lib/cloud.ts'
import type { Aws } from '../../verify/aws.ts'
import { solutions } from './testing.ts'

/** What somebody types into the console's fields. */
export type Names = { api: string, connect: string, sendMessage: string, disconnect: string, leave: string, plainText: string, table: string, stage: string }

type Clicks = (step: number) => Promise<void>

const MANAGED = 'arn:aws:iam::aws:policy'
const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })
const PLACEHOLDER = 'export const handler = async () => ({ statusCode: 200, body: JSON.stringify("Hello from Lambda!") })\n'

/**
 * The chat as the seed has it made, click by click, in its order, with the calls behind the console's buttons: no stack, managed policies,
 * one ES module per function and the SDK of the runtime, the row of the manual test left in the table. Steps are to be called in order.
 */
export function byConsole({ aws, cloud }: { aws: Aws, cloud: ChosenCloud }, names: Names): Clicks {
  const { apigatewayv2, dynamodb, iam, lambda } = aws
  let ApiId: string | undefined
  /** The console greys its buttons out while a function is being made or changed (D4.1). */
  const patience = { client: lambda, maxWaitTime: 60, minDelay: 0.05, maxDelay: 1 }

  const clicks: Record<number, () => Promise<void>> = {
    async 1() {
      ({ ApiId } = await apigatewayv2.createApi({ Name: names.api, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }))
      const role = await makeFunction(names.connect, '01-connect/putConnectedClientToDDB.ts')
      await dynamodb.createTable({
        TableName: names.table, BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }],
      })
      await iam.attachRolePolicy({ RoleName: role, PolicyArn: `${MANAGED}/AmazonDynamoDBFullAccess` })
      await lambda.invoke({ FunctionName: names.connect, Payload: await readFile(path.join(solutions, '01-connect/test-event.json')) })
      await route('$connect', names.connect)
    },
    async 2() {
      const role = await makeFunction(names.sendMessage, '02-send-message/sendMessageToConnectedClient.ts')
      for (const policy of ['AmazonDynamoDBFullAccess', 'AmazonAPIGatewayInvokeFullAccess'])
        await iam.attachRolePolicy({ RoleName: role, PolicyArn: `${MANAGED}/${policy}` })
    },
    async 3() {
      await route('sendMessage', names.sendMessage)
      await route('$disconnect')
      await route('$default')
    },
    async 4() {
      await apigatewayv2.createStage({ ApiId, StageName: names.stage })
      await apigatewayv2.createDeployment({ ApiId, StageName: names.stage })
    },
    async 5() {}, // only typing
    async 6() {
      const forget = await makeFunction(names.disconnect, '06-goodbye/removeDisconnectedClient.ts')
      await iam.attachRolePolicy({ RoleName: forget, PolicyArn: `${MANAGED}/AmazonDynamoDBFullAccess` })
      const sayGoodbye = await makeFunction(names.leave, '06-goodbye/sayGoodbye.ts')
      await iam.attachRolePolicy({ RoleName: sayGoodbye, PolicyArn: `${MANAGED}/AmazonAPIGatewayInvokeFullAccess` })
      await reroute('$disconnect', names.disconnect)
      await route('leave', names.leave)
      await apigatewayv2.createDeployment({ ApiId, StageName: names.stage })
    },
    async 7() {
      const role = await makeFunction(names.plainText, '07-friendly/understandPlainText.ts')
      for (const policy of ['AmazonDynamoDBFullAccess', 'AmazonAPIGatewayInvokeFullAccess'])
        await iam.attachRolePolicy({ RoleName: role, PolicyArn: `${MANAGED}/${policy}` })
      await reroute('$default', names.plainText)
      await apigatewayv2.createDeployment({ ApiId, StageName: names.stage })
    },
  }

  /** Create function, then paste the code and deploy it, then add the environment variable. Answers the role's name. */
  async function makeFunction(FunctionName: string, file: string) {
    const RoleName = `${FunctionName}-role-q7x2k9ab`
    const { Role } = await iam.createRole({ Path: '/service-role/', RoleName, AssumeRolePolicyDocument: TRUST })
    await iam.attachRolePolicy({ RoleName, PolicyArn: `${MANAGED}/service-role/AWSLambdaBasicExecutionRole` })
    await lambda.createFunction({ FunctionName, Role: Role!.Arn!, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: packed(PLACEHOLDER) } })
    await waitUntilFunctionActiveV2(patience, { FunctionName })
    await lambda.updateFunctionCode({ FunctionName, ZipFile: packed(await pasted(file)) })
    await waitUntilFunctionUpdatedV2(patience, { FunctionName })
    await lambda.updateFunctionConfiguration({ FunctionName, Environment: { Variables: { TABLE_NAME: names.table } } })
    return RoleName
  }

  /** To a function, which the console also lets the API invoke, or to a mock. */
  async function route(RouteKey: string, functionName?: string) {
    const { IntegrationId } = await apigatewayv2.createIntegration(functionName
      ? { ApiId, IntegrationType: 'AWS_PROXY', IntegrationMethod: 'POST', ContentHandlingStrategy: 'CONVERT_TO_TEXT', IntegrationUri: await mayInvoke(RouteKey, functionName) }
      : { ApiId, IntegrationType: 'MOCK', RequestTemplates: { 200: '{"statusCode":200}' }, TemplateSelectionExpression: '200' })
    await apigatewayv2.createRoute({ ApiId, RouteKey, AuthorizationType: 'NONE', ApiKeyRequired: false, Target: `integrations/${IntegrationId}` })
  }

  /** Another function behind a route that there is. */
  async function reroute(RouteKey: string, functionName: string) {
    const { Items = [] } = await apigatewayv2.getRoutes({ ApiId })
    await apigatewayv2.deleteRoute({ ApiId, RouteId: Items.find((one) => one.RouteKey === RouteKey)!.RouteId })
    await route(RouteKey, functionName)
  }

  async function mayInvoke(routeKey: string, FunctionName: string) {
    const { region, account } = cloud
    await lambda.addPermission({
      FunctionName, StatementId: `apigateway-${routeKey.replace('$', '')}`, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${region}:${account}:${ApiId}/*/${routeKey}`,
    })
    return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:${account}:function:${FunctionName}/invocations`
  }

  return (step) => clicks[step]!()
}

const packed = (code: string) => zipSync({ 'index.mjs': strToU8(code) })

/** A solution and its neighbours as one JavaScript module that imports the SDK from wherever it runs. */
async function pasted(file: string) {
  const { outputFiles: [output] } = await build({ entryPoints: [path.join(solutions, file)], bundle: true, packages: 'external', platform: 'node', format: 'esm', write: false })
  return output!.text
}
