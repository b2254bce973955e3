import { paginateScan } from '@aws-sdk/client-dynamodb'
import { unless, type Aws } from './aws.ts'

/** The rows of the table of connections, as verify reads and writes them. The key is `connectionId`, a string. */
export type Rows = {
  table: string
  /** Every connection id in the table, all pages, consistent. */
  ids(): Promise<string[]>
  has(connectionId: string): Promise<boolean>
  /** The strings in a row, by their attributes; empty where there is no row. */
  strings(connectionId: string): Promise<Record<string, string>>
  put(connectionId: string): Promise<void>
  /** Adds about `kilobytes` to a row that is there. */
  enlarge(connectionId: string, kilobytes: number): Promise<void>
  remove(connectionId: string): Promise<void>
}

export const openRows = ({ dynamodb }: Aws, table: string): Rows => {
  const key = (connectionId: string) => ({ TableName: table, Key: { connectionId: { S: connectionId } } })
  return {
    table,
    async ids() {
      const found: string[] = []
      const pages = paginateScan({ client: dynamodb }, { TableName: table, ProjectionExpression: 'connectionId', ConsistentRead: true })
      for await (const { Items = [] } of pages) found.push(...Items.flatMap(({ connectionId }) => connectionId?.S ?? []))
      return found
    },
    has: async (connectionId) => Boolean((await dynamodb.getItem({ ...key(connectionId), ConsistentRead: true, ProjectionExpression: 'connectionId' })).Item),
    async strings(connectionId) {
      const { Item = {} } = await dynamodb.getItem({ ...key(connectionId), ConsistentRead: true })
      return Object.fromEntries(Object.entries(Item).flatMap(([name, { S }]) => S === undefined ? [] : [[name, S]]))
    },
    put: async (connectionId) => { await dynamodb.putItem({ TableName: table, Item: { connectionId: { S: connectionId } } }) },
    async enlarge(connectionId, kilobytes) {
      await dynamodb.updateItem({
        ...key(connectionId),
        UpdateExpression: 'SET verifyFiller = :filler',
        // Only where it still is: an update of a row that has gone would bring it back.
        ConditionExpression: 'attribute_exists(connectionId)',
        ExpressionAttributeValues: { ':filler': { S: 'x'.repeat(kilobytes * 1024) } },
      })
    },
    remove: async (connectionId) => { await unless('ResourceNotFoundException', dynamodb.deleteItem(key(connectionId))) },
  }
}
