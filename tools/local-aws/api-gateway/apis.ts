import { notBuilt } from '../aws-error.ts'
import type { Operations } from '../service.ts'
import { badRequest } from './errors.ts'
import { newId } from './ids.ts'
import { page } from './paging.ts'
import type { Apis } from './place.ts'
import { answered, given, isoSeconds, merge } from './records.ts'
import { isSelectionExpression } from './selection.ts'

/** APIs of protocol WEBSOCKET. HTTP APIs are not built. @see C4.1 (facts) */
export function apisOperations(apis: Apis): Operations<'apigatewayv2'> {
  const { cloud, place } = apis
  return {
    CreateApi({ Name, ProtocolType, RouteSelectionExpression, Description, DisableExecuteApiEndpoint = false, DisableSchemaValidation, Tags, Version, ...rest }) {
      if (ProtocolType === 'HTTP') throw notBuilt('apigatewayv2 CreateApi with ProtocolType HTTP')
      if (ProtocolType !== 'WEBSOCKET') throw badRequest('Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]')
      if (!Name) throw badRequest('Name is required')
      if (DisableExecuteApiEndpoint) throw notBuilt('apigatewayv2 DisableExecuteApiEndpoint')
      checkRouteSelection(RouteSelectionExpression)

      const ApiId = newId(10, Object.fromEntries(apis.all().map(({ api }) => [api.ApiId, api])))
      const api = given({
        ApiEndpoint: `wss://${ApiId}.execute-api.${place.region}.amazonaws.com`,
        ApiId,
        ApiKeySelectionExpression: rest.ApiKeySelectionExpression || '$request.header.x-api-key',
        CreatedDate: isoSeconds(cloud.clock.now()),
        Description, DisableExecuteApiEndpoint, DisableSchemaValidation,
        IpAddressType: rest.IpAddressType ?? 'ipv4',
        Name, ProtocolType, RouteSelectionExpression, Version,
        Tags: Tags && Object.keys(Tags).length > 0 ? Tags : undefined,
      })
      apis.add({ api, routes: {}, integrations: {}, authorizers: {}, stages: {}, deployments: {} })
      return answered(api)
    },
    GetApi: ({ ApiId }) => answered(apis.get(ApiId).api),
    GetApis: (paging) => page(apis.all().map(({ api }) => answered(api)), paging),
    UpdateApi({ ApiId, ...input }) {
      const record = apis.get(ApiId)
      const { Name, Description, Version, RouteSelectionExpression, ApiKeySelectionExpression, DisableSchemaValidation, IpAddressType } = input
      if (input.DisableExecuteApiEndpoint) throw notBuilt('apigatewayv2 DisableExecuteApiEndpoint')
      if (RouteSelectionExpression !== undefined) checkRouteSelection(RouteSelectionExpression)

      const changes = { Name, Description, Version, RouteSelectionExpression, ApiKeySelectionExpression, DisableSchemaValidation, IpAddressType }
      merge(record.api, changes, ['Description', 'Version'])
      apis.reconfigured(record)
      return answered(record.api)
    },
    /** Takes everything below it along (C6.9). */
    DeleteApi({ ApiId }) {
      apis.remove(apis.get(ApiId).api.ApiId)
      return {}
    },
  }
}

/** C5.17: AWS's texts are not recorded. */
function checkRouteSelection(expression: string | undefined) {
  if (!expression) throw badRequest('RouteSelectionExpression is required for WEBSOCKET protocol')
  if (!isSelectionExpression(expression)) throw badRequest('Invalid selection expression specified')
}
