import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { CreateFunctionCommandInput } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { allow, makeRole } from './roles.ts'
import type { World } from './world.ts'

const STEERED = path.join(import.meta.dirname, 'steered-function.cjs')

/** A zip package of text files. */
export const zipOf = (files: Record<string, string>) => zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))

/** A role that Lambda takes on, for logs, the table of events and `@connections`. */
export const functionRole = (world: World) => world.once('role function', () => makeRole(world, 'function', [
  allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  allow(['dynamodb:PutItem'], `arn:aws:dynamodb:*:*:table/${world.name('events')}`),
  allow(['execute-api:ManageConnections'], 'arn:aws:execute-api:*:*:*'),
], { Service: 'lambda.amazonaws.com' }))

/** Creates a function from text files (a text alone is `index.js`) and waits until it is Active. @returns its name and ARN */
export async function makeFunction(
  world: World, what: string, code: string | Record<string, string>, options: Partial<CreateFunctionCommandInput> = {},
) {
  const { aws, name, eventually, removeLater } = world
  const FunctionName = name(what)
  const { Arn: Role } = await functionRole(world)
  const Code = { ZipFile: zipOf(typeof code === 'string' ? { 'index.js': code } : code) }
  // A new role cannot be used at once (A14.5).
  const { FunctionArn } = await eventually(`Lambda can use the role of ${FunctionName}`, () =>
    aws.lambda.createFunction({
      FunctionName, Role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code, ...options
    }).catch((error: Error) => {
      if (!/cannot be assumed by Lambda/.test(error.message)) throw error
      return undefined
    }))
  removeLater(`function ${FunctionName}`, async () => {
    await aws.lambda.deleteFunction({ FunctionName })
    await aws.logs.deleteLogGroup({ logGroupName: `/aws/lambda/${FunctionName}` })
  })
  await isActive(world, FunctionName)
  return { FunctionName, FunctionArn: FunctionArn! }
}

export const isActive = ({ aws, eventually }: World, FunctionName: string) => eventually(`${FunctionName} is Active`, async () => {
  const { State, LastUpdateStatus } = await aws.lambda.getFunctionConfiguration({ FunctionName })
  return State === 'Active' && LastUpdateStatus === 'Successful'
})

/** Invokes with a tail of the log, and reads the answer. */
export async function invoke({ aws }: World, FunctionName: string, event: unknown = {}) {
  const { Payload, FunctionError, LogResult } = await aws.lambda.invoke({
    FunctionName, Payload: Buffer.from(JSON.stringify(event)), LogType: 'Tail',
  })
  const text = Buffer.from(Payload!).toString()
  return { text, failed: FunctionError, tail: Buffer.from(LogResult!, 'base64').toString() }
}

/** The function that does as the message says; it writes each CONNECT and DISCONNECT event to the table of events. */
export const steeredFunction = (world: World) => world.once('function steered', async () => {
  const { aws, name, eventually, removeLater } = world
  const TableName = name('events')
  await aws.dynamodb.createTable({
    TableName, BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }, { AttributeName: 'eventType', KeyType: 'RANGE' }],
    AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }, { AttributeName: 'eventType', AttributeType: 'S' }],
  })
  removeLater(`table ${TableName}`, () => aws.dynamodb.deleteTable({ TableName }))
  await eventually(
    'the table of events is ACTIVE', async () => (await aws.dynamodb.describeTable({ TableName })).Table?.TableStatus === 'ACTIVE',
  )
  return makeFunction(
    world, 'steered', readFileSync(STEERED, 'utf8'),
    { Timeout: 20, MemorySize: 256, Environment: { Variables: { EVENTS_TABLE: TableName } } },
  )
})

/** The text of an event that the steered function saw, once it has seen it. */
export const recordedEvent = ({ aws, name, eventually }: World, connectionId: string, eventType: 'CONNECT' | 'DISCONNECT') =>
  eventually(`the ${eventType} event of ${connectionId}`, async () => {
    const { Item } = await aws.dynamodb.getItem({
      TableName: name('events'), Key: { connectionId: { S: connectionId }, eventType: { S: eventType } }, ConsistentRead: true,
    })
    return Item?.event?.S
  })
