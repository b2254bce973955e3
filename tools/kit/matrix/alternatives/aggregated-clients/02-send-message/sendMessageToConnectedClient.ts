import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi'
import { DynamoDB, type AttributeValue } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketHandlerV2 } from 'aws-lambda'

const dynamoDB = new DynamoDB()
const TableName = process.env['TABLE_NAME']!

export const handler: APIGatewayProxyWebsocketHandlerV2 = async ({ body, requestContext: { domainName, stage, connectionId: from } }) => {
  const said = wordsOf(body)
  if (!said) return { statusCode: 400, body: 'Nothing to say.' }

  const api = new ApiGatewayManagementApi({ endpoint: `https://${domainName}/${stage}` })
  const gone: string[] = []
  for (const id of await everyone()) {
    // What arrives may say more than what was sent.
    const Data = JSON.stringify({ from, data: said, at: new Date().toISOString() })
    await api.postToConnection({ ConnectionId: id, Data }).catch(({ name }: Error) => {
      if (!['GoneException', 'BadRequestException'].includes(name)) throw new Error(`${id}: ${name}`)
      gone.push(id)
    })
  }
  await forget(gone)
  return { statusCode: 200 }
}

function wordsOf(body?: string) {
  try {
    return JSON.parse(body ?? '').data as unknown
  } catch {
    return undefined
  }
}

async function everyone(from?: Record<string, AttributeValue>): Promise<string[]> {
  const { Items = [], LastEvaluatedKey } = await dynamoDB.scan({ TableName, ExclusiveStartKey: from })
  const ids = Items.map(({ connectionId }) => connectionId!.S!)
  return LastEvaluatedKey ? [...ids, ...await everyone(LastEvaluatedKey)] : ids
}

async function forget(ids: string[]) {
  if (ids.length === 0) return
  await dynamoDB.batchWriteItem({ RequestItems: { [TableName]: ids.slice(0, 25).map((id) => ({ DeleteRequest: { Key: { connectionId: { S: id } } } })) } })
}
