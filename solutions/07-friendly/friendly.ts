import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { ChatStack } from '../chat.ts'
import { lambda } from '../lambda.ts'

/** Step 7: people type words, and no JSON. */
export function friendly(chat: ChatStack) {
  const understandPlainText = lambda(chat, 'understandPlainText', '07-friendly/understandPlainText.ts')

  const { api, table } = chat
  if (!table) return

  understandPlainText.addEnvironment('TABLE_NAME', table.tableName)
  table.grant(understandPlainText, 'dynamodb:Scan', 'dynamodb:UpdateItem') // names are kept in the rows
  api.grantManageConnections(understandPlainText) // to post and to end connections
  chat.route('$default', new WebSocketLambdaIntegration('DefaultIntegration', understandPlainText)) // in the place of the mock
}
