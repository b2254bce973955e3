import { RemovalPolicy } from 'aws-cdk-lib'
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb'
import type { ChatStack } from '../chat.ts'
import { lambda } from '../lambda.ts'

/** Step 1: whoever connects is remembered. */
export function connect(chat: ChatStack) {
  const putConnectedClientToDDB = lambda(chat, 'putConnectedClientToDDB', '01-connect/putConnectedClientToDDB.ts')
  chat.functions.putConnectedClientToDDB = putConnectedClientToDDB

  // TODO 1.3 Make the table `WebsocketConnection` (through chat.named) with the string key `connectionId`, paid per request, removed
  //   with its stack, and keep it as chat.table. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_dynamodb-readme.html

  // TODO 1.4 Tell the function the table's name in its environment variable TABLE_NAME, and let it put rows there and do no more.
  //   https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_dynamodb.Table.html#methods

  // TODO 1.5 Call the function for each client that connects: it is the integration of the route `$connect`. See `route` in ../chat.ts.
  //   https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2_integrations-readme.html#websocket-apis
}
