import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { ChatStack } from '../chat.ts'
import { lambda } from '../lambda.ts'

/** Step 6: whoever leaves is forgotten, and whoever says so first hears a goodbye. */
export function goodbye(chat: ChatStack) {
  const removeDisconnectedClient = lambda(chat, 'removeDisconnectedClient', '06-goodbye/removeDisconnectedClient.ts')
  const sayGoodbye = lambda(chat, 'sayGoodbye', '06-goodbye/sayGoodbye.ts')

  const { api, table } = chat
  if (!table) return

  removeDisconnectedClient.addEnvironment('TABLE_NAME', table.tableName)
  table.grant(removeDisconnectedClient, 'dynamodb:DeleteItem')
  chat.route('$disconnect', new WebSocketLambdaIntegration('DisconnectIntegration', removeDisconnectedClient)) // in the place of the mock

  api.grantManageConnections(sayGoodbye) // to post and to end connections
  chat.route('leave', new WebSocketLambdaIntegration('LeaveIntegration', sayGoodbye))
}
