import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, beforeEach, describe, it } from 'node:test'
import type { Deployer } from './deployer.ts'
import { createWorkbenches, failureOf, solutions, type Workbench } from './deployer/testing.ts'
import { pristineStarters } from './starters.ts'

const keys = { accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'none' }
const place = { account: '000000000000', region: 'us-east-1' }
const nowhere = { ...place, endpoint: 'http://127.0.0.1:9', client: { region: place.region, credentials: keys } }
const { workbench, remove } = createWorkbenches(nowhere)
after(remove)

/** What a stack has, by type: `2 Function, 1 Table`. */
async function resourcesOf(deployer: Deployer, upTo: number) {
  const { template } = await deployer.synth({ upTo })
  const counts = new Map<string, number>()
  for (const { Type } of Object.values(template.Resources)) {
    const name = Type.split('::').at(-1)!
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).toSorted().join(', ')
}

describe('the stack of the solutions', () => {
  const expected = [
    '1 Api, 1 Function, 1 Integration, 1 LogGroup, 1 Permission, 1 Policy, 1 Role, 1 Route, 1 Table',
    '1 Api, 1 Integration, 1 Permission, 1 Route, 1 Table, 2 Function, 2 LogGroup, 2 Policy, 2 Role',
    '1 Api, 1 Table, 2 Function, 2 LogGroup, 2 Permission, 2 Policy, 2 Role, 4 Integration, 4 Route',
    ...['step 4', 'step 5, which adds nothing'].map(() => '1 Api, 1 Stage, 1 Table, 2 Function, 2 LogGroup, 2 Permission, 2 Policy, 2 Role, 4 Integration, 4 Route'),
    '1 Api, 1 Stage, 1 Table, 4 Function, 4 LogGroup, 4 Permission, 4 Policy, 4 Role, 5 Integration, 5 Route',
    '1 Api, 1 Stage, 1 Table, 5 Function, 5 Integration, 5 LogGroup, 5 Permission, 5 Policy, 5 Role, 5 Route',
  ]
  const { deployer } = workbench(solutions)

  for (const [index, resources] of expected.entries())
    it(`up to step ${index + 1} has ${resources}`, async () => assert.equal(await resourcesOf(deployer, index + 1), resources))

  it('goes away whole: nothing in it is kept when it is deleted', async () => {
    const { template } = await deployer.synth()

    assert.doesNotMatch(JSON.stringify(template), /"(DeletionPolicy|UpdateReplacePolicy)":"(?!Delete)/)
  })

  it('grants for one table and one API only', async () => {
    const { template } = await deployer.synth()

    const policies = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy')
    const actions = JSON.stringify(policies.map(({ Properties }) => Properties!.PolicyDocument)).match(/"(?:dynamodb|execute-api):\w+"/g)
    const needed = [...['DeleteItem', 'DeleteItem', 'PutItem', 'Scan', 'Scan', 'UpdateItem'].map((name) => `dynamodb:${name}`), ...Array(3).fill('execute-api:ManageConnections')]
    assert.deepEqual(actions!.toSorted(), needed.map((action) => `"${action}"`))
    assert.doesNotMatch(JSON.stringify(policies), /"Resource":"\*"/)
  })

  it('takes a suffix on stack, table, functions and API, and not on the stage', async () => {
    const { template } = await deployer.synth({ suffix: 'ada' })

    const names = Object.values(template.Resources).flatMap(({ Properties = {} }) =>
      ['TableName', 'FunctionName', 'Name', 'StageName'].map((key) => Properties[key]).filter((name) => typeof name === 'string'))
    const suffixed = ['My Chat API', 'WebsocketConnection', 'putConnectedClientToDDB', 'sendMessageToConnectedClient', 'removeDisconnectedClient', 'sayGoodbye', 'understandPlainText']
    assert.deepEqual(names.toSorted(), [...suffixed.map((name) => `${name}-ada`), 'beta'].toSorted())
  })
})

describe('the chat that steps hand to each other', () => {
  it('has one route per key: a later step replaces what an earlier one chose', async () => {
    const { deployer, edit } = workbench(solutions)
    const again = 'chat.route(\'$default\', new WebSocketLambdaIntegration(\'Again\', sendMessageToConnectedClient))'
    edit('03-routing/routing.ts', '\n}\n', `\n  ${again}\n}\n`)

    const { template } = await deployer.synth({ upTo: 3 })

    const properties = (type: string, key: string) => Object.values(template.Resources)
      .flatMap(({ Type, Properties = {} }) => Type === `AWS::ApiGatewayV2::${type}` ? [String(Properties[key])] : []).toSorted()
    assert.deepEqual(properties('Route', 'RouteKey'), ['$connect', '$default', '$disconnect', 'sendMessage'])
    assert.deepEqual(properties('Integration', 'IntegrationType'), ['AWS_PROXY', 'AWS_PROXY', 'AWS_PROXY', 'MOCK'])
  })

  it('lets a step add nothing where what it needs is missing', async () => {
    const { deployer, edit } = workbench(solutions)
    edit('01-connect/connect.ts', '  chat.table = table\n', '')
    edit('02-send-message/send-message.ts', '  chat.functions.sendMessageToConnectedClient = sendMessageToConnectedClient\n', '')

    const resources = await resourcesOf(deployer, 4)

    assert.equal(resources, '1 Api, 1 Integration, 1 Permission, 1 Route, 1 Stage, 1 Table, 2 Function, 2 LogGroup, 2 Policy, 2 Role')
  })
})

describe('the stack of the starters', () => {
  const { deployer } = workbench(pristineStarters())

  for (const [upTo, functions] of [[1, 1], [2, 2], [3, 2], [4, 2], [5, 2], [6, 4], [7, 5]] as const)
    it(`up to step ${upTo} can be built as it is`, async () => {
      const parts = ['Function', 'LogGroup', 'Policy', 'Role'].map((name) => `${functions} ${name}`)
      assert.equal(await resourcesOf(deployer, upTo), ['1 Api', ...parts].join(', '))
    })
})

describe('a deployer', () => {
  let bench: Workbench
  beforeEach(() => { bench = workbench(solutions) })

  it('reads the files anew each time, and tells which function has changed', async () => {
    const [put, send] = (await bench.deployer.synth()).sources

    bench.edit('01-connect/putConnectedClientToDDB.ts', 'Connected.', 'Welcome.')
    bench.edit('04-deploy/deploy.ts', '\'beta\'', '\'gamma\'')

    const { template, sources: [putNow, sendNow] } = await bench.deployer.synth()
    assert.equal(put!.file, 'steps/01-connect/putConnectedClientToDDB.ts')
    assert.notEqual(putNow!.sha256, put!.sha256)
    assert.deepEqual(sendNow, send)
    assert.ok(Object.values(template.Resources).some(({ Properties }) => Properties?.StageName === 'gamma'))
  })

  it('bundles the same code to the same bytes in another folder', async () => {
    const [one, other] = [await bench.deployer.synth(), await workbench(solutions).deployer.synth()]

    assert.deepEqual(one.sources, other.sources)
  })

  it('leaves a package that is not installed for Lambda to miss', async () => {
    bench.edit('01-connect/putConnectedClientToDDB.ts', 'const dynamoDB', 'import AWS from \'aws-sdk\'\nconsole.log(AWS)\nconst dynamoDB')

    await bench.deployer.synth()
  })

  it('leaves neither files nor environment variables behind', async () => {
    const environment = { ...process.env }

    await bench.deployer.synth()

    assert.deepEqual(readdirSync(bench.workFolder), [])
    assert.deepEqual({ ...process.env }, environment)
  })

  const put = '01-connect/putConnectedClientToDDB.ts'
  const mistakes = [
    {
      name: 'a syntax error in a handler', file: put, from: 'TableName:', to: 'TableName',
      what: 'A function could not be bundled: Expected "}" but found "process"', where: `steps/${put}:9:14`,
    },
    {
      name: 'an import of a handler that is not there', file: put, from: 'const dynamoDB', to: 'import \'./no.ts\'\nconst dynamoDB',
      what: 'A function could not be bundled: Could not resolve "./no.ts"', where: `steps/${put}:4:7`,
    },
    {
      name: 'a syntax error in the stack', file: '01-connect/connect.ts', from: 'chat.table = table', to: 'chat.table = = table',
      what: 'The CDK app could not be read: Unexpected "="', where: 'steps/01-connect/connect.ts:18:15',
    },
    {
      name: 'a package of the stack that is not installed', file: '01-connect/connect.ts', from: '\'aws-cdk-lib\'', to: '\'aws-cdk-lab\'',
      what: 'The CDK app could not be read: Could not resolve "aws-cdk-lab"', where: 'steps/01-connect/connect.ts:1:30',
    },
    {
      name: 'a method that does not exist', file: '01-connect/connect.ts', from: 'table.grant(', to: 'table.allow(',
      what: 'The stack could not be built: table.allow is not a function', where: 'steps/01-connect/connect.ts:21:9',
    },
    {
      name: 'what the CDK refuses', file: '04-deploy/deploy.ts', from: '\'ConnectionURL\'', to: '\'WebSocketURL\'',
      what: 'The stack could not be built: There is already a Construct with name \'WebSocketURL\' in ChatStack [ChatStack]',
      where: 'steps/04-deploy/deploy.ts:15:3',
    },
  ]
  for (const { name, file, from, to, ...expected } of mistakes)
    it(`names file and line of ${name}, and works again once it is mended`, async () => {
      bench.edit(file, from, to)

      const { what, where } = (await failureOf(bench.deployer.synth())).failure

      assert.deepEqual({ what, where }, expected)
      bench.edit(file, to, from)
      await bench.deployer.synth()
    })

  it('refuses a suffix that would not do as a name everywhere', async () => {
    const { failure } = await failureOf(bench.deployer.synth({ suffix: 'Ada!' }))

    assert.match(failure.what, /The suffix must be 1 to 12 characters of a-z and 0-9, got "Ada!"\.$/)
  })

  it('says why a cloud cannot be reached', async () => {
    const { phase, failure } = await failureOf(bench.deployer.deploy())

    assert.equal(phase, 'stack')
    assert.match(failure.what, /^ChatStack could not be deployed: .*ECONNREFUSED 127\.0\.0\.1:9/)
  })
})
