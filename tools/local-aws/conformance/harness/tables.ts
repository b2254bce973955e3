import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import type { World } from './world.ts'

export const CHAT_TABLE = {
  KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }],
} satisfies Partial<CreateTableCommandInput>

/** Creates a table with the key of the chat; answers what the call answered. */
export async function createTable({ aws, name, removeLater }: World, what: string, more: Partial<CreateTableCommandInput> = {}) {
  const TableName = name(what)
  const { TableDescription } = await aws.dynamodb.createTable({ TableName, BillingMode: 'PAY_PER_REQUEST', ...CHAT_TABLE, ...more })
  removeLater(`table ${TableName}`, () => aws.dynamodb.deleteTable({ TableName }))
  return { TableName, made: TableDescription! }
}
export const describeTable = async ({ aws }: World, TableName: string) => (await aws.dynamodb.describeTable({ TableName })).Table!

/** A table, once it is ACTIVE. */
export async function makeTable(world: World, what: string, more: Partial<CreateTableCommandInput> = {}) {
  const { TableName } = await createTable(world, what, more)
  await world.eventually(`${TableName} is ACTIVE`, async () => (await describeTable(world, TableName)).TableStatus === 'ACTIVE')
  return TableName
}
/** A table of the run for rows. */
export const sharedTable = (world: World) => world.once('table rows', () => makeTable(world, 'rows'))
