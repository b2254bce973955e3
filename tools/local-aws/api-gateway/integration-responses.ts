import type { Operations } from '../service.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { newId } from './ids.ts'
import { integrationOf } from './integrations.ts'
import { page } from './paging.ts'
import type { Apis } from './place.ts'
import { mustFit } from './quotas.ts'
import { given, merge, own, type IntegrationRecord } from './records.ts'

/** What a two-way MOCK answers: its templates, by status (A9.3, A9.12). */
export function integrationResponses(apis: Apis): Operations<'apigatewayv2'> {
  return {
    CreateIntegrationResponse({ ApiId, IntegrationId, ...wish }) {
      const record = apis.get(ApiId)
      const integration = integrationOf(record, IntegrationId)
      mustFit(wish.ResponseTemplates)
      if (!wish.IntegrationResponseKey) throw badRequest('IntegrationResponseKey is required')
      if (Object.values(integration.responses).some(({ IntegrationResponseKey }) => IntegrationResponseKey === wish.IntegrationResponseKey))
        throw conflict(`Integration response with key ${wish.IntegrationResponseKey} already exists for this integration`)

      const IntegrationResponseId = newId(6, integration.responses)
      integration.responses[IntegrationResponseId] = { IntegrationResponseId, ...given(wish) }
      apis.reconfigured(record)
      return { ...integration.responses[IntegrationResponseId] }
    },
    GetIntegrationResponse: ({ ApiId, IntegrationId, IntegrationResponseId }) =>
      ({ ...responseOf(integrationOf(apis.get(ApiId), IntegrationId), IntegrationResponseId) }),
    GetIntegrationResponses: ({ ApiId, IntegrationId, ...paging }) =>
      page(Object.values(integrationOf(apis.get(ApiId), IntegrationId).responses).map((response) => ({ ...response })), paging),
    UpdateIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseId, ...changes }) {
      const record = apis.get(ApiId)
      const response = responseOf(integrationOf(record, IntegrationId), IntegrationResponseId)
      mustFit(changes.ResponseTemplates)
      merge(response, changes, ['ContentHandlingStrategy', 'TemplateSelectionExpression'])
      apis.reconfigured(record)
      return { ...response }
    },
    DeleteIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseId }) {
      const record = apis.get(ApiId)
      const integration = integrationOf(record, IntegrationId)
      responseOf(integration, IntegrationResponseId)
      delete integration.responses[IntegrationResponseId!]
      apis.reconfigured(record)
      return {}
    },
  }
}

function responseOf({ responses }: IntegrationRecord, integrationResponseId: string | undefined) {
  const found = own(responses, integrationResponseId)
  if (!found) throw notFound('Invalid Integration response identifier specified')
  return found
}
