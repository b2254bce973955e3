import { DynamoDB } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketHandlerV2 } from 'aws-lambda'

/** The clients that know every operation as a method, as version 2 of the SDK did. */
export const handler: APIGatewayProxyWebsocketHandlerV2 = async ({ requestContext: { connectionId } }) => {
  const dynamoDB = new DynamoDB()
  await dynamoDB.updateItem({
    TableName: process.env['TABLE_NAME'],
    Key: { connectionId: { S: connectionId } },
    UpdateExpression: 'SET connectedAt = :now',
    ExpressionAttributeValues: { ':now': { N: String(Date.now()) } },
  })
  return { statusCode: 201, body: '' }
}
