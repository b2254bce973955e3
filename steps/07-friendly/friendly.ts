import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { ChatStack } from '../chat.ts'
import { lambda } from '../lambda.ts'

/** Step 7: people type words, and no JSON. */
export function friendly(chat: ChatStack) {
  const understandPlainText = lambda(chat, 'understandPlainText', '07-friendly/understandPlainText.ts')

  const { api, table } = chat
  if (!table) return

  // TODO 7.1 Call understandPlainText for what no other route takes: on the route `$default`, in the place of the mock of step 3. Tell it the
  //   table's name, let it scan the table and update rows there, and let it manage the connections of the API.
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
}
