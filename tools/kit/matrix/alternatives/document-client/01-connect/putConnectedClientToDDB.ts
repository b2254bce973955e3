import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient())

export const handler = async (event: APIGatewayProxyWebsocketEventV2) => {
  const { connectionId } = event.requestContext
  await documents.send(new PutCommand({ TableName: process.env.TABLE_NAME, Item: { connectionId } }))
  return { statusCode: 200 }
}
