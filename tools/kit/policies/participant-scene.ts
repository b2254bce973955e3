import { strToU8, zipSync } from 'fflate'
import type { ChosenCloud } from '../../lib/cloud.ts'
import { createDeployer } from '../deployer.ts'
import { solutions, type Workbench } from '../deployer/testing.ts'
import { openClients } from '../leftover/clients.ts'
import { findLeftovers, ofSuffix } from '../leftover/find.ts'
import { removeLeftovers } from '../leftover/remove.ts'
import type { Aws } from '../../verify/aws.ts'

const SUFFIX = 'ada'
const FUNCTION = `putConnectedClientToDDB-${SUFFIX}`
const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })

/**
 * What a participant does besides verify: deploys through the CDK's roles, destroys, and removes what somebody made by hand.
 *
 * @param aws of an administrator, who makes those things
 * @returns what is left, or the error that ended it
 */
export async function participate({ aws, cloud, workbench, admin }: { aws: Aws, cloud: ChosenCloud, workbench: (tree: string) => Workbench, admin: ChosenCloud }): Promise<string> {
  const { workFolder, deployer: unused } = workbench(solutions)
  unused.close()
  const own = createDeployer({ root: solutions, cloud, workFolder })
  const clients = openClients(cloud)
  try {
    await own.deploy({ upTo: 4, suffix: SUFFIX })
    await own.destroy({ suffix: SUFFIX })
    await makeByHand(aws)
    await removeLeftovers(clients, ofSuffix(await findLeftovers(clients), SUFFIX))
    return await leftTo(admin)
  } catch (error) {
    return `it ended with ${(error as Error).name}`
  } finally {
    own.close()
    clients.close()
    await clearAway(admin)
  }
}

async function makeByHand({ dynamodb, iam, lambda, logs, apigatewayv2 }: Aws) {
  await dynamodb.createTable({
    TableName: `WebsocketConnection-${SUFFIX}`, BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
  })
  const RoleName = `${FUNCTION}-role-x1y2z3a4`
  const { Role } = await iam.createRole({ Path: '/service-role/', RoleName, AssumeRolePolicyDocument: TRUST })
  await iam.attachRolePolicy({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess' })
  await iam.putRolePolicy({ RoleName, PolicyName: 'more', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }] }) })
  await lambda.createFunction({ FunctionName: FUNCTION, Role: Role!.Arn!, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: zipSync({ 'index.js': strToU8('') }) } })
  await logs.createLogGroup({ logGroupName: `/aws/lambda/${FUNCTION}` })
  await apigatewayv2.createApi({ Name: `My Chat API-${SUFFIX}`, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })
}

/** What is there, as the administrator sees it. */
async function leftTo(admin: ChosenCloud): Promise<string> {
  const clients = openClients(admin)
  try {
    return (await findLeftovers(clients)).map(({ kind }) => kind).join(', ') || 'nothing is left'
  } finally {
    clients.close()
  }
}

async function clearAway(admin: ChosenCloud) {
  const deployer = createDeployer({ root: solutions, cloud: admin })
  const clients = openClients(admin)
  try {
    await deployer.destroy({ suffix: SUFFIX })
    await removeLeftovers(clients, await findLeftovers(clients))
  } finally {
    deployer.close()
    clients.close()
  }
}
