import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { paginateScan } from '@aws-sdk/client-dynamodb'
import { strToU8, zipSync } from 'fflate'
import { openClients, type Clients } from './inventory.ts'
import type { Graveyard } from './victim-process.ts'

/** How one service is written to, and read again. Each write has a number; a thing that is there must be whole. */
type Ledger = {
  prepare(clients: Clients): Promise<unknown>
  write(clients: Clients, number: number): Promise<unknown>
  /** The numbers of what is there. Throws where something is there by half. */
  read(clients: Clients): Promise<number[]>
}

const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })
const grant = (number: number) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: `arn:aws:sqs:us-east-1:000000000000:${number}` }] })
const numberIn = (text = '') => Number(/\d+$/.exec(text)![0])
/** Text that tells by its length whether it is whole. */
const long = (number: number, bytes: number) => `${number} `.padEnd(bytes, 'x')
const wholeNumber = (text: string, bytes: number) => {
  assert.equal(text.length, bytes)
  return Number.parseInt(text, 10)
}
const packageOf = (number: number) => zipSync({ 'index.js': strToU8(`exports.handler = async () => ${number}`) }, { mtime: new Date(2000, 0, 1) })

export const ledgers: Record<string, Ledger> = {
  dynamodb: {
    prepare: ({ dynamodb }) => dynamodb.createTable({
      TableName: 'ledger', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
    }),
    write: ({ dynamodb }, number) => dynamodb.putItem({ TableName: 'ledger', Item: { id: { N: String(number) }, text: { S: long(number, 3_000) } } }),
    async read({ dynamodb }) {
      const numbers: number[] = []
      for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName: 'ledger' })) numbers.push(...Items.map(({ text }) => wholeNumber(text!.S!, 3_000)))
      return numbers
    },
  },
  s3: {
    prepare: ({ s3 }) => s3.createBucket({ Bucket: 'ledger' }),
    // Each takes the place of the one before last, so that bodies are removed, too; what is read below must have all of its own.
    write: async ({ s3 }, number) => {
      await s3.putObject({ Bucket: 'ledger', Key: `again-${number % 3}`, Body: long(number, 80_000) })
      await s3.putObject({ Bucket: 'ledger', Key: `${number}`, Body: long(number, 80_000) })
    },
    async read({ s3 }) {
      const keys: string[] = []
      let ContinuationToken: string | undefined
      do {
        const page = await s3.listObjectsV2({ Bucket: 'ledger', ContinuationToken })
        keys.push(...(page.Contents ?? []).map(({ Key }) => Key!))
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken)
      const bodies = await Promise.all(keys.map(async (Key) => (await s3.getObject({ Bucket: 'ledger', Key })).Body!.transformToString()))
      const numbers = bodies.map((body) => wholeNumber(body, 80_000))
      return numbers.filter((_, index) => !keys[index]!.startsWith('again'))
    },
  },
  lambda: {
    prepare: ({ iam }) => iam.createRole({ RoleName: 'ledger', AssumeRolePolicyDocument: trust }),
    async write({ lambda }, number) {
      await lambda.createFunction({
        FunctionName: `ledger-${number}`, Role: 'arn:aws:iam::000000000000:role/ledger', Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: packageOf(-number) },
      })
      while ((await lambda.getFunctionConfiguration({ FunctionName: `ledger-${number}` })).State === 'Pending') await delay(5)
      await lambda.updateFunctionCode({ FunctionName: `ledger-${number}`, ZipFile: packageOf(number) })
    },
    async read({ lambda }) {
      const names: string[] = []
      let Marker: string | undefined
      do {
        const page = await lambda.listFunctions({ Marker })
        names.push(...page.Functions!.map(({ FunctionName }) => FunctionName!))
        Marker = page.NextMarker
      } while (Marker)
      return Promise.all(names.map(async (FunctionName) => {
        const { Code, Configuration } = await lambda.getFunction({ FunctionName })
        const zip = new Uint8Array(await (await fetch(Code!.Location!)).arrayBuffer())
        const sha = createHash('sha256').update(zip).digest('base64')
        assert.equal(sha, Configuration!.CodeSha256)
        const isUpdated = sha === createHash('sha256').update(packageOf(numberIn(FunctionName))).digest('base64')
        return isUpdated ? numberIn(FunctionName) : -1
      }))
    },
  },
  iam: {
    prepare: async () => {},
    async write({ iam }, number) {
      await iam.createRole({ RoleName: `ledger-${number}`, AssumeRolePolicyDocument: trust })
      await iam.putRolePolicy({ RoleName: `ledger-${number}`, PolicyName: 'grant', PolicyDocument: grant(number) })
    },
    async read({ iam }) {
      const names: string[] = []
      let Marker: string | undefined
      do {
        const page = await iam.listRoles({ Marker })
        names.push(...page.Roles!.map(({ RoleName }) => RoleName!).filter((name) => name.startsWith('ledger-')))
        Marker = page.Marker
      } while (Marker)
      return Promise.all(names.map(async (RoleName) => {
        const { PolicyNames } = await iam.listRolePolicies({ RoleName })
        if (PolicyNames!.length === 0) return -1
        const { PolicyDocument } = await iam.getRolePolicy({ RoleName, PolicyName: 'grant' })
        assert.equal(decodeURIComponent(PolicyDocument!), grant(numberIn(RoleName)))
        return numberIn(RoleName)
      }))
    },
  },
  logs: {
    async prepare({ logs }) {
      await logs.createLogGroup({ logGroupName: 'ledger' })
      await logs.createLogStream({ logGroupName: 'ledger', logStreamName: 'all' })
    },
    write: ({ logs }, number) => logs.putLogEvents({ logGroupName: 'ledger', logStreamName: 'all', logEvents: [{ timestamp: Date.now(), message: long(number, 500) }] }),
    async read({ logs }) {
      const numbers: number[] = []
      let nextToken: string | undefined
      do {
        const page = await logs.filterLogEvents({ logGroupName: 'ledger', nextToken })
        numbers.push(...page.events!.map(({ message }) => wholeNumber(message!, 500)))
        nextToken = page.nextToken
      } while (nextToken)
      return numbers
    },
  },
  sqs: {
    prepare: ({ sqs }) => sqs.createQueue({ QueueName: 'ledger' }),
    async write({ sqs }, number) {
      const { QueueUrl } = await sqs.getQueueUrl({ QueueName: 'ledger' })
      await sqs.sendMessage({ QueueUrl, MessageBody: long(number, 2_000) })
    },
    // Received messages are hidden, so that the next ones come; in the end all are shown again, for the next time.
    async read({ sqs }) {
      const { QueueUrl } = await sqs.getQueueUrl({ QueueName: 'ledger' })
      const numbers: number[] = []
      const hidden: { Id: string, ReceiptHandle: string, VisibilityTimeout: number }[][] = []
      for (;;) {
        const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 })
        if (Messages.length === 0) break
        numbers.push(...Messages.map(({ Body }) => wholeNumber(Body!, 2_000)))
        hidden.push(Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle: ReceiptHandle!, VisibilityTimeout: 0 })))
      }
      for (const Entries of hidden) await sqs.changeMessageVisibilityBatch({ QueueUrl, Entries })
      return numbers
    },
  },
  ssm: {
    prepare: async () => {},
    write: ({ ssm }, number) => ssm.putParameter({ Name: `/ledger/${number}`, Value: long(number, 1_000), Type: 'String' }),
    async read({ ssm }) {
      const numbers: number[] = []
      let NextToken: string | undefined
      do {
        const page = await ssm.getParametersByPath({ Path: '/ledger', NextToken })
        numbers.push(...page.Parameters!.map(({ Value }) => wholeNumber(Value!, 1_000)))
        NextToken = page.NextToken
      } while (NextToken)
      return numbers
    },
  },
  apigatewayv2: {
    prepare: ({ apigatewayv2 }) => apigatewayv2.createApi({ Name: 'ledger', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
    // One thing that is changed again and again: it must be as it was answered last, or newer.
    async write({ apigatewayv2 }, number) {
      const { Items } = await apigatewayv2.getApis({})
      await apigatewayv2.updateApi({ ApiId: Items![0]!.ApiId, Description: long(number, 900) })
    },
    async read({ apigatewayv2 }) {
      const { Items } = await apigatewayv2.getApis({})
      const { Description } = Items![0]!
      return Description === undefined ? [] : Array.from({ length: wholeNumber(Description, 900) + 1 }, (_, number) => number)
    },
  },
}

/** By service: writes that were answered before a kill, and those of them that were missing afterwards. */
export type WriteTally = { kills: number, answered: Record<string, number>, lost: Record<string, number[]> }

/** More in one life would only make reading them all again slower. */
const MOST_WRITES = 60

/**
 * Kills the local AWS again and again while a writer per service writes, `afterMs` after they began, and looks each time whether everything that
 * was answered is there, once and whole.
 */
export async function killWhileWriting(yard: Graveyard, afterMs: Iterable<number>): Promise<WriteTally> {
  const names = Object.keys(ledgers)
  const tally: WriteTally = { kills: 0, answered: Object.fromEntries(names.map((name) => [name, 0])), lost: {} }
  const answered = new Map(names.map((name) => [name, new Set<number>()]))
  const next = new Map(names.map((name) => [name, 0]))
  let victim = await yard.start()
  let clients = openClients({ ...victim.client, maxAttempts: 1 })
  for (const name of names) await ledgers[name]!.prepare(clients)

  for (const ms of afterMs) {
    const writing = names.map(async (name) => {
      for (let count = 0; count < MOST_WRITES; count++) {
        const number = next.get(name)!
        next.set(name, number + 1)
        try {
          await ledgers[name]!.write(clients, number)
        } catch (error) {
          if (isAnswer(error)) throw error
          return
        }
        answered.get(name)!.add(number)
        tally.answered[name]!++
      }
    })
    await delay(ms)
    victim.kill()
    await victim.dead
    await Promise.all(writing)
    assert.deepEqual(await yard.leftBehind(), [], `killed after ${ms} ms: processes and temporary files`)
    tally.kills++

    victim = await yard.start()
    clients = openClients({ ...victim.client, maxAttempts: 1 })
    for (const name of names) {
      const found = await ledgers[name]!.read(clients)
      const there = found.filter((number) => number >= 0)
      assert.equal(new Set(there).size, there.length, `${name}: something is there twice`)
      const missing = [...answered.get(name)!].filter((number) => !there.includes(number))
      if (missing.length > 0) tally.lost[name] = [...tally.lost[name] ?? [], ...missing]
    }
  }
  await victim.stop()
  return tally
}

/** The local AWS said no, while a broken connection says nothing. */
const isAnswer = (error: unknown) => (error as { $response?: unknown }).$response !== undefined
