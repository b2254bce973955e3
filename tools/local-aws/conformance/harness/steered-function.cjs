// The function of the conformance suite: it does what the handshake (?do=…) or the message ({"do": …}) asks for.
const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi')
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb')

const dynamodb = new DynamoDBClient()

exports.handler = async (event) => {
  const { eventType, connectionId } = event.requestContext
  if (eventType !== 'MESSAGE') await record(connectionId, eventType, event)
  const { do: wish, ...wanted } = wishOf(event)
  switch (wish) {
    case 'throw': throw new Error('boom')
    case 'exit': process.exit(1)
    case 'sleep': await new Promise((resolve) => { setTimeout(resolve, wanted.ms) })
      break
    case 'return': return wanted.result
    case 'event': return { statusCode: wanted.statusCode ?? 200, body: JSON.stringify(event) }
    case 'post': return { statusCode: wanted.statusCode ?? 200, body: await post(event.requestContext, wanted.to ?? connectionId) }
    case 'postLater': setTimeout(() => post(event.requestContext, connectionId), wanted.ms) // on purpose not awaited
  }
  return { statusCode: 200, body: 'done' }
}

const record = (connectionId, eventType, event) => dynamodb.send(new PutItemCommand({
  TableName: process.env.EVENTS_TABLE, Item: { connectionId: { S: connectionId }, eventType: { S: eventType }, event: { S: JSON.stringify(event) } },
}))

/** @returns what the client of `@connections` made of it: `posted`, or the name of the error */
async function post({ domainName, stage }, ConnectionId) {
  const client = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` })
  try {
    await client.send(new PostToConnectionCommand({ ConnectionId, Data: 'posted' }))
    return 'posted'
  } catch (error) {
    return error.name
  }
}

function wishOf({ queryStringParameters, body }) {
  try {
    return JSON.parse(queryStringParameters?.do ?? body) ?? {}
  } catch {
    return {}
  }
}
