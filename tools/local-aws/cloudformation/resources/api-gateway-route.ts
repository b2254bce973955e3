import type { CreateRouteCommandInput } from '@aws-sdk/client-apigatewayv2'
import { resourceType } from '../resource-type.ts'
import { removed } from './removed.ts'

const DEFAULTS = {
  ApiKeyRequired: false, AuthorizationType: 'NONE', AuthorizerId: '', AuthorizationScopes: [], ModelSelectionExpression: '',
  OperationName: '', RouteResponseSelectionExpression: '', Target: '',
}

/** @see C7.2 */
export const route = resourceType<CreateRouteCommandInput>({
  properties: {
    'ApiId!': 'string', 'RouteKey!': 'string', Target: 'string', AuthorizationType: 'string', AuthorizerId: 'string',
    AuthorizationScopes: ['string'], ApiKeyRequired: 'boolean',
    ModelSelectionExpression: 'string', OperationName: 'string', RequestModels: 'any', RequestParameters: 'any',
    RouteResponseSelectionExpression: 'string',
  },
  replacedBy: ['ApiId'],
  attributes: ['RouteId'],

  async create(properties, { aws }) {
    const { RouteId } = await aws.call('apigatewayv2', 'CreateRoute', properties)
    return { id: RouteId, attributes: { RouteId } }
  },
  async update(properties, { aws, id: RouteId }, previous) {
    await aws.call('apigatewayv2', 'UpdateRoute', { ...properties, ...removed(properties, previous, DEFAULTS), RouteId })
  },
  async delete({ ApiId }, { aws, id: RouteId }) {
    await aws.call('apigatewayv2', 'DeleteRoute', { ApiId, RouteId })
  },
})
