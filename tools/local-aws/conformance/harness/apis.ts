import type {
  CreateApiCommandInput, CreateIntegrationCommandInput, CreateRouteCommandInput, CreateStageCommandInput,
} from '@aws-sdk/client-apigatewayv2'
import { makeFunction, steeredFunction } from './functions.ts'
import { connect, knock, type Client } from './socket.ts'
import type { World } from './world.ts'

export type RouteWish = {
  /** the function's ARN; a mock where there is none */
  function?: string
  twoWay?: boolean
  /** JSON of the request template of a mock, such as `{ statusCode: 200 }` */
  mock?: object
  integration?: Partial<CreateIntegrationCommandInput>
  route?: Partial<CreateRouteCommandInput>
}
export type Api = { apiId: string, stage: string, url: string, routes: Record<string, string>, integrations: Record<string, string> }

/** C3.8 */
export const uriOf = ({ cloud }: World, functionArn: string) => `arn:aws:apigateway:${cloud.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`

/** Makes an API with these routes and a stage that serves them; a first stage serves at once (A14.1). */
export async function makeApi(
  world: World, what: string, routes: Record<string, RouteWish>,
  { stage = 'beta', api = {}, stageSettings = {}, models = {} }: {
    stage?: string, api?: Partial<CreateApiCommandInput>, stageSettings?: Partial<CreateStageCommandInput>,
    /** JSON schemas by name, for routes to name */
    models?: Record<string, object>,
  } = {},
): Promise<Api> {
  const { aws, cloud } = world
  const apiId = await emptyApi(world, what, api)
  const made: Api = { apiId, stage, url: cloud.webSocketUrl(apiId, stage), routes: {}, integrations: {} }
  for (const [Name, schema] of Object.entries(models))
    await aws.apigatewayv2.createModel({ ApiId: apiId, Name, ContentType: 'application/json', Schema: JSON.stringify(schema) })
  for (const [key, wish] of Object.entries(routes)) await addRoute(world, made, key, wish)
  const { DeploymentId } = await aws.apigatewayv2.createDeployment({ ApiId: apiId })
  await aws.apigatewayv2.createStage({ ApiId: apiId, StageName: stage, DeploymentId, ...stageSettings })
  return made
}

/** An API with nothing in it. */
export async function emptyApi({ aws, name, removeLater }: World, what: string, api: Partial<CreateApiCommandInput> = {}): Promise<string> {
  const { ApiId } = await aws.apigatewayv2.createApi({
    Name: name(what), ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', ...api
  })
  removeLater(`API ${ApiId}`, () => aws.apigatewayv2.deleteApi({ ApiId }))
  return ApiId!
}

export async function addRoute(
  world: World, api: Pick<Api, 'apiId' | 'routes' | 'integrations'>, RouteKey: string,
  { function: functionArn, twoWay, mock, integration, route }: RouteWish,
) {
  const { apigatewayv2 } = world.aws
  const ApiId = api.apiId
  const { IntegrationId } = await apigatewayv2.createIntegration({
    ApiId, ...functionArn
      ? { IntegrationType: 'AWS_PROXY', IntegrationMethod: 'POST', IntegrationUri: uriOf(world, functionArn) }
      : {
        IntegrationType: 'MOCK',
        ...mock && { RequestTemplates: { $default: JSON.stringify(mock) }, TemplateSelectionExpression: '\\$default' },
      },
    ...integration,
  } as CreateIntegrationCommandInput)
  const { RouteId } = await apigatewayv2.createRoute({
    ApiId, RouteKey, Target: `integrations/${IntegrationId}`, ...twoWay && { RouteResponseSelectionExpression: '$default' }, ...route
  })
  if (twoWay) await apigatewayv2.createRouteResponse({ ApiId, RouteId, RouteResponseKey: '$default' })
  api.routes[RouteKey] = RouteId!
  api.integrations[RouteKey] = IntegrationId!
}

/** Lets API Gateway invoke a function for any route of this API. */
export async function letInvoke({ aws, cloud }: World, FunctionName: string, apiId: string) {
  await aws.lambda.addPermission({
    FunctionName, StatementId: `api-${apiId}`, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com',
    SourceArn: `arn:aws:execute-api:${cloud.region}:${cloud.account}:${apiId}/*`,
  })
}

/** The API of most proofs: every kind of route, and functions that do what the client asks for. */
export const chat = (world: World) => world.once('api chat', async () => {
  const { FunctionArn, FunctionName } = await steeredFunction(world)
  const barred = await barredFunction(world)
  const api = await makeApi(world, 'chat', {
    '$connect': { function: FunctionArn },
    '$disconnect': { function: FunctionArn },
    '$default': { function: FunctionArn, twoWay: true },
    'oneWay': { function: FunctionArn },
    'twoWay': { function: FunctionArn, twoWay: true },
    'slowOneWay': { function: FunctionArn, integration: { TimeoutInMillis: 500 } },
    'slowTwoWay': { function: FunctionArn, twoWay: true, integration: { TimeoutInMillis: 500 } },
    'barredOneWay': { function: barred.FunctionArn },
    'barredTwoWay': { function: barred.FunctionArn, twoWay: true },
    'mock': { mock: { statusCode: 200 } },
    'bareMock': {},
  })
  await letInvoke(world, FunctionName, api.apiId)
  return api
})

/** An API whose routes are mocks: no `$connect`, no `$default`, nothing is ever invoked. */
export const quiet = (world: World) => world.once('api quiet', () => makeApi(world, 'quiet', { quiet: { mock: { statusCode: 200 } } }))

/** A function that nothing may invoke: it has no resource policy. */
export const barredFunction = (world: World) => world.once(
  'function barred', () => makeFunction(world, 'barred', 'exports.handler = async () => ({ statusCode: 200, body: "let in" })'),
)

/** The query string by which a handshake asks the steered function for something. */
export const asking = (wish: object) => `?do=${encodeURIComponent(JSON.stringify(wish))}`

/** A client of the chat that knows its connection id. */
export async function member(
  world: World, { headers, query = '' }: { headers?: Record<string, string>, query?: string } = {},
): Promise<Client & { id: string, event: any }> {
  const { url } = await chat(world)
  const client = await connect(url + query, { headers })
  client.send({ action: 'twoWay', do: 'event' })
  const event = JSON.parse(await client.next())
  return { ...client, id: event.requestContext.connectionId, event }
}

/** An API whose routes answer with their key, so that a client sees which one was selected. @returns a client on it */
export async function routeTeller(world: World, what: string, expression: string, keys: string[]): Promise<Client> {
  const { FunctionName, FunctionArn } = await world.once(
    'function route',
    () => makeFunction(
      world, 'route', 'exports.handler = async ({ requestContext }) => ({ statusCode: 200, body: requestContext.routeKey })',
    ),
  )
  const { url } = await world.once(`api ${what}`, async () => {
    const api = await makeApi(
      world, what, Object.fromEntries(keys.map((key) => [key, { function: FunctionArn, twoWay: true }])),
      { api: { RouteSelectionExpression: expression } },
    )
    await letInvoke(world, FunctionName, api.apiId)
    return api
  })
  return connect(url)
}

/** What the function of $connect heard when it posted to the connection that it was deciding about. */
export async function connectHandlerPosts(world: World): Promise<string> {
  const { url } = await chat(world)
  const { body } = await knock(url + asking({ do: 'post', statusCode: 403 }))
  return body
}
