import { found } from '../handler-failure.ts'
import { generatedName } from '../names.ts'
import { resourceType, type Request } from '../resource-type.ts'
import { missingFrom } from './removed.ts'

type Properties = { PolicyDocument: object, Queues: string[] }

/**
 * The same policy on some queues, which are named by their addresses.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html
 */
export const queuePolicy = resourceType<Properties>({
  properties: { 'PolicyDocument!': 'any', 'Queues!': ['string'] },
  replacedBy: [],
  attributes: ['Id'],
  plan: (_properties, { stackName, logicalId }) => generatedName(stackName, logicalId, 100),

  async create(properties, request) {
    // The first queue that has it makes it real: should a second one fail, the first must be cleared.
    await request.made(request.id)
    await put(properties.Queues, properties, request)
    return { attributes: { Id: request.id } }
  },
  async update(properties, request, previous) {
    await put(properties.Queues, properties, request)
    await clear(missingFrom(properties.Queues, previous.Queues), request)
  },
  delete: ({ Queues }, request) => clear(Queues, request),
})

async function put(queues: string[], { PolicyDocument }: Properties, { aws }: Request) {
  const Policy = typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument)
  for (const QueueUrl of queues) await aws.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } })
}

async function clear(queues: string[], { aws }: Request) {
  for (const QueueUrl of queues) await found(aws.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } }))
}
