import type { AddPermissionCommandInput } from '@aws-sdk/client-lambda'
import { generatedName } from '../names.ts'
import { resourceType } from '../resource-type.ts'

/**
 * Who may invoke a function; its id is the statement's Sid (G2.12).
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
export const permission = resourceType<Omit<AddPermissionCommandInput, 'StatementId'>>({
  properties: {
    'Action!': 'string', 'FunctionName!': 'string', 'Principal!': 'string', SourceArn: 'string', SourceAccount: 'string',
    PrincipalOrgID: 'string',
    EventSourceToken: 'string', FunctionUrlAuthType: 'string', InvokedViaFunctionUrl: 'boolean',
  },
  replacedBy: 'every property',
  attributes: ['Id'],
  plan: (_properties, { stackName, logicalId }) => generatedName(stackName, logicalId, 100),

  async create(properties, { aws, id }) {
    await aws.call('lambda', 'AddPermission', { ...properties, StatementId: id })
    return { attributes: { Id: id } }
  },
  async delete({ FunctionName }, { aws, id }) {
    await aws.call('lambda', 'RemovePermission', { FunctionName, StatementId: id })
  },
})
