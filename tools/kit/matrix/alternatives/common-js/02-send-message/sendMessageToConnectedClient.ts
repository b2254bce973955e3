import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const { ApiGatewayManagementApiClient, PostToConnectionCommand, GoneException } = require('@aws-sdk/client-apigatewaymanagementapi')
const { DynamoDBClient, DeleteItemCommand, paginateScan } = require('@aws-sdk/client-dynamodb')

const dynamoDB = new DynamoDBClient({})
const { TABLE_NAME } = process.env

async function handler(event: APIGatewayProxyWebsocketEventV2) {
  let data
  try {
    data = JSON.parse(event.body!).data
  } catch {
    return { statusCode: 400, body: 'Not JSON.' }
  }
  if (!data) return { statusCode: 400, body: 'Nothing to say.' }

  const Data = typeof data === 'string' ? data : JSON.stringify(data)
  const { domainName, stage } = event.requestContext
  const api = new ApiGatewayManagementApiClient({ endpoint: 'https://' + domainName + '/' + stage })
  const gone: string[] = []
  for await (const page of paginateScan({ client: dynamoDB, pageSize: 25 }, { TableName: TABLE_NAME })) {
    await Promise.all(page.Items.map(async (row: Record<string, AttributeValue>) => {
      const ConnectionId = row.connectionId!.S!
      try {
        await api.send(new PostToConnectionCommand({ ConnectionId, Data }))
      } catch (error) {
        if (!(error instanceof GoneException) && (error as Error).name !== 'BadRequestException') throw error
        gone.push(ConnectionId)
      }
    }))
  }
  for (const id of gone) await dynamoDB.send(new DeleteItemCommand({ TableName: TABLE_NAME, Key: { connectionId: { S: id } } }))
  return { statusCode: 200, body: 'Data sent.' }
}

module.exports = { handler }
