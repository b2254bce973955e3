import type { Cloud } from '../cloud.ts'
import { defineService, type Context, type Operations } from '../service.ts'
import type { Place } from '../store.ts'
import { grantOperations } from './grants.ts'
import { movingOperations } from './moving.ts'
import { permissions } from './permissions.ts'
import { queueOperations } from './queues.ts'
import { receivingOperations } from './receiving.ts'
import { sendingOperations } from './sending.ts'
import { settlingOperations } from './settling.ts'
import { openSqs } from './sqs.ts'
import { readUrl } from './state.ts'

/** SQS: standard and FIFO queues, long polling, dead letters. */
export const sqsService = defineService({
  name: 'sqs',
  signingName: 'sqs',
  query: { namespace: 'http://queue.amazonaws.com/doc/2012-11-05/', pathMember: 'QueueUrl' },
  load: () => import('@aws-sdk/client-sqs'),
  open(cloud, place) {
    const sqs = openSqs(cloud, place)
    return forOwner(cloud, place, {
      ...queueOperations(sqs), ...sendingOperations(sqs), ...receivingOperations(sqs), ...settlingOperations(sqs), ...grantOperations(sqs),
      ...movingOperations(sqs),
    })
  },
  permissions,
})

type AnyInput = { QueueUrl?: string, QueueOwnerAWSAccountId?: string }
type AnyOperation = (input: AnyInput, context: Context) => unknown

/** Queues of other accounts are asked where they are; IAM has allowed it by then. */
function forOwner(cloud: Cloud, place: Place, operations: Operations<'sqs'>): Operations<'sqs'> {
  const ownerIn = ({ QueueUrl, QueueOwnerAWSAccountId = place.account }: AnyInput) =>
    QueueUrl === undefined ? QueueOwnerAWSAccountId : readUrl(QueueUrl).account
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, (input: AnyInput, context: Context) => {
    const account = ownerIn(input)
    if (account === place.account) return (operation as AnyOperation)(input, context)
    return cloud.call('sqs', name as 'SendMessage', input as never, context.caller, { account, region: place.region })
  }]))
}
