import { notBuilt } from '../aws-error.ts'
import type { Operations } from '../service.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { newId } from './ids.ts'
import { page } from './paging.ts'
import type { Apis } from './place.ts'
import { given, merge, own, type RouteRecord } from './records.ts'
import { routeOf } from './routes.ts'

/** A route with a response of key `$default` is two-way (A8). @see C4.5 (facts) */
export function routeResponses(apis: Apis): Operations<'apigatewayv2'> {
  return {
    CreateRouteResponse({ ApiId, RouteId, ...wish }) {
      const record = apis.get(ApiId)
      const route = routeOf(record, RouteId)
      if (!wish.RouteResponseKey) throw badRequest('RouteResponseKey is required')
      if (Object.values(route.responses).some(({ RouteResponseKey }) => RouteResponseKey === wish.RouteResponseKey))
        throw conflict(`Route response with key ${wish.RouteResponseKey} already exists for this route`)
      refuseModels(wish.ResponseModels)

      const RouteResponseId = newId(6, route.responses)
      route.responses[RouteResponseId] = { RouteResponseId, ...given(wish) }
      apis.reconfigured(record)
      return { ...route.responses[RouteResponseId] }
    },
    GetRouteResponse: ({ ApiId, RouteId, RouteResponseId }) => ({ ...responseOf(routeOf(apis.get(ApiId), RouteId), RouteResponseId) }),
    GetRouteResponses: ({ ApiId, RouteId, ...paging }) =>
      page(Object.values(routeOf(apis.get(ApiId), RouteId).responses).map((response) => ({ ...response })), paging),
    UpdateRouteResponse({ ApiId, RouteId, RouteResponseId, ...changes }) {
      const record = apis.get(ApiId)
      const response = responseOf(routeOf(record, RouteId), RouteResponseId)
      refuseModels(changes.ResponseModels)

      merge(response, changes, ['ModelSelectionExpression'])
      apis.reconfigured(record)
      return { ...response }
    },
    DeleteRouteResponse({ ApiId, RouteId, RouteResponseId }) {
      const record = apis.get(ApiId)
      const route = routeOf(record, RouteId)
      responseOf(route, RouteResponseId)
      delete route.responses[RouteResponseId!]
      apis.reconfigured(record)
      return {}
    },
  }
}

function responseOf({ responses }: RouteRecord, routeResponseId: string | undefined) {
  const found = own(responses, routeResponseId)
  if (!found) throw notFound('Invalid Route response identifier specified')
  return found
}

function refuseModels(models: object | undefined) {
  if (models && Object.keys(models).length > 0) throw notBuilt('apigatewayv2 ResponseModels')
}
