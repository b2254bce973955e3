import type { CreateIntegrationCommandInput } from '@aws-sdk/client-apigatewayv2'
import { resourceType } from '../resource-type.ts'
import { removed } from './removed.ts'

const DEFAULTS = {
  ConnectionType: 'INTERNET', ContentHandlingStrategy: '', CredentialsArn: '', Description: '', PassthroughBehavior: 'WHEN_NO_MATCH',
  RequestTemplates: {},
  TemplateSelectionExpression: '', TimeoutInMillis: 29_000,
}

/** @see C7.3 */
export const integration = resourceType<CreateIntegrationCommandInput>({
  properties: {
    'ApiId!': 'string', 'IntegrationType!': 'string', IntegrationUri: 'string', IntegrationMethod: 'string', IntegrationSubtype: 'string',
    ConnectionId: 'string', ConnectionType: 'string',
    ContentHandlingStrategy: 'string', CredentialsArn: 'string', Description: 'string', PassthroughBehavior: 'string',
    PayloadFormatVersion: 'string',
    RequestParameters: 'any', RequestTemplates: { '*': 'string' }, ResponseParameters: 'any', TemplateSelectionExpression: 'string',
    TimeoutInMillis: 'number',
    TlsConfig: { ServerNameToVerify: 'string' },
  },
  replacedBy: ['ApiId'],
  attributes: ['IntegrationId'],

  async create(properties, { aws }) {
    const { IntegrationId } = await aws.call('apigatewayv2', 'CreateIntegration', properties)
    return { id: IntegrationId, attributes: { IntegrationId } }
  },
  async update(properties, { aws, id: IntegrationId }, previous) {
    await aws.call('apigatewayv2', 'UpdateIntegration', { ...properties, ...removed(properties, previous, DEFAULTS), IntegrationId })
  },
  async delete({ ApiId }, { aws, id: IntegrationId }) {
    await aws.call('apigatewayv2', 'DeleteIntegration', { ApiId, IntegrationId })
  },
})
