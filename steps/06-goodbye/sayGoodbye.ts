import { ApiGatewayManagementApiClient, DeleteConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

/** Says `bye!` to the client that sent {"action": "leave"}, and then ends its connection. */
export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  const { connectionId, domainName, stage } = event.requestContext
  const api = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` })

  // TODO 6.2 Post `bye!` to the one who leaves, and wait until it is taken. What this function returns is read by nobody.
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html

  // TODO 6.3 Then end the connection. `$disconnect` runs after that, so the row needs nothing from here.
  //   https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/apigatewaymanagementapi/command/DeleteConnectionCommand/

  return { statusCode: 200 }
}
