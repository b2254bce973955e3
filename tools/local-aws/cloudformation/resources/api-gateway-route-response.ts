import type { CreateRouteResponseCommandInput } from '@aws-sdk/client-apigatewayv2'
import { resourceType } from '../resource-type.ts'
import { removed } from './removed.ts'

/** @see C7.6 */
export const routeResponse = resourceType<CreateRouteResponseCommandInput>({
  properties: {
    'ApiId!': 'string', 'RouteId!': 'string', 'RouteResponseKey!': 'string', ModelSelectionExpression: 'string', ResponseModels: 'any',
    ResponseParameters: 'any',
  },
  replacedBy: ['ApiId', 'RouteId'],
  attributes: ['RouteResponseId'],

  async create(properties, { aws }) {
    const { RouteResponseId } = await aws.call('apigatewayv2', 'CreateRouteResponse', properties)
    return { id: RouteResponseId, attributes: { RouteResponseId } }
  },
  async update(properties, { aws, id: RouteResponseId }, previous) {
    await aws.call('apigatewayv2', 'UpdateRouteResponse', { ...properties, ...removed(properties, previous, { ModelSelectionExpression: '' }), RouteResponseId })
  },
  async delete({ ApiId, RouteId }, { aws, id: RouteResponseId }) {
    await aws.call('apigatewayv2', 'DeleteRouteResponse', { ApiId, RouteId, RouteResponseId })
  },
})
