import type { CreateAuthorizerCommandInput } from '@aws-sdk/client-apigatewayv2'
import { resourceType } from '../resource-type.ts'
import { removed } from './removed.ts'

/** @see C7.8 */
export const authorizer = resourceType<CreateAuthorizerCommandInput>({
  properties: {
    'ApiId!': 'string', 'AuthorizerType!': 'string', 'Name!': 'string', AuthorizerUri: 'string', AuthorizerCredentialsArn: 'string',
    AuthorizerPayloadFormatVersion: 'string',
    AuthorizerResultTtlInSeconds: 'number', EnableSimpleResponses: 'boolean', IdentitySource: ['string'],
    IdentityValidationExpression: 'string',
    JwtConfiguration: { Audience: ['string'], Issuer: 'string' },
  },
  replacedBy: ['ApiId'],
  attributes: ['AuthorizerId'],

  async create(properties, { aws }) {
    const { AuthorizerId } = await aws.call('apigatewayv2', 'CreateAuthorizer', properties)
    return { id: AuthorizerId, attributes: { AuthorizerId } }
  },
  async update(properties, { aws, id: AuthorizerId }, previous) {
    const defaults = { AuthorizerCredentialsArn: '', IdentitySource: [], IdentityValidationExpression: '' }
    await aws.call('apigatewayv2', 'UpdateAuthorizer', { ...properties, ...removed(properties, previous, defaults), AuthorizerId })
  },
  async delete({ ApiId }, { aws, id: AuthorizerId }) {
    await aws.call('apigatewayv2', 'DeleteAuthorizer', { ApiId, AuthorizerId })
  },
})
