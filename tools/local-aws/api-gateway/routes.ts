import { notBuilt } from '../aws-error.ts'
import type { Operations } from '../service.ts'
import { authorizerOf } from './authorizers.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { newId } from './ids.ts'
import { integrationOf } from './integrations.ts'
import { mustKnow } from './models.ts'
import { page } from './paging.ts'
import type { Apis } from './place.ts'
import { mustHaveRoom } from './quotas.ts'
import { given, merge, type ApiRecord } from './records.ts'

type Wish = {
  RouteKey?: string, Target?: string, AuthorizationType?: string, AuthorizerId?: string
  ApiKeyRequired?: boolean, RequestModels?: Record<string, string>, RequestParameters?: object
}

/** @see C4.4, C5 (facts) */
export function routes(apis: Apis): Operations<'apigatewayv2'> {
  return {
    CreateRoute({ ApiId, ...wish }) {
      const record = apis.get(ApiId)
      if (!wish.RouteKey) throw badRequest('RouteKey is required')
      check(record, wish)
      mustHaveRoom('Routes', record.routes)

      const RouteId = newId(7, record.routes)
      const route = { ApiKeyRequired: false, AuthorizationType: 'NONE' as const, RouteId, ...given(wish) }
      record.routes[RouteId] = { route, responses: {} }
      apis.reconfigured(record)
      return { ...route }
    },
    GetRoute: ({ ApiId, RouteId }) => ({ ...routeOf(apis.get(ApiId), RouteId).route }),
    GetRoutes: ({ ApiId, ...paging }) => page(sortedRoutes(apis.get(ApiId)), paging),
    UpdateRoute({ ApiId, RouteId, ...changes }) {
      const record = apis.get(ApiId)
      const { route } = routeOf(record, RouteId)
      check(record, { ...route, ...given(changes) }, RouteId)

      merge(route, changes, ['AuthorizerId', 'ModelSelectionExpression', 'OperationName', 'RouteResponseSelectionExpression', 'Target'])
      apis.reconfigured(record)
      return { ...route }
    },
    DeleteRoute({ ApiId, RouteId }) {
      const record = apis.get(ApiId)
      routeOf(record, RouteId)
      delete record.routes[RouteId!]
      apis.reconfigured(record)
      return {}
    },
  }
}

export function routeOf(record: ApiRecord, routeId: string | undefined) {
  const found = routeId !== undefined && Object.hasOwn(record.routes, routeId) && record.routes[routeId]
  if (!found) throw notFound('Invalid route identifier specified')
  return found
}

/** By id, as AWS lists them (C4.9). */
const sortedRoutes = (record: ApiRecord) =>
  Object.values(record.routes).map(({ route }) => ({ ...route })).toSorted((a, b) => a.RouteId! < b.RouteId! ? -1 : 1)

function check(record: ApiRecord, { RouteKey, Target, AuthorizationType = 'NONE', AuthorizerId, ...wish }: Wish, routeId?: string) {
  const namesake = Object.values(record.routes).find(({ route }) => route.RouteKey === RouteKey && route.RouteId !== routeId)
  if (namesake) throw conflict(`Route with key ${RouteKey} already exists for this API`)
  if (AuthorizationType !== 'NONE' && RouteKey !== '$connect') throw badRequest('Currently, authorization is restricted to the $connect route only')
  if (AuthorizationType === 'JWT') throw badRequest('Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.')
  if (AuthorizationType === 'CUSTOM') authorizerOf(record, AuthorizerId)
  if (wish.ApiKeyRequired) throw notBuilt('apigatewayv2 ApiKeyRequired')
  mustKnow(record, Object.values(wish.RequestModels ?? {}))
  if (wish.RequestParameters && Object.keys(wish.RequestParameters).length > 0) throw notBuilt('apigatewayv2 RequestParameters of a route')
  // C5.18: not recorded for AWS; refused here, because the route could only ever answer "Internal server error".
  if (Target) integrationOf(record, Target.replace(/^integrations\//, ''))
}
