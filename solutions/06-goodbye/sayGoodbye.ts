import { ApiGatewayManagementApiClient, DeleteConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

/** Says `bye!` to the client that sent {"action": "leave"}, and then ends its connection. */
export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  const { connectionId, domainName, stage } = event.requestContext
  const api = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` })

  await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'bye!' })) // first: $disconnect comes too late for it

  await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId })) // which runs $disconnect, and that forgets the row

  return { statusCode: 200 }
}
