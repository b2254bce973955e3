import type { PutParameterCommandInput } from '@aws-sdk/client-ssm'
import { randomAlphanumeric } from '../../ids.ts'
import { found } from '../handler-failure.ts'
import { resourceType, type Request } from '../resource-type.ts'

type Properties = Omit<PutParameterCommandInput, 'Name' | 'Tags' | 'Overwrite' | 'KeyId'> & { Name?: string, Tags?: Record<string, string> }

/**
 * Differs from AWS: tags of the stack are not put on parameters.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
 */
export const parameter = resourceType<Properties>({
  properties: {
    Name: 'string', 'Type!': 'string', 'Value!': 'string', Description: 'string', AllowedPattern: 'string', DataType: 'string',
    Tier: 'string', Policies: 'string',
    Tags: { '*': 'string' },
  },
  replacedBy: ['Name', 'DataType'],
  attributes: ['Type', 'Value'],
  nameProperty: 'Name',
  plan: ({ Name }, { logicalId }) => Name ?? `CFN-${logicalId}-${randomAlphanumeric(12)}`,
  exists: async ({ Name }, { aws }) => Name !== undefined && found(aws.call('ssm', 'GetParameter', { Name })),

  create: (properties, request) => put(properties, request, {}),
  update: (properties, request) => put(properties, request, { Overwrite: true }),
  async delete(_properties, { aws, id: Name }) {
    await aws.call('ssm', 'DeleteParameter', { Name })
  },
})

async function put({ Tags = {}, ...properties }: Properties, { aws, id: Name }: Request, options: { Overwrite?: boolean }) {
  const tags = Object.entries(Tags).map(([Key, Value]) => ({ Key, Value }))
  await aws.call('ssm', 'PutParameter', { ...properties, ...options, Name, Tags: tags.length > 0 ? tags : undefined })
  return { attributes: { Type: properties.Type, Value: properties.Value } }
}
