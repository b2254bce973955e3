import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { localCloud, type ChosenCloud } from '../../lib/cloud.ts'
import { startTestCloud } from '../../local-aws/testing.ts'
import { functionNames } from '../../verify/find.ts'
import { createWorkbenches, solutions } from '../deployer/testing.ts'
import { destroyEveryone } from '../destroy-everyone.ts'
import { destroyOwn } from '../destroy.ts'
import { openClients } from './clients.ts'
import { findLeftovers, ofSuffix, type Leftover } from './find.ts'
import { ownerByName } from './names.ts'
import { shownBySuffix, shownCost, shownLeftovers } from './shown.ts'

const ASSUMED_BY_LAMBDA = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })

async function setUp() {
  const local = await startTestCloud()
  const cloud = localCloud(local)
  const clients = openClients(cloud)
  const { aws } = clients
  const { workbench, remove } = createWorkbenches(cloud)
  return {
    cloud, clients, aws, workbench,
    async makeTable(TableName: string, more: object = {}) {
      await aws.dynamodb.createTable({
        TableName, BillingMode: 'PAY_PER_REQUEST', ...more,
        AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
      })
    },
    async makeRole(RoleName: string) {
      const { Role } = await aws.iam.createRole({ RoleName, AssumeRolePolicyDocument: ASSUMED_BY_LAMBDA })
      await aws.iam.attachRolePolicy({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess' })
      await aws.iam.putRolePolicy({ RoleName, PolicyName: 'more', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }] }) })
      return Role!.Arn!
    },
    async makeFunction(FunctionName: string, Role: string, table?: string) {
      const { FunctionArn } = await aws.lambda.createFunction({
        FunctionName, Role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: zipSync({ 'index.js': strToU8('exports.handler = async () => ({ statusCode: 200 })') }) },
        ...table && { Environment: { Variables: { TABLE_NAME: table } } },
      })
      return FunctionArn!
    },
    async stop() {
      clients.close()
      remove()
      await local.stop()
    },
  }
}

const named = (leftovers: Leftover[]) => leftovers.filter(({ kind }) => kind !== 'code').map(({ kind, name }) => `${kind} ${name.replace(/ \(.*/, '').replace(/-[A-Za-z0-9]{12}$/, '-…')}`).toSorted()

describe('names of a chat', () => {
  it('tell whose a thing is', () => {
    assert.deepEqual(ownerByName('stack', 'ChatStack'), { suffix: undefined })
    assert.deepEqual(ownerByName('stack', 'ChatStack-ada'), { suffix: 'ada' })
    assert.deepEqual(ownerByName('role', 'ChatStack-ada-putConnectedClientToDDBRole613F1F64-FjLQYuZ1Cywf'), { suffix: 'ada' })
    assert.deepEqual(ownerByName('role', 'ChatStack-putConnectedClientToDDBRole613F1F64-FjLQYuZ1Cywf'), { suffix: undefined })
    assert.deepEqual(ownerByName('role', 'sendMessageToConnectedClient-role-x1y2z3a4'), { suffix: undefined })
    assert.deepEqual(ownerByName('log group', '/aws/lambda/putConnectedClientToDDB-ada'), { suffix: 'ada' })
  })

  it('are nobody else\'s', () => {
    for (const name of ['ChatStack-Ada', 'ChatStackProduction', 'MyChatStack', 'ChatStack-ada-bob-eve']) assert.equal(ownerByName('stack', name), undefined, name)
    for (const name of ['WebsocketConnections', 'Orders']) assert.equal(ownerByName('table', name), undefined, name)
    for (const name of ['putConnectedClientToDDBRole', 'ChatStackAdmin']) assert.equal(ownerByName('role', name), undefined, name)
  })
})

