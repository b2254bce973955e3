import { CfnOutput } from 'aws-cdk-lib'
import { WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2'
import type { ChatStack } from '../chat.ts'

/** Step 4: routes that are not deployed to a stage serve nobody. */
export function deploy(chat: ChatStack) {
  // TODO 4.1 Make the stage `beta` of the API and keep it as chat.stage. Each change of a route must reach it without your help.
  //   https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2.WebSocketStage.html

  // TODO 4.2 Print the two URLs as outputs of the stack: `WebSocketURL` for clients (wss://…/beta), `ConnectionURL` for posting to them
  //   (https://…/beta/@connections). https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.CfnOutput.html
}
