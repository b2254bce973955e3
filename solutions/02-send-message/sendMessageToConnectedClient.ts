import { ApiGatewayManagementApiClient, GoneException, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import { DeleteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const dynamoDB = new DynamoDBClient()

/** Says to every connected client what one of them sent: {"action": "sendMessage", "data": "Ground Control to Major Tom"}. */
export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  const text = textIn(event.body)
  if (!text) {
    console.log('Nothing to say in', event.body)
    return { statusCode: 400, body: 'The message has no data.' }
  }

  const clients = await connectedClients()
  const { domainName, stage } = event.requestContext

  const api = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` }) // SDK v3 needs the scheme
  const posts = await Promise.allSettled(clients.map((connectionId) => post(api, connectionId, text))) // all, even after one failed
  const failures = posts.filter((result) => result.status === 'rejected')
  for (const { reason } of failures) console.error(reason) // nobody sees the answer to a message, so the log must tell
  if (failures.length > 0) return { statusCode: 500, body: `${failures.length} of ${clients.length} clients could not be reached.` }

  return { statusCode: 200, body: 'Data sent.' }
}

/** The words in a message, or undefined where it has none. */
function textIn(body = ''): string | undefined {
  try {
    const { data } = JSON.parse(body)
    return typeof data === 'string' ? data : JSON.stringify(data) // a post takes text, not objects
  } catch {
    return undefined // not JSON: somebody's slip, no reason to crash
  }
}

/** The connection id of every client in the table. */
async function connectedClients(): Promise<string[]> {
  const ids: string[] = []
  const pages = paginateScan({ client: dynamoDB }, { TableName: process.env.TABLE_NAME, ProjectionExpression: 'connectionId' })
  for await (const { Items = [] } of pages) ids.push(...Items.flatMap(({ connectionId }) => connectionId?.S ?? []))
  return ids
}

/** Posts to one client. A client that is no longer there is forgotten, which is not a failure; anything else is thrown. */
async function post(api: ApiGatewayManagementApiClient, connectionId: string, text: string) {
  try {
    await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }))
  } catch (error) {
    // SDK v3 errors have no statusCode to compare with 410. The 400 has no class: that id, like testConnectionId, was never a client's.
    const isNobody = error instanceof GoneException || (error instanceof Error && error.name === 'BadRequestException')
    if (!isNobody) throw error
    console.log('Nobody is there any more, forgetting', connectionId)
    await dynamoDB.send(new DeleteItemCommand({ TableName: process.env.TABLE_NAME, Key: { connectionId: { S: connectionId } } }))
  }
}
