import path from 'node:path'
import { buildSync } from 'esbuild'
import { strToU8, zipSync } from 'fflate'
import { localCloud, type ChosenCloud } from '../lib/cloud.ts'
import { root } from '../lib/paths.ts'
import type { Clock } from '../local-aws/clock.ts'
import { startTestCloud } from '../local-aws/testing.ts'
import { openAws, type Aws } from './aws.ts'

/** For tests: an empty local AWS, and clients of it. */
export async function testAws({ clock }: { clock?: Clock } = {}) {
  const local = await startTestCloud({ clock })
  const cloud = localCloud(local)
  const aws = openAws(cloud)
  return {
    local, cloud, aws,
    async stop() {
      aws.close()
      await local.stop()
    },
  }
}

const MANAGED = 'arn:aws:iam::aws:policy'

/**
 * For tests: builds the chat of `solutions/` as the seed does, by hand: the calls of the console, managed policies, and names of its own. Steps 1 to `upTo`.
 * `code` replaces the JavaScript of a function.
 */
export async function buildByHand({ aws, cloud }: { aws: Aws, cloud: ChosenCloud }, { upTo = 4, code = {} }: { upTo?: number, code?: { connect?: string, send?: string } } = {}) {
  const { ApiId, ...api } = await aws.apigatewayv2.createApi({ Name: 'Lunch talk', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })
  await aws.dynamodb.createTable({
    TableName: 'People', BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
  })
  const route = async (RouteKey: string, FunctionArn?: string) => {
    const { IntegrationId } = await aws.apigatewayv2.createIntegration(FunctionArn
      ? { ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: `arn:aws:apigateway:${cloud.region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations` }
      : { ApiId, IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode": 200}' } })
    await aws.apigatewayv2.createRoute({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` })
    if (FunctionArn) await aws.lambda.addPermission({
      FunctionName: FunctionArn, StatementId: `from-${RouteKey.replace('$', '')}`, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${cloud.region}:${cloud.account}:${ApiId}/*/${RouteKey}`,
    })
  }
  const makeFunction = async (FunctionName: string, source: string, policies: string[]) => {
    const { Role } = await aws.iam.createRole({
      RoleName: `${FunctionName}-role`, AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      }),
    })
    for (const policy of policies) await aws.iam.attachRolePolicy({ RoleName: Role!.RoleName!, PolicyArn: `${MANAGED}/${policy}` })
    const { FunctionArn } = await aws.lambda.createFunction({
      FunctionName, Role: Role!.Arn!, Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 5,
      Code: { ZipFile: zipSync({ 'index.js': strToU8(source) }) }, Environment: { Variables: { TABLE_NAME: 'People' } },
    })
    return FunctionArn!
  }

  const basics = ['service-role/AWSLambdaBasicExecutionRole', 'AmazonDynamoDBFullAccess']
  const connect = await makeFunction('remember', code.connect ?? solution('01-connect/putConnectedClientToDDB.ts'), basics)
  await route('$connect', connect)
  if (upTo >= 2) {
    const send = await makeFunction('shout', code.send ?? solution('02-send-message/sendMessageToConnectedClient.ts'), [...basics, 'AmazonAPIGatewayInvokeFullAccess'])
    if (upTo >= 3) {
      await route('sendMessage', send)
      await route('$disconnect')
      await route('$default')
    }
  }
  if (upTo >= 4) {
    const { DeploymentId } = await aws.apigatewayv2.createDeployment({ ApiId })
    await aws.apigatewayv2.createStage({ ApiId, StageName: 'prod', DeploymentId })
  }
  return { apiId: ApiId!, api }
}

/** A handler of the solutions as one CommonJS file. */
export const solution = (file: string) => bundled({ entryPoints: [path.join(root, 'solutions', file)] })

/** JavaScript of its own as one CommonJS file. */
export const handlerOf = (contents: string) => bundled({ stdin: { contents, resolveDir: root, loader: 'ts', sourcefile: 'handler.ts' } })

const bundled = (input: Parameters<typeof buildSync>[0]) =>
  buildSync({ ...input, absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', external: ['aws-sdk'], format: 'cjs', write: false, logLevel: 'silent' }).outputFiles![0]!.text
