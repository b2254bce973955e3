import { defineService, type Operations } from '../service.ts'
import { apisOperations } from './apis.ts'
import { authorizers } from './authorizers.ts'
import { deployments } from './deployments.ts'
import { integrationResponses } from './integration-responses.ts'
import { integrations } from './integrations.ts'
import { models } from './models.ts'
import { permissions } from './permissions.ts'
import { apisOf } from './place.ts'
import { routeResponses } from './route-responses.ts'
import { routes } from './routes.ts'
import { stages } from './stages.ts'
import { tags } from './tags.ts'

/** The control plane of API Gateway WebSocket APIs; the data plane is `gateway.ts`. */
export const apiGatewayService = defineService({
  name: 'apigatewayv2',
  signingName: 'apigateway',
  statuses: { UpdateRoute: 201 }, // C2: whenever it was recorded
  load: () => import('@aws-sdk/client-apigatewayv2'),
  open(cloud, place): Operations<'apigatewayv2'> {
    const apis = apisOf(cloud, place)
    return {
      ...apisOperations(apis), ...routes(apis), ...routeResponses(apis), ...integrations(apis), ...integrationResponses(apis),
      ...stages(apis), ...deployments(apis), ...authorizers(apis), ...models(apis), ...tags(apis),
    }
  },
  permissions,
})
