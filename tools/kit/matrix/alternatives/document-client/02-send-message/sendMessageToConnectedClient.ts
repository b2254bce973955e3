import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient())
const TableName = process.env.TABLE_NAME

export const handler = async (event: APIGatewayProxyWebsocketEventV2) => {
  const { domainName, stage } = event.requestContext
  const api = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` })
  const data = dataOf(event)
  if (data === undefined) return { statusCode: 400 }

  const words = typeof data === 'string' ? data : JSON.stringify(data)
  for await (const { Items = [] } of paginateScan({ client: documents }, { TableName })) {
    await Promise.all(Items.map(async ({ connectionId }) => {
      try {
        await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(words) }))
      } catch (error) {
        console.log(connectionId, error)
        await documents.send(new DeleteCommand({ TableName, Key: { connectionId } }))
      }
    }))
  }
  return { statusCode: 200, body: 'Data sent.' }
}

function dataOf({ body = '' }: APIGatewayProxyWebsocketEventV2): unknown {
  try {
    return JSON.parse(body).data
  } catch {
    return undefined
  }
}
