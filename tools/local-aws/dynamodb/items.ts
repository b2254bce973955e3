import { AwsError, notBuilt } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Operations } from '../service.ts'
import type { Place } from '../store.ts'
import { EngineError, type Engine, type Json } from './engine.ts'
import { engineOf } from './engines.ts'
import { fromJson, toJson } from './json.ts'

const ITEM_OPERATIONS = ['BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'] as const
export type ItemOperation = typeof ITEM_OPERATIONS[number]
export const isItemOperation = (operation: string): operation is ItemOperation => (ITEM_OPERATIONS as readonly string[]).includes(operation)

/** Item operations for callers inside the process. */
export const itemOperations = (cloud: Cloud, place: Place): Operations<'dynamodb'> => Object.fromEntries(ITEM_OPERATIONS.map((operation) => [
  operation,
  async (input: object) => {
    try {
      return fromJson(await runItemOperation(cloud, place, operation, toJson(input)))
    } catch (error) {
      throw asAwsError(error)
    }
  },
]))

/**
 * Runs an item operation on bodies as they are on the wire, and tells of the rows it wrote. Throws EngineError.
 *
 * @param input its TableName may be changed
 */
export async function runItemOperation(cloud: Cloud, place: Place, operation: ItemOperation, input: Json): Promise<Json> {
  const engine = await engineOf(cloud, place)
  if (typeof input.TableName === 'string') input.TableName = tableName(input.TableName, place)

  try {
    const answer = await engine.run(operation, input)
    for (const row of writtenRows(operation, input)) cloud.events.emit({ kind: 'row', ...row })
    return answer
  } catch (error) {
    throw await withOldItem(engine, input, error)
  }
}

/** A table may be named by its ARN (F.20). */
export function tableName(nameOrArn: string, { account, region }: Place): string {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn
  const [, , , arnRegion, arnAccount, resource = ''] = nameOrArn.split(':')
  if (arnRegion !== region || arnAccount !== account) throw notBuilt('dynamodb access to tables of another account or region')
  return resource.replace(/^table\//, '')
}

/** What the engine answers, as an error that any caller understands. */
export function asAwsError(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error
  const { __type: _, message: __, Message: ___, ...fields } = error.body
  return new AwsError(error.name, error.message, { status: error.status, fields: fromJson(fields) })
}

/**
 * Adds the item that failed the condition, if it was asked for (F.7, F.16).
 *
 * Differs from AWS: it is read after the refusal, so another write in between shows.
 */
async function withOldItem(engine: Engine, input: Json, error: unknown) {
  if (!(error instanceof EngineError) || error.name !== 'ConditionalCheckFailedException') return error
  if (input.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD') return error

  const Key = input.Key ?? await keyOf(engine, input)
  const { Item } = await engine.run('GetItem', { TableName: input.TableName, Key, ConsistentRead: true })
  return Item ? new EngineError(error.status, { ...error.body, Item }) : error
}

async function keyOf(engine: Engine, { TableName, Item }: Json) {
  const { KeySchema } = await engine.table(TableName)
  return Object.fromEntries((KeySchema as { AttributeName: string }[]).map(({ AttributeName }) => [AttributeName, Item[AttributeName]]))
}

type Row = { table: string, operation: string, connectionId?: string }

function writtenRows(operation: ItemOperation, input: Json): Row[] {
  if (operation === 'BatchWriteItem')
    return Object.entries<Json[]>(input.RequestItems).flatMap(([table, requests]) => requests.map(({ PutRequest, DeleteRequest }) =>
      PutRequest ? row(table, 'PutItem', PutRequest.Item) : row(table, 'DeleteItem', DeleteRequest.Key)))
  if (operation === 'PutItem') return [row(input.TableName, operation, input.Item)]
  if (operation === 'DeleteItem' || operation === 'UpdateItem') return [row(input.TableName, operation, input.Key)]
  return []
}

const row = (table: string, operation: string, attributes: Json): Row => ({ table, operation, connectionId: attributes.connectionId?.S })
