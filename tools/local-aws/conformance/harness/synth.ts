import { App, CfnOutput, Stack } from 'aws-cdk-lib'
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { WebSocketLambdaIntegration, WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda'
import type { Template } from './stacks.ts'

/** What CDK makes of a chat with one of each construct. */
export function synthesized(): Template {
  const app = new App({ analyticsReporting: false })
  const stack = new Stack(app, 'Chat')
  const handler = new Function(
    stack, 'Function',
    {
      runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 })'),
    },
  )
  const api = new WebSocketApi(stack, 'Api', {
    apiName: 'chat',
    connectRouteOptions: {
      integration: new WebSocketLambdaIntegration('Connect', handler),
      authorizer: new WebSocketLambdaAuthorizer('Guard', handler, { identitySource: ['route.request.querystring.token'] }),
    },
    defaultRouteOptions: { integration: new WebSocketMockIntegration('Mock') },
  })
  api.addRoute('send', { integration: new WebSocketLambdaIntegration('Send', handler), returnResponse: true })
  const stage = new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'beta' })
  stage.grantManagementApiAccess(handler)
  const other = new Function(
    stack, 'Other',
    {
      runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 })'),
    },
  )
  api.grantManageConnections(other)
  for (const [name, value] of Object.entries({
    url: stage.url, callbackUrl: stage.callbackUrl, endpoint: api.apiEndpoint,
  })) new CfnOutput(stack, name, { value })
  return app.synth().getStackByName('Chat').template
}
