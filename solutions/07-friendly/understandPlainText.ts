import { createHash } from 'node:crypto'
import { ApiGatewayManagementApiClient, DeleteConnectionCommand, GoneException, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import { DynamoDBClient, paginateScan, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { looksLike, meaningOf } from './words.ts'

const dynamoDB = new DynamoDBClient()

type Person = { connectionId: string, name: string }

/** Takes what no other route takes. Everyone hears words; what begins with a slash is a command, and its answer is for the sender alone. */
export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  const { connectionId, domainName, stage } = event.requestContext
  const api = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` })
  const answer = (text: string) => post(api, connectionId, text)

  const people = await everyone()
  const others = people.filter((one) => one.connectionId !== connectionId)
  const me = people.find((one) => one.connectionId === connectionId) ?? { connectionId, name: nameOf(connectionId) }

  const meaning = meaningOf(event.body)
  switch (meaning.kind) {
    case 'say':
      await say(api, [me, ...others], me.name, meaning.words)
      break
    case 'name':
      if (others.some(({ name }) => looksLike(name, meaning.name))) {
        await answer(`${meaning.name} is a name that somebody has, or nearly.`)
        break
      }
      await keepName(connectionId, meaning.name)
      await answer(`You are ${meaning.name} now.`)
      break
    case 'who':
      await answer([`${me.name} (you)`, ...others.map(({ name }) => name)].slice(0, 100).join(', '))
      break
    case 'bye':
      await answer('bye!')
      await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId })) // $disconnect forgets the row, as in step 6
      break
    case 'refused':
      await answer(meaning.why)
  }

  return { statusCode: 200 }
}

/** All of them hear `Ada: hello`. */
async function say(api: ApiGatewayManagementApiClient, people: Person[], name: string, words: string) {
  const posts = await Promise.allSettled(people.map(({ connectionId }) => post(api, connectionId, `${name}: ${words}`)))
  for (const result of posts) if (result.status === 'rejected') console.error(result.reason)
}

/** The name that somebody chose, else `guest-4f2a`, which stays the same as long as the connection. */
function nameOf(connectionId: string, nickname?: string) {
  // The end of an id differs least from that of others, so a hash it is. It needs nothing to be kept.
  return nickname ?? `guest-${createHash('sha256').update(connectionId).digest('hex').slice(0, 4)}`
}

/** Remembers a name in the row of the connection, where every environment of this function finds it. */
async function keepName(connectionId: string, name: string) {
  await dynamoDB.send(new UpdateItemCommand({
    TableName: process.env.TABLE_NAME,
    Key: { connectionId: { S: connectionId } },
    UpdateExpression: 'SET nickname = :name', // the attribute is not called `name`: that word DynamoDB keeps for itself
    ExpressionAttributeValues: { ':name': { S: name } },
  }))
}

/** Everyone in the table, with their names as they are now. */
async function everyone(): Promise<Person[]> {
  const people: Person[] = []
  const pages = paginateScan({ client: dynamoDB }, {
    TableName: process.env.TABLE_NAME, ProjectionExpression: 'connectionId, nickname',
    ConsistentRead: true, // or whoever has just taken a name might speak under the old one
  })
  for await (const { Items = [] } of pages)
    for (const { connectionId, nickname } of Items) if (connectionId?.S) people.push({ connectionId: connectionId.S, name: nameOf(connectionId.S, nickname?.S) })
  return people
}

/** Posts to one client. One that is no longer there, or never was one, is no failure; sendMessage forgets its row. */
async function post(api: ApiGatewayManagementApiClient, connectionId: string, text: string) {
  try {
    await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }))
  } catch (error) {
    if (!(error instanceof GoneException) && (error as Error).name !== 'BadRequestException') throw error
  }
}
