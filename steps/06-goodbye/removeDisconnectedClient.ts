import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const dynamoDB = new DynamoDBClient()

/** API Gateway calls this when a connection has ended, whoever ended it. The client is gone: a post to it would be answered with 410. */
export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  // TODO 6.1 Forget the client: delete its row from the table that TABLE_NAME names. Its id is where it was in step 1.
  //   https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html

  return { statusCode: 200 } // nobody reads it
}
