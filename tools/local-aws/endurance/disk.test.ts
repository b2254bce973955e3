import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { start } from '../index.ts'
import { startTestCloud } from '../testing.ts'
import { begin, chatTemplate, destroy, stackOf, STACK } from './chat-stack.ts'
import { openClients, type Clients } from './inventory.ts'

const FULL = /The local AWS cannot write its state to .*: its disk is full \(ENOSPC\)\. Make room/
const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })

/** One write of each service, named by number. */
const writes: Record<string, (clients: Clients, number: number) => Promise<unknown>> = {
  apigatewayv2: ({ apigatewayv2 }, number) => apigatewayv2.createApi({ Name: `api-${number}`, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
  dynamodb: ({ dynamodb }, number) => dynamodb.putItem({ TableName: 'ledger', Item: { id: { N: String(number) } } }),
  iam: ({ iam }, number) => iam.createRole({ RoleName: `role-${number}`, AssumeRolePolicyDocument: trust }),
  logs: ({ logs }, number) => logs.putLogEvents({ logGroupName: 'ledger', logStreamName: 'all', logEvents: [{ timestamp: Date.now(), message: `${number}` }] }),
  s3: ({ s3 }, number) => s3.putObject({ Bucket: 'ledger', Key: `${number}`, Body: 'Ground Control' }),
  ssm: ({ ssm }, number) => ssm.putParameter({ Name: `/ledger/${number}`, Value: 'to Major Tom', Type: 'String' }),
}

describe('a disk that is full', () => {
  let state: string
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  let clients: Clients
  beforeEach(async () => {
    state = await mkdtemp(path.join(tmpdir(), 'local-aws-'))
    aws = await startTestCloud({ state })
    clients = openClients({ ...aws.client, maxAttempts: 1 })
  })
  afterEach(async () => {
    await aws.stop()
    await rm(state, { recursive: true, force: true })
  })
  const restart = async () => {
    await aws.stop()
    aws = await startTestCloud({ state })
    clients = openClients({ ...aws.client, maxAttempts: 1 })
  }

  it('is told of by every service, in its own shape, and what was answered before and after is there', async () => {
    await clients.dynamodb.createTable({ TableName: 'ledger', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }] })
    await clients.s3.createBucket({ Bucket: 'ledger' })
    await clients.logs.createLogGroup({ logGroupName: 'ledger' })
    await clients.logs.createLogStream({ logGroupName: 'ledger', logStreamName: 'all' })
    for (const write of Object.values(writes)) await write(clients, 1)
    const undo = aws.faults.set({ kind: 'disk-full' })
    for (const [service, write] of Object.entries(writes))
      await assert.rejects(write(clients, 2), { name: service === 's3' ? 'InternalError' : 'InternalFailure', message: FULL }, service)
    undo()

    for (const write of Object.values(writes)) await write(clients, 3)
    await restart()

    assert.deepEqual((await clients.dynamodb.scan({ TableName: 'ledger' })).Items?.map(({ id }) => id!.N).toSorted(), ['1', '3'])
    assert.deepEqual((await clients.s3.listObjectsV2({ Bucket: 'ledger' })).Contents?.map(({ Key }) => Key), ['1', '3'])
    const apis = (await clients.apigatewayv2.getApis({})).Items!.map(({ Name }) => Name)
    const roles = (await clients.iam.listRoles({})).Roles!.map(({ RoleName }) => RoleName)
    const parameters = (await clients.ssm.getParametersByPath({ Path: '/ledger' })).Parameters!.map(({ Name }) => Name)
    const messages = (await clients.logs.filterLogEvents({ logGroupName: 'ledger' })).events!.map(({ message }) => message)
    for (const number of [1, 3]) {
      assert.ok(apis.includes(`api-${number}`))
      assert.ok(roles.includes(`role-${number}`))
      assert.ok(parameters.includes(`/ledger/${number}`))
      assert.ok(messages.includes(`${number}`))
    }
  })

  it('in the middle of a deploy lets it be rolled back once there is room, and be repeated', async () => {
    let undo = () => {}
    let events = 0
    const stop = aws.events.on((event) => {
      if (event.kind === 'stack' && ++events === 20) undo = aws.faults.set({ kind: 'disk-full' })
    })
    await begin(clients, 'createStack', chatTemplate)
    await assert.rejects(stackOf(clients), { message: FULL })
    stop()
    undo()

    assert.equal((await stackOf(clients))?.StackStatus, 'ROLLBACK_COMPLETE')
    assert.deepEqual((await clients.lambda.listFunctions({})).Functions, [])
    assert.equal(await destroy(clients), 'DELETE_COMPLETE')
    await begin(clients, 'createStack', chatTemplate)
    assert.equal((await stackOf(clients))?.StackStatus, 'CREATE_COMPLETE')
  })
})

describe('the end of a local AWS', () => {
  it('does not wait for a stack whose operation is slow; the next start rolls it back', async () => {
    const state = await mkdtemp(path.join(tmpdir(), 'local-aws-'))
    const first = await startTestCloud({ state })
    first.faults.set({ kind: 'slow', service: 'lambda', operation: 'CreateFunction', ms: 3_600_000 })
    const slow = new Promise<void>((resolve) => { first.events.on((event) => { if (event.kind === 'stack' && event.type === 'AWS::Lambda::Function') resolve() }) })
    await begin(openClients(first.client), 'createStack', chatTemplate)
    await slow

    const startedAt = Date.now()
    await first.stop()
    assert.ok(Date.now() - startedAt < 8_000, `it took ${Date.now() - startedAt} ms`)

    const second = await startTestCloud({ state })
    const clients = openClients(second.client)
    assert.equal((await stackOf(clients))?.StackStatus, 'ROLLBACK_COMPLETE')
    const { StackEvents } = await clients.cloudformation.describeStackEvents({ StackName: STACK })
    assert.ok(StackEvents!.some(({ ResourceStatusReason = '' }) => ResourceStatusReason.startsWith('The local AWS stopped during this operation')))
    await second.stop()
    await rm(state, { recursive: true, force: true })
  })
})

describe('a state that cannot be read', () => {
  it('is told of by the file and what to do with it, and nothing is changed', async () => {
    const state = await mkdtemp(path.join(tmpdir(), 'local-aws-'))
    await (await start({ state, port: 0 })).stop()
    const file = path.join(state, '000000000000', 'global', 'iam.json')
    await writeFile(file, '{"users":')

    await assert.rejects(start({ state, port: 0 }), (error: Error & { failure: { next: string } }) => {
      assert.match(error.message, /iam\.json cannot be read: Unexpected end of JSON input/)
      assert.match(error.failure.next, /move it away/)
      return true
    })

    await rm(file)
    await (await start({ state, port: 0 })).stop()
    await rm(state, { recursive: true })
  })
})
