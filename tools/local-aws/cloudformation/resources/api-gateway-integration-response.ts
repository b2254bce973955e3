import type { CreateIntegrationResponseCommandInput } from '@aws-sdk/client-apigatewayv2'
import { resourceType } from '../resource-type.ts'
import { removed } from './removed.ts'

/** @see C7.7 */
export const integrationResponse = resourceType<CreateIntegrationResponseCommandInput>({
  properties: {
    'ApiId!': 'string', 'IntegrationId!': 'string', 'IntegrationResponseKey!': 'string', ContentHandlingStrategy: 'string',
    ResponseParameters: 'any', ResponseTemplates: { '*': 'string' }, TemplateSelectionExpression: 'string',
  },
  replacedBy: ['ApiId', 'IntegrationId'],
  attributes: ['IntegrationResponseId'],

  async create(properties, { aws }) {
    const { IntegrationResponseId } = await aws.call('apigatewayv2', 'CreateIntegrationResponse', properties)
    return { id: IntegrationResponseId, attributes: { IntegrationResponseId } }
  },
  async update(properties, { aws, id: IntegrationResponseId }, previous) {
    const defaults = { ContentHandlingStrategy: '', TemplateSelectionExpression: '', ResponseTemplates: {} }
    await aws.call('apigatewayv2', 'UpdateIntegrationResponse', { ...properties, ...removed(properties, previous, defaults), IntegrationResponseId })
  },
  async delete({ ApiId, IntegrationId }, { aws, id: IntegrationResponseId }) {
    await aws.call('apigatewayv2', 'DeleteIntegrationResponse', { ApiId, IntegrationId, IntegrationResponseId })
  },
})
