import type { CreateModelCommandInput } from '@aws-sdk/client-apigatewayv2'
import { resourceType } from '../resource-type.ts'
import { removed } from './removed.ts'

type Properties = Omit<CreateModelCommandInput, 'Schema'> & { Schema: unknown }

const DEFAULTS = { Description: '', ContentType: 'application/json' }

/** Templates write the schema as an object, the service wants its text. */
const wireOf = ({ Schema, ...properties }: Properties) => ({ ...properties, Schema: typeof Schema === 'string' ? Schema : JSON.stringify(Schema) })

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-model.html */
export const model = resourceType<Properties>({
  properties: { 'ApiId!': 'string', 'Name!': 'string', 'Schema!': 'any', ContentType: 'string', Description: 'string' },
  replacedBy: ['ApiId'],
  attributes: ['ModelId'],

  async create(properties, { aws }) {
    const { ModelId } = await aws.call('apigatewayv2', 'CreateModel', wireOf(properties))
    return { id: ModelId, attributes: { ModelId } }
  },
  async update(properties, { aws, id: ModelId }, previous) {
    await aws.call('apigatewayv2', 'UpdateModel', { ...removed(properties, previous, DEFAULTS), ...wireOf(properties), ModelId })
  },
  async delete({ ApiId }, { aws, id: ModelId }) {
    await aws.call('apigatewayv2', 'DeleteModel', { ApiId, ModelId })
  },
})
