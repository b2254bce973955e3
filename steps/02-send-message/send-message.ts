import type { ChatStack } from '../chat.ts'
import { lambda } from '../lambda.ts'

/** Step 2: what one client says, all clients hear. */
export function sendMessage(chat: ChatStack) {
  const sendMessageToConnectedClient = lambda(chat, 'sendMessageToConnectedClient', '02-send-message/sendMessageToConnectedClient.ts')
  chat.functions.sendMessageToConnectedClient = sendMessageToConnectedClient

  const { api, table } = chat
  if (!table) return

  // TODO 2.5 Tell this function the table's name too, and let it do what its code does, on this table and this API only: scan the table,
  //   delete rows, and manage the connections of the API (of all its stages: there is none yet).
  //   https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2-readme.html#manage-connections-permission
}
