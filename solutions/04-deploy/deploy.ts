import { CfnOutput } from 'aws-cdk-lib'
import { WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2'
import type { ChatStack } from '../chat.ts'

/** Step 4: routes that are not deployed to a stage serve nobody. */
export function deploy(chat: ChatStack) {
  const stage = new WebSocketStage(chat, 'Beta', {
    webSocketApi: chat.api,
    stageName: 'beta',
    autoDeploy: true, // off by default, and then nothing is ever deployed: every handshake gets 403
  })
  chat.stage = stage

  new CfnOutput(chat, 'WebSocketURL', { value: stage.url })
  new CfnOutput(chat, 'ConnectionURL', { value: `${stage.callbackUrl}/@connections` })
}
