import type { CreateIntegrationRequest, Integration } from '@aws-sdk/client-apigatewayv2'
import { notBuilt } from '../aws-error.ts'
import type { Operations } from '../service.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { newId } from './ids.ts'
import { page } from './paging.ts'
import type { Apis } from './place.ts'
import { mustFit, mustHaveRoom } from './quotas.ts'
import { given, merge, own, type ApiRecord } from './records.ts'

type Wish = Pick<CreateIntegrationRequest, 'IntegrationType' | 'IntegrationUri' | 'TimeoutInMillis' | 'ConnectionType' | 'RequestParameters' | 'RequestTemplates'>

/** Integrations of types AWS_PROXY (Lambda) and MOCK; the others are not built. @see C4.2, C4.3, A9.6 (facts) */
export function integrations(apis: Apis): Operations<'apigatewayv2'> {
  return {
    CreateIntegration({ ApiId, ...wish }) {
      const record = apis.get(ApiId)
      check(wish)
      mustHaveRoom('Integrations', record.integrations)

      const IntegrationId = newId(7, record.integrations)
      const integration: Integration = { ...defaultsOf(wish.IntegrationType!), IntegrationId, ...given(wish) }
      record.integrations[IntegrationId] = { integration, responses: {} }
      apis.reconfigured(record)
      return { ...integration }
    },
    GetIntegration: ({ ApiId, IntegrationId }) => ({ ...integrationOf(apis.get(ApiId), IntegrationId).integration }),
    GetIntegrations: ({ ApiId, ...paging }) =>
      page(Object.values(apis.get(ApiId).integrations).map(({ integration }) => ({ ...integration })), paging),
    UpdateIntegration({ ApiId, IntegrationId, ...changes }) {
      const record = apis.get(ApiId)
      const { integration } = integrationOf(record, IntegrationId)
      check({ ...integration, ...given(changes), IntegrationType: changes.IntegrationType ?? integration.IntegrationType })

      merge(integration, changes, ['ContentHandlingStrategy', 'CredentialsArn', 'Description', 'IntegrationUri', 'TemplateSelectionExpression'])
      apis.reconfigured(record)
      return { ...integration }
    },
    DeleteIntegration({ ApiId, IntegrationId }) {
      const record = apis.get(ApiId)
      integrationOf(record, IntegrationId)
      const users = Object.values(record.routes).filter(({ route }) => route.Target === `integrations/${IntegrationId}`)
      const ids = users.map(({ route }) => route.RouteId).join(', ')
      if (ids) throw conflict(`Cannot delete Integration because it is referenced by the following Routes with Ids: [${ids}]`)

      delete record.integrations[IntegrationId!]
      apis.reconfigured(record)
      return {}
    },
  }
}

export function integrationOf(record: ApiRecord, integrationId: string | undefined) {
  const found = own(record.integrations, integrationId)
  if (!found) throw notFound('Invalid Integration identifier specified')
  return found
}

const defaultsOf = (type: NonNullable<Wish['IntegrationType']>) => ({
  ConnectionType: 'INTERNET' as const,
  PassthroughBehavior: 'WHEN_NO_MATCH' as const,
  PayloadFormatVersion: '1.0',
  TimeoutInMillis: 29_000,
  ...(type === 'MOCK' ? { IntegrationResponseSelectionExpression: '${integration.response.statuscode}' } : { IntegrationMethod: 'POST' }),
})

/** The texts of these refusals are not recorded for AWS, except "not built", which is ours. */
function check({ IntegrationType, IntegrationUri, TimeoutInMillis = 29_000, ConnectionType, RequestParameters, RequestTemplates }: Wish) {
  if (!IntegrationType) throw badRequest('IntegrationType is required')
  if (IntegrationType !== 'AWS_PROXY' && IntegrationType !== 'MOCK') throw notBuilt(`apigatewayv2 CreateIntegration with IntegrationType ${IntegrationType}`)
  if (IntegrationType === 'AWS_PROXY' && !IntegrationUri) throw badRequest('IntegrationUri is required for integration type AWS_PROXY')
  if (ConnectionType === 'VPC_LINK') throw notBuilt('apigatewayv2 CreateIntegration with ConnectionType VPC_LINK')
  if (RequestParameters && Object.keys(RequestParameters).length > 0) throw notBuilt('apigatewayv2 RequestParameters of an integration')
  if (TimeoutInMillis < 50 || TimeoutInMillis > 29_000) throw badRequest('Timeout should be between 50 ms and 29000 ms')
  mustFit(RequestTemplates)
}
