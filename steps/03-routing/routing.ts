import { WebSocketLambdaIntegration, WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { ChatStack } from '../chat.ts'

/** Step 3: which message goes where. */
export function routing(chat: ChatStack) {
  const { sendMessageToConnectedClient } = chat.functions
  if (!sendMessageToConnectedClient) return

  // TODO 3.1 Send messages whose `action` is `sendMessage` to the function of step 2. Route keys are case-sensitive.
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html

  // TODO 3.2 Nothing handles `$disconnect` and `$default` yet: give each a mock integration of its own, whose request template (its key
  //   is `$default`) answers status 200. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
}
