import type { ChatStack } from '../chat.ts'
import { lambda } from '../lambda.ts'

/** Step 2: what one client says, all clients hear. */
export function sendMessage(chat: ChatStack) {
  const sendMessageToConnectedClient = lambda(chat, 'sendMessageToConnectedClient', '02-send-message/sendMessageToConnectedClient.ts')
  chat.functions.sendMessageToConnectedClient = sendMessageToConnectedClient

  const { api, table } = chat
  if (!table) return

  sendMessageToConnectedClient.addEnvironment('TABLE_NAME', table.tableName)
  table.grant(sendMessageToConnectedClient, 'dynamodb:Scan', 'dynamodb:DeleteItem') // AmazonDynamoDBFullAccess: every table
  api.grantManageConnections(sendMessageToConnectedClient) // AmazonAPIGatewayInvokeFullAccess: every API
}
