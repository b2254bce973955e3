import type { Operations } from '../service.ts'
import { invalidValue } from './errors.ts'
import type { Sqs } from './sqs.ts'
import { queueArn, type Queue } from './state.ts'

type Statement = { Sid?: string }
type Policy = { Version: string, Id?: string, Statement: Statement[] }

/** Statements of a queue's policy, made of account ids and actions. */
export function grantOperations(sqs: Sqs) {
  const arnOf = ({ name }: Queue) => queueArn(sqs.place, name)
  const policyOf = (queue: Queue): Policy => queue.attributes.Policy === undefined
    ? { Version: '2008-10-17', Id: `${arnOf(queue)}/SQSDefaultPolicy`, Statement: [] }
    : readPolicy(queue.attributes.Policy)

  function keep(queue: Queue, policy: Policy) {
    const { Policy: _, ...others } = queue.attributes
    queue.attributes = policy.Statement.length > 0 ? { ...others, Policy: JSON.stringify(policy) } : others
    queue.modifiedAt = sqs.cloud.clock.now()
    sqs.changed(queue)
    return {}
  }

  return {
    AddPermission({ QueueUrl, Label = '', AWSAccountIds = [], Actions = [] }, context) {
      const queue = sqs.find(QueueUrl, context)
      const policy = policyOf(queue)
      if (!/^[\w-]{1,80}$/.test(Label))
        throw invalidValue(Label, 'Label', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.')
      if (policy.Statement.some(({ Sid }) => Sid === Label)) throw invalidValue(Label, 'Label', 'Already exists.')
      const statement = {
        Sid: Label, Effect: 'Allow', Principal: { AWS: oneOrMore(AWSAccountIds.map((id) => `arn:aws:iam::${id}:root`)) },
        Action: oneOrMore(Actions.map((action) => `SQS:${action}`)), Resource: arnOf(queue),
      }
      return keep(queue, { ...policy, Statement: [...policy.Statement, statement] })
    },

    RemovePermission({ QueueUrl, Label = '' }, context) {
      const queue = sqs.find(QueueUrl, context)
      const policy = policyOf(queue)
      const left = policy.Statement.filter(({ Sid }) => Sid !== Label)
      if (left.length === policy.Statement.length) throw invalidValue(Label, 'Label', "can't find label.")
      return keep(queue, { ...policy, Statement: left })
    },
  } satisfies Operations<'sqs'>
}

/** A single statement may stand without a list. */
function readPolicy(json: string): Policy {
  const policy = JSON.parse(json)
  return { ...policy, Statement: [policy.Statement].flat() }
}

const oneOrMore = (list: string[]) => list.length === 1 ? list[0] : list
