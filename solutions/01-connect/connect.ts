import { RemovalPolicy } from 'aws-cdk-lib'
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb'
import type { ChatStack } from '../chat.ts'
import { lambda } from '../lambda.ts'

/** Step 1: whoever connects is remembered. */
export function connect(chat: ChatStack) {
  const putConnectedClientToDDB = lambda(chat, 'putConnectedClientToDDB', '01-connect/putConnectedClientToDDB.ts')
  chat.functions.putConnectedClientToDDB = putConnectedClientToDDB

  const table = new Table(chat, 'WebsocketConnection', {
    tableName: chat.named('WebsocketConnection'),
    partitionKey: { name: 'connectionId', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST, // costs nothing while nobody chats
    removalPolicy: RemovalPolicy.DESTROY, // CDK keeps tables by default, and this one holds nothing worth keeping
  })
  chat.table = table

  putConnectedClientToDDB.addEnvironment('TABLE_NAME', table.tableName)
  table.grant(putConnectedClientToDDB, 'dynamodb:PutItem') // AmazonDynamoDBFullAccess works too, and opens every table of the account

  chat.route('$connect', new WebSocketLambdaIntegration('ConnectIntegration', putConnectedClientToDDB)) // lets API Gateway call it, too
}