describe('what is left of a chat', () => {
  let parts: Awaited<ReturnType<typeof setUp>>
  beforeEach(async () => { parts = await setUp() })
  afterEach(() => parts.stop())

  const found = () => findLeftovers(parts.clients)

  it('is nothing in a fresh account, whatever else is there', async () => {
    await parts.makeTable('Orders')
    await parts.makeFunction('shop', await parts.makeRole('shop-role'), 'Orders')
    await parts.aws.apigatewayv2.createApi({ Name: 'Shop', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })

    assert.deepEqual(await found(), [])
  })

  it('is a deployed stack, all it made, and the code', async () => {
    await parts.workbench(solutions).deployer.deploy({ suffix: 'ada' })

    const leftovers = await found()

    assert.deepEqual(named(leftovers).map((one) => one.replace(/Role[0-9A-F]*-…$/, '')), [
      'API My Chat API-ada', 'stack ChatStack-ada', 'table WebsocketConnection-ada',
      ...functionNames.flatMap((name) => [`function ${name}-ada`, `log group /aws/lambda/${name}-ada`, `role ChatStack-ada-${name}`]),
    ].toSorted())
    assert.equal(leftovers.filter(({ kind }) => kind === 'code').length, functionNames.length + 1)
    assert.ok(leftovers.every(({ suffix }) => suffix === 'ada'))
  })

  it('is what a chat made by hand is wired to, whatever it is called', async () => {
    await parts.makeTable('People')
    const arn = await parts.makeFunction('putConnectedClientToDDB', await parts.makeRole('lunch-role'), 'People')
    const { ApiId } = await parts.aws.apigatewayv2.createApi({ Name: 'Lunch talk', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })
    await parts.aws.apigatewayv2.createIntegration({ ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations` })

    assert.deepEqual((await found()).map(({ kind, id, by }) => [kind, id, by]), [
      ['API', ApiId, 'use'], ['function', 'putConnectedClientToDDB', 'name'], ['table', 'People', 'use'], ['role', 'lunch-role', 'use'],
    ])
  })

  it('is not a role that other functions work with', async () => {
    const role = await parts.makeRole('basic-role')
    await parts.makeFunction('putConnectedClientToDDB', role)
    await parts.makeFunction('shop', role)

    assert.deepEqual(named(await found()), ['function putConnectedClientToDDB'])
  })

  it('is what carries the tag of the stack that made it', async () => {
    const Tags = { 'aws:cloudformation:stack-name': 'ChatStack-ada' }
    await parts.aws.apigatewayv2.createApi({ Name: 'Renamed', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', Tags })
    await parts.makeTable('Renamed', { Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })) })

    assert.deepEqual((await found()).map(({ kind, by, suffix }) => [kind, by, suffix]), [['API', 'tag', 'ada'], ['table', 'tag', 'ada']])
  })

  it('says what costs money although nobody uses it', async () => {
    await parts.makeTable('WebsocketConnection', { BillingMode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } })
    await parts.makeRole('putConnectedClientToDDB-role-x1y2z3a4')

    const leftovers = await found()

    assert.equal(shownLeftovers(leftovers), [
      '  table  WebsocketConnection                    costs money each hour: 10 provisioned units, used or not',
      '  role   putConnectedClientToDDB-role-x1y2z3a4  costs nothing while nobody uses it',
    ].join('\n'))
    assert.equal(shownCost(leftovers), 'What still costs money: 1 table.')
    assert.match(shownBySuffix(leftovers), /^without a suffix\n/)
  })
})

describe('destroy', () => {
  let parts: Awaited<ReturnType<typeof setUp>>
  beforeEach(async () => { parts = await setUp() })
  afterEach(() => parts.stop())

  const own = (suffix: string | undefined, said?: string) => destroyOwn({ ...parts.cloud, suffix } as ChosenCloud, { said })
  const left = async (suffix?: string) => named(ofSuffix(await findLeftovers(parts.clients), suffix))
  const uploaded = async () => (await parts.clients.s3.listObjectsV2({ Bucket: parts.clients.bucket })).KeyCount

  it('removes stack and code of one suffix, and nothing of the others', async () => {
    const { deployer } = parts.workbench(solutions)
    for (const suffix of ['ada', 'bob']) await deployer.deploy({ suffix })
    const before = await left('bob')

    assert.equal(await own('ada'), 0)

    assert.deepEqual(await left('ada'), [])
    assert.deepEqual(await left('bob'), before)
    // Both had the same code, which bob's chat needs as long as it is there.
    assert.equal(await uploaded(), functionNames.length + 1) // and the template
    assert.equal(await own('bob'), 0)
    assert.equal(await uploaded(), 0)
  })

  it('keeps what a stack left behind until somebody says yes', async () => {
    const { deployer, edit } = parts.workbench(solutions)
    edit('01-connect/connect.ts', 'RemovalPolicy.DESTROY', 'RemovalPolicy.RETAIN')
    await deployer.deploy({ suffix: 'ada' })

    assert.equal(await own('ada'), 1)
    assert.deepEqual(await left('ada'), ['table WebsocketConnection-ada'])
    assert.equal(await own('ada', 'no'), 1)
    assert.equal(await own('ada', 'yes'), 0)
    assert.deepEqual(await left('ada'), [])
  })

  it('removes what was made by hand, also a role with its policies', async () => {
    await parts.makeTable('WebsocketConnection')
    await parts.makeFunction('putConnectedClientToDDB', await parts.makeRole('putConnectedClientToDDB-role-x1y2z3a4'), 'WebsocketConnection')

    assert.equal(await own(undefined, 'yes'), 0)

    assert.deepEqual(await left(), [])
  })

  it('of everyone needs the word', async () => {
    const { deployer } = parts.workbench(solutions)
    for (const suffix of ['ada', 'bob', undefined]) await deployer.deploy({ suffix, upTo: 1 })
    await parts.makeTable('WebsocketConnection-eve')

    for (const said of [undefined, 'yes']) {
      assert.equal(await destroyEveryone(parts.cloud, { said }), 1)
      assert.equal((await findLeftovers(parts.clients)).filter(({ kind }) => kind === 'stack').length, 3)
    }
    assert.equal(await destroyEveryone(parts.cloud, { said: 'everyone' }), 0)

    assert.deepEqual(await findLeftovers(parts.clients), [])
    assert.equal(await uploaded(), 0)
    assert.equal(await destroyEveryone(parts.cloud, {}), 0)
  })

  it('of everyone says what stays, and why, and removes the rest', async () => {
    const { deployer } = parts.workbench(solutions)
    for (const suffix of ['ada', 'bob']) await deployer.deploy({ suffix, upTo: 1 })
    await parts.aws.cloudformation.updateTerminationProtection({ StackName: 'ChatStack-bob', EnableTerminationProtection: true })

    assert.equal(await destroyEveryone(parts.cloud, { said: 'everyone' }), 1)

    assert.deepEqual(await left('ada'), [])
    assert.ok((await left('bob')).includes('stack ChatStack-bob'))
  })
})
