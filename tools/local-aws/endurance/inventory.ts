import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { CloudFormation } from '@aws-sdk/client-cloudformation'
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { IAM } from '@aws-sdk/client-iam'
import { Lambda } from '@aws-sdk/client-lambda'
import { S3 } from '@aws-sdk/client-s3'
import { SQS } from '@aws-sdk/client-sqs'
import { SSM } from '@aws-sdk/client-ssm'
import type { Client } from './victim-process.ts'

/** Every client that the tests of this folder need. */
export const openClients = (client: Client) => ({
  apigatewayv2: new ApiGatewayV2(client), cloudformation: new CloudFormation(client), dynamodb: new DynamoDB(client), iam: new IAM(client),
  lambda: new Lambda(client), logs: new CloudWatchLogs(client), s3: new S3({ ...client, forcePathStyle: true }), sqs: new SQS(client), ssm: new SSM(client),
})
export type Clients = ReturnType<typeof openClients>

/**
 * What there is, as lines that can be compared: resources over the API with what an update changes of them, and the files that hold large
 * things. Generated parts of names are left out. Stacks are not among them.
 */
export async function inventoryOf({ apigatewayv2, dynamodb, iam, lambda, logs }: Clients, state: string): Promise<string[]> {
  const [apis, tables, roles, policies, functions, groups, packages, drafts] = await Promise.all([
    apigatewayv2.getApis({}), dynamodb.listTables({}), iam.listRoles({}), iam.listPolicies({ Scope: 'Local' }), lambda.listFunctions({}), logs.describeLogGroups({}),
    packagesIn(state), draftsIn(state),
  ])
  const routes = await Promise.all(apis.Items!.map(async ({ ApiId, Name }) => (await apigatewayv2.getRoutes({ ApiId })).Items!.map(({ RouteKey }) => `route ${Name} ${RouteKey}`)))
  const integrations = await Promise.all(apis.Items!.map(async ({ ApiId, Name }) => (await apigatewayv2.getIntegrations({ ApiId })).Items!.map(({ IntegrationType }) => `integration ${Name} ${IntegrationType}`)))
  const attached = await Promise.all(roles.Roles!.map(async ({ RoleName }) => (await iam.listRolePolicies({ RoleName })).PolicyNames!.map((name) => `inline policy ${plain(RoleName!)} ${plain(name)}`)))
  return [
    ...apis.Items!.map(({ Name }) => `api ${Name}`),
    ...routes.flat(), ...integrations.flat(), ...attached.flat(),
    ...tables.TableNames!.map((name) => `table ${name}`),
    ...roles.Roles!.map(({ RoleName, Path }) => `role ${Path}${plain(RoleName!)}`),
    ...policies.Policies!.map(({ PolicyName }) => `policy ${PolicyName}`),
    ...functions.Functions!.map(({ FunctionName, CodeSha256 }) => `function ${FunctionName} ${CodeSha256}`),
    ...groups.logGroups!.map(({ logGroupName }) => `log group ${logGroupName}`),
    ...packages, ...drafts,
  ].toSorted()
}

/** CloudFormation ends the names that it makes with twelve characters of its own. */
const plain = (name: string) => name.replace(/-[A-Za-z0-9]{12}$/, '')

async function packagesIn(state: string) {
  const names = await readdir(path.join(state, '000000000000', 'us-east-1', 'lambda')).catch(() => [])
  return names.map((name) => `package ${name}`)
}

/** Files that were being written when their process was killed. */
async function draftsIn(state: string) {
  const names = await readdir(state, { recursive: true })
  return names.filter((name) => /\.\d+$/.test(name)).map((name) => `draft ${name.replace(/\d+$/, '')}`)
}
