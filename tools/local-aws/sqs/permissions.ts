import type { Cloud } from '../cloud.ts'
import type { Context, OperationName, Permission } from '../service.ts'
import { invalidValue } from './errors.ts'
import { queueArn, readUrl, stateOf } from './state.ts'

type AnyInput = { QueueUrl?: string, QueueName?: string, QueueOwnerAWSAccountId?: string, SourceArn?: string, tags?: Record<string, string> }

/**
 * `sqs:operation` on the queue, by its own policy too. The action is printed in small letters, and batches need what their single operations
 * need: "… because no identity-based policy allows the sqs:sendmessage action" (H.15).
 */
export function permissions(operation: OperationName<'sqs'>, input: AnyInput, { account, region }: Context, cloud: Cloud): Permission[] {
  const action = `sqs:${operation.replace(/Batch$/, '').toLowerCase()}`
  if (input.SourceArn !== undefined) return [{ action, resource: input.SourceArn }]
  if (input.QueueUrl === undefined) {
    const owner = input.QueueOwnerAWSAccountId ?? account
    if (!/^\d{12}$/.test(owner)) throw invalidValue(owner, 'QueueOwnerAWSAccountId', 'It must be the twelve digits of an account.')
    const place = { account: owner, region }
    const resource = queueArn(place, input.QueueName ?? '')
    const isTagged = Object.keys(input.tags ?? {}).length > 0
    return [{ action, resource }, ...isTagged ? [{ action: 'sqs:tagqueue', resource }] : []]
  }
  const owner = readUrl(input.QueueUrl)
  const place = { account: owner.account, region }
  return [{ action, resource: queueArn(place, owner.name), resourcePolicy: stateOf(cloud, place).data.queues[owner.name]?.attributes.Policy }]
}
