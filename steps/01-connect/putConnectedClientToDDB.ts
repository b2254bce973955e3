import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const dynamoDB = new DynamoDBClient()

/** API Gateway calls this for each client that wants in, and waits for the answer before it lets the client in. */
export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  // TODO 1.1 Remember the client: put its connection id into the table that TABLE_NAME names, as the string `connectionId`.
  //   The event looks like ./test-event.json. The call: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html

  // TODO 1.2 Let the client in: answer with a status in the 200s. Any other answer refuses it.
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
}
