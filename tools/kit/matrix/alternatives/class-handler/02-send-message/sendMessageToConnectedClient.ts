import { ApiGatewayManagementApiClient, GoneException, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import { DeleteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2, APIGatewayProxyResultV2, Context } from 'aws-lambda'

/** Who is connected. */
class Guests {
  private readonly client = new DynamoDBClient({})
  private readonly table: string

  constructor(table: string) {
    this.table = table
  }

  async* ids() {
    for await (const { Items = [] } of paginateScan({ client: this.client }, { TableName: this.table }))
      for (const { connectionId } of Items) yield connectionId!.S!
  }

  async forget(id: string) {
    await this.client.send(new DeleteItemCommand({ TableName: this.table, Key: { connectionId: { S: id } } }))
  }
}

/** Says things to all guests. */
class Crier {
  private readonly guests = new Guests(process.env.TABLE_NAME!)

  handler = async (event: APIGatewayProxyWebsocketEventV2, _context: Context): Promise<APIGatewayProxyResultV2> => {
    const words = this.wordsIn(event.body ?? '')
    if (words === undefined) return { statusCode: 422, body: JSON.stringify({ message: 'Say what?' }) }

    const { domainName, stage } = event.requestContext
    const api = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}`, maxAttempts: 2 })
    const posts: Promise<void>[] = []
    for await (const id of this.guests.ids()) posts.push(this.tell(api, id, words))
    await Promise.allSettled(posts)
    return { statusCode: 200, body: JSON.stringify({ told: posts.length }) }
  }

  private async tell(api: ApiGatewayManagementApiClient, id: string, words: string) {
    try {
      await api.send(new PostToConnectionCommand({ ConnectionId: id, Data: new TextEncoder().encode(words) }))
    } catch (error) {
      if (error instanceof GoneException || (error as Error).name === 'BadRequestException') await this.guests.forget(id)
      else throw error
    }
  }

  private wordsIn(body: string): string | undefined {
    if (!body.startsWith('{')) return undefined
    const { data } = JSON.parse(body)
    return data && (typeof data === 'object' ? JSON.stringify(data) : String(data))
  }
}

export const { handler } = new Crier()
