import { ApiGatewayManagementApiClient, GoneException, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import { DeleteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'

const dynamoDB = new DynamoDBClient()

/** Says to every connected client what one of them sent: {"action": "sendMessage", "data": "Ground Control to Major Tom"}. */
export async function handler(event: APIGatewayProxyWebsocketEventV2) {
  const text = textIn(event.body)
  if (!text) {
    console.log('Nothing to say in', event.body)
    return { statusCode: 400, body: 'The message has no data.' }
  }

  const clients = await connectedClients()
  const { domainName, stage } = event.requestContext

  // TODO 2.3 Post the text to all of them, through a client whose endpoint is the URL of this stage. A client that cannot be reached must
  //   not keep the others from hearing: wait until each post has settled, log what failed, and answer 500 if anything did.
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
  return { statusCode: 200, body: 'Data sent.' }
}

/** The words in a message, or undefined where it has none. */
function textIn(body = ''): string | undefined {
  // TODO 2.1 The body is JSON and its member `data` holds the words. Anyone may send anything: a body that is not JSON, or has no data,
  //   has no words, and data that is not a string is passed on as JSON.
  //   https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/JSON/parse
  return undefined
}

/** The connection id of every client in the table. */
async function connectedClients(): Promise<string[]> {
  const ids: string[] = []
  // TODO 2.2 Scan the table for its connection ids. One Scan reads 1 MB at most: go on until the last page.
  //   https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/javascript_dynamodb_code_examples.html (look for paginate)
  return ids
}

/** Posts to one client. A client that is no longer there is forgotten, which is not a failure; anything else is thrown. */
async function post(api: ApiGatewayManagementApiClient, connectionId: string, text: string) {
  // TODO 2.4 Post the text to the client. Where that fails because it has left (410 Gone), or because no client ever had this id
  //   (400 BadRequestException), delete its row.
  //   https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/apigatewaymanagementapi/command/PostToConnectionCommand/
}
