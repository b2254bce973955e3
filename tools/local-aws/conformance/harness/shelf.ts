import { makeApi, uriOf, type Api } from './apis.ts'
import type { World } from './world.ts'

/** An API with a route, an integration, an authorizer and a stage, to look at and to stumble over. */
export const shelf = (world: World): Promise<Api & { authorizerId: string }> => world.once('api shelf', async () => {
  const api = await makeApi(world, 'shelf', { $connect: {}, send: {} })
  const { AuthorizerId } = await world.aws.apigatewayv2.createAuthorizer({
    ApiId: api.apiId, Name: 'guard', AuthorizerType: 'REQUEST',
    AuthorizerUri: uriOf(world, `arn:aws:lambda:${world.cloud.region}:${world.cloud.account}:function:x`), IdentitySource: ['route.request.header.X'],
  })
  return { ...api, authorizerId: AuthorizerId! }
})
