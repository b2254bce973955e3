import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { ChatStack } from '../chat.ts'
import { lambda } from '../lambda.ts'

/** Step 6: whoever leaves is forgotten, and whoever says so first hears a goodbye. */
export function goodbye(chat: ChatStack) {
  const removeDisconnectedClient = lambda(chat, 'removeDisconnectedClient', '06-goodbye/removeDisconnectedClient.ts')
  const sayGoodbye = lambda(chat, 'sayGoodbye', '06-goodbye/sayGoodbye.ts')

  const { api, table } = chat
  if (!table) return

  // TODO 6.4 Call removeDisconnectedClient when a connection has ended: on the route `$disconnect`, in the place of the mock of step 3. Tell it
  //   the table's name, and let it delete rows there.
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html

  // TODO 6.5 Call sayGoodbye for messages whose `action` is `leave`, and let it manage the connections of the API.
  //   https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2-readme.html#manage-connections-permission
}
