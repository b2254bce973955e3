import type { Context, Permission } from '../service.ts'
import type { Json } from './engine.ts'

/**
 * What the caller must be allowed: `dynamodb:Operation` on the table, or on the index that is read; for batches one per table.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function permissions(operation: string, input: Json, { account, region }: Context): Permission[] {
  const action = `dynamodb:${operation}`
  const arn = (table: string) => table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${account}:table/${table}`

  if (input.RequestItems) return Object.keys(input.RequestItems).map((table) => ({ action, resource: arn(table) }))
  const table: string = input.TableName ?? input.ResourceArn ?? '*'
  return [{ action, resource: input.IndexName ? `${arn(table)}/index/${input.IndexName}` : arn(table) }]
}
