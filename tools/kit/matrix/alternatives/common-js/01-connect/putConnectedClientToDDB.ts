import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb')

const dynamoDB = new DynamoDBClient({ region: process.env.AWS_REGION })

exports.handler = async function (event: APIGatewayProxyWebsocketEventV2) {
  await dynamoDB.send(new PutItemCommand({
    TableName: process.env.TABLE_NAME,
    Item: { connectionId: { S: event.requestContext.connectionId } },
  }))
  return { statusCode: 200, body: 'Connected.' }
}
