import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const dynamoDB = new DynamoDBClient()

/** API Gateway calls this when a connection has ended, whoever ended it. The client is gone: a post to it would be answered with 410. */
export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  await dynamoDB.send(new DeleteItemCommand({
    TableName: process.env.TABLE_NAME,
    Key: { connectionId: { S: event.requestContext.connectionId } }, // deleting what is not there is no error, so twice does no harm
  }))

  return { statusCode: 200 } // nobody reads it
}
