import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const dynamoDB = new DynamoDBClient()

export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  await dynamoDB.send(new DeleteItemCommand({ TableName: process.env.TABLE_NAME, Key: { connectionId: { S: event.requestContext.connectionId } } }))
  return { statusCode: 200 }
}
