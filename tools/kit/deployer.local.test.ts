import assert from 'node:assert/strict'
import { after, before, beforeEach, afterEach, describe, it } from 'node:test'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { Lambda } from '@aws-sdk/client-lambda'
import { localCloud, type ChosenCloud } from '../lib/cloud.ts'
import { startTestCloud } from '../local-aws/testing.ts'
import { openAws } from '../verify/aws.ts'
import { runCdk } from './cdk-cli.ts'
import type { DeployEvent } from './deployer.ts'
import { createWorkbenches, failureOf, solutions } from './deployer/testing.ts'
import { leftovers } from './leftovers.ts'

type Stage = Awaited<ReturnType<typeof setUp>>

async function setUp() {
  const aws = await startTestCloud()
  const cloud = localCloud(aws)
  const { workbench, remove } = createWorkbenches(cloud)
  return {
    cloud, workbench,
    lambda: new Lambda(cloud.client),
    dynamodb: new DynamoDB(cloud.client),
    async stop() {
      await aws.stop()
      remove()
    },
  }
}

const left = async (cloud: ChosenCloud) => {
  const aws = openAws(cloud)
  try {
    return await leftovers(aws)
  } finally {
    aws.close()
  }
}

describe('a deployer on the local AWS', () => {
  let stage: Stage
  beforeEach(async () => { stage = await setUp() })
  afterEach(() => stage.stop())

  it('deploys step after step, says when nothing has changed, and takes everything away', async () => {
    const { deployer } = stage.workbench(solutions)

    for (const upTo of [1, 2, 3, 4, 6, 7]) assert.equal((await deployer.deploy({ upTo })).changed, true)
    const again = await deployer.deploy({ upTo: 7 })
    const gone = await deployer.destroy()

    assert.equal(again.changed, false)
    assert.match(again.outputs.WebSocketURL!, /^wss:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com\/beta$/)
    assert.equal(again.outputs.ConnectionURL, `${again.outputs.WebSocketURL!.replace('wss:', 'https:')}/@connections`)
    assert.equal(gone.existed, true)
    assert.deepEqual(await left(stage.cloud), [])
    assert.equal((await deployer.destroy()).existed, false)
  })

  it('deploys an edited handler, which then runs', async () => {
    const { deployer, edit } = stage.workbench(solutions)
    const event = new TextEncoder().encode(JSON.stringify({ requestContext: { connectionId: 'testConnectionId' } }))
    const answer = async () => {
      const { Payload } = await stage.lambda.invoke({ FunctionName: 'putConnectedClientToDDB', Payload: event })
      return JSON.parse(new TextDecoder().decode(Payload))
    }
    await deployer.deploy({ upTo: 1 })
    const first = await answer()

    edit('01-connect/putConnectedClientToDDB.ts', 'Connected.', 'Welcome.')
    const { changed } = await deployer.deploy({ upTo: 1 })

    assert.deepEqual(first, { statusCode: 200, body: 'Connected.' })
    assert.equal(changed, true)
    assert.deepEqual(await answer(), { statusCode: 200, body: 'Welcome.' })
  })

  it('makes the stack that the command line of the CDK makes', async () => {
    const { deployer, workFolder } = stage.workbench(solutions, { root: solutions })
    const app = ['--app', 'node --import tsx solutions/app.ts', '--output', `${workFolder}/cli`]
    await runCdk(stage.cloud, ['deploy', '--require-approval', 'never', ...app], { home: workFolder })

    const { changed } = await deployer.deploy()

    assert.equal(changed, false)
  })

  it('passes on what happens to each resource', async () => {
    const events: DeployEvent[] = []
    const { deployer } = stage.workbench(solutions, { onEvent: (event) => events.push(event) })

    await deployer.deploy({ upTo: 1 })

    const made = events.flatMap((event) => event.kind === 'resource' && event.status === 'CREATE_COMPLETE' ? [event.path] : [])
    assert.ok(made.includes('WebsocketConnection'), made.join())
  })

  it('names the line that makes the resource CloudFormation could not make, and deploys once that is mended', async () => {
    const { deployer } = stage.workbench(solutions)
    await stage.dynamodb.createTable({
      TableName: 'WebsocketConnection', BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    })

    const { phase, failure } = await failureOf(deployer.deploy({ upTo: 1 }))

    assert.equal(phase, 'stack')
    assert.match(failure.what, /^AWS::DynamoDB::Table WebsocketConnection could not be created: .*WebsocketConnection/)
    assert.match(failure.next!, /suffix/)
    assert.match(failure.where!, /^steps\/01-connect\/connect\.ts:12:17, resource WebsocketConnection[0-9A-F]{8}$/)
    await stage.dynamodb.deleteTable({ TableName: 'WebsocketConnection' })
    assert.equal((await deployer.deploy({ upTo: 1 })).changed, true)
  })

  it('gives up when time is up', async () => {
    const { deployer } = stage.workbench(solutions, { timeoutMs: 1 })

    const { phase, failure } = await failureOf(deployer.deploy({ upTo: 1 }))

    assert.equal(phase, 'timeout')
    assert.match(failure.what, /^ChatStack was not deployed within 0\.001 s: /)
  })

  it('gives up when it is closed', async () => {
    const { deployer } = stage.workbench(solutions)
    const work = failureOf(deployer.deploy({ upTo: 1 }))

    deployer.close()

    assert.equal((await work).phase, 'stopped')
  })
})

describe('two deployers in one process', () => {
  let stages: Stage[]
  before(async () => { stages = [await setUp(), await setUp()] })
  after(() => Promise.all(stages.map((stage) => stage.stop())))

  it('each deploy to their own cloud at the same time', async () => {
    const [one, other] = stages.map(({ workbench }) => workbench(solutions).deployer)

    await Promise.all([one!.deploy({ upTo: 1 }), other!.deploy({ upTo: 2, suffix: 'ada' })])

    const tables = await Promise.all(stages.map(async ({ dynamodb }) => (await dynamodb.listTables({})).TableNames))
    assert.deepEqual(tables, [['WebsocketConnection'], ['WebsocketConnection-ada']])
  })
})
