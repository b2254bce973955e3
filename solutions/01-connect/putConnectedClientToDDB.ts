import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const dynamoDB = new DynamoDBClient()

/** API Gateway calls this for each client that wants in, and waits for the answer before it lets the client in. */
export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  await dynamoDB.send(new PutItemCommand({
    TableName: process.env.TABLE_NAME,
    Item: { connectionId: { S: event.requestContext.connectionId } }, // all we need to reach the client later
  }))

  return { statusCode: 200, body: 'Connected.' } // where the put throws, the client is refused, and the log says why
}
