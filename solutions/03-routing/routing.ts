import { WebSocketLambdaIntegration, WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { ChatStack } from '../chat.ts'

/** Step 3: which message goes where. */
export function routing(chat: ChatStack) {
  const { sendMessageToConnectedClient } = chat.functions
  if (!sendMessageToConnectedClient) return

  chat.route('sendMessage', new WebSocketLambdaIntegration('SendMessageIntegration', sendMessageToConnectedClient))

  const requestTemplates = { $default: '{"statusCode": 200}' } // what the mock takes for its backend's answer
  chat.route('$disconnect', new WebSocketMockIntegration('DisconnectMock', { requestTemplates })) // rows stay until a post meets a 410
  chat.route('$default', new WebSocketMockIntegration('DefaultMock', { requestTemplates })) // swallows in silence what no other route takes
}
