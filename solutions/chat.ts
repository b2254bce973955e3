import { Stack, type Environment } from 'aws-cdk-lib'
import { WebSocketApi, type WebSocketRouteIntegration, type WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'

export type ChatProps = { code: CodeSource, suffix?: string, env?: Environment }

/** Where the functions' code comes from; `lambda.ts` says what each is for. */
export type CodeSource = { root: string, nodePaths: string[], bundles: Map<string, Uint8Array> }

/** The chat as a CloudFormation stack, and what the steps hand to each other. A member is undefined until its step is done. */
export class ChatStack extends Stack {
  readonly code: CodeSource
  /** given: a WebSocket API without routes */
  readonly api: WebSocketApi
  /** step 1: who is connected, one row per client */
  table?: ITable
  /** steps 1 and 2 */
  readonly functions: { putConnectedClientToDDB?: LambdaFunction, sendMessageToConnectedClient?: LambdaFunction } = {}
  /** step 4 */
  stage?: WebSocketStage

  private readonly suffix?: string

  constructor(scope: Construct, { code, suffix, env }: ChatProps) {
    super(scope, withSuffix('ChatStack', suffix), { env })
    this.code = code
    this.suffix = suffix
    this.api = new WebSocketApi(this, 'Api', {
      apiName: this.named('My Chat API'),
      routeSelectionExpression: '$request.body.action', // the member `action` of a message names its route
    })
  }

  /** A name as it is in this account: with the participant's suffix, where there is one. */
  named(name: string) {
    return withSuffix(name, this.suffix)
  }

  /** Sends messages with this route key to `integration`. A later step may replace what an earlier one chose. */
  route(key: string, integration: WebSocketRouteIntegration) {
    this.api.node.tryRemoveChild(`${key}-Route`) // the id that addRoute gives to the route, which holds its integration and permission
    this.api.addRoute(key, { integration })
  }
}

function withSuffix(name: string, suffix?: string) {
  if (suffix === undefined) return name
  if (!/^[a-z0-9]{1,12}$/.test(suffix)) throw new Error(`The suffix must be 1 to 12 characters of a-z and 0-9, got "${suffix}".`)
  return `${name}-${suffix}`
}
