import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Input } from '../service.ts'
import { arnOf, redrive, testQueues, type TestQueues } from './testing.ts'

const names = (urls: string[] = []) => urls.map((url) => url.split('/').at(-1))
const policy = (principal: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sqs:*', Resource: '*' }] })

/** A session of a role that may do nothing. */
async function nobody({ cloud, place }: TestQueues) {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
  const { Role } = await cloud.call('iam', 'CreateRole', { RoleName: 'nobody', AssumeRolePolicyDocument: JSON.stringify(trust) }, cloud.authority.internal(place.account), place)
  return cloud.authority.openSession(Role!.Arn!, 'me').principal
}

describe('queues', () => {
  let sqs: TestQueues
  beforeEach(async () => { sqs = await testQueues() })
  afterEach(() => sqs.stop())

  it('have an address of AWS, an ARN and defaults', async () => {
    const url = await sqs.queue('work')

    assert.equal(url, 'https://sqs.us-east-1.amazonaws.com/000000000000/work')
    assert.deepEqual(await sqs.attributes(url), {
      ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesDelayed: '0', ApproximateNumberOfMessagesNotVisible: '0', CreatedTimestamp: '1767225600',
      DelaySeconds: '0', LastModifiedTimestamp: '1767225600', MaximumMessageSize: '1048576', MessageRetentionPeriod: '345600', QueueArn: arnOf('work'),
      ReceiveMessageWaitTimeSeconds: '0', SqsManagedSseEnabled: 'true', VisibilityTimeout: '30',
    })
  })

  it('are made again only with the same attributes', async () => {
    const url = await sqs.queue('work', { VisibilityTimeout: '60' })

    assert.equal(await sqs.queue('work'), url)
    assert.equal(await sqs.queue('work', { VisibilityTimeout: '60', DelaySeconds: '0' }), url)
    await assert.rejects(sqs.queue('work', { DelaySeconds: '1' }),
      { name: 'QueueNameExists', message: 'A queue already exists with the same name and a different value for attribute DelaySeconds' })
  })

  it('can be found, listed and paged', async () => {
    for (const name of ['b', 'a', 'other']) await sqs.queue(name)

    const first = await sqs.call('ListQueues', { MaxResults: 2 })
    const second = await sqs.call('ListQueues', { MaxResults: 2, NextToken: first.NextToken })

    assert.equal((await sqs.call('GetQueueUrl', { QueueName: 'a' })).QueueUrl, 'https://sqs.us-east-1.amazonaws.com/000000000000/a')
    assert.deepEqual([names(first.QueueUrls), names(second.QueueUrls), second.NextToken], [['a', 'b'], ['other'], undefined])
    assert.deepEqual(names((await sqs.call('ListQueues', { QueueNamePrefix: 'o' })).QueueUrls), ['other'])
    assert.deepEqual(await sqs.call('ListQueues', { QueueNamePrefix: 'x' }), {})
    await assert.rejects(sqs.call('GetQueueUrl', { QueueName: 'x' }), { name: 'QueueDoesNotExist', message: 'The specified queue does not exist.' })
  })

  it('change their attributes', async () => {
    const url = await sqs.queue('work')
    await sqs.queue('dead')

    await sqs.call('SetQueueAttributes', { QueueUrl: url, Attributes: { VisibilityTimeout: '5', ...redrive('dead', 3) } })
    const { RedrivePolicy, VisibilityTimeout } = await sqs.attributes(url)
    const { queueUrls } = await sqs.call('ListDeadLetterSourceQueues', { QueueUrl: url.replace('work', 'dead') })
    await sqs.call('SetQueueAttributes', { QueueUrl: url, Attributes: { RedrivePolicy: '' } })

    assert.deepEqual([RedrivePolicy, VisibilityTimeout], [redrive('dead', 3).RedrivePolicy, '5'])
    assert.deepEqual(queueUrls, [url])
    assert.equal('RedrivePolicy' in await sqs.attributes(url), false)
  })

  it('may have any name', async () => {
    for (const QueueName of ['constructor', '__proto__', 'toString']) {
      await assert.rejects(sqs.call('GetQueueUrl', { QueueName }), { name: 'QueueDoesNotExist' })
      const url = await sqs.queue(QueueName)
      await sqs.send(url, QueueName)
      assert.equal((await sqs.receive(url))[0]!.Body, QueueName)
    }
    assert.equal((await sqs.call('ListQueues', {})).QueueUrls!.length, 3)
  })

  it('keep tags', async () => {
    const url = await sqs.queue('work')

    await sqs.call('TagQueue', { QueueUrl: url, Tags: { a: '1', b: '2' } })
    await sqs.call('UntagQueue', { QueueUrl: url, TagKeys: ['a'] })

    assert.deepEqual(await sqs.call('ListQueueTags', { QueueUrl: url }), { Tags: { b: '2' } })
  })

  it('leave their name for 60 seconds when they are deleted', async () => {
    const url = await sqs.queue('work')

    await sqs.call('DeleteQueue', { QueueUrl: url })

    await assert.rejects(sqs.attributes(url), { name: 'QueueDoesNotExist' })
    await assert.rejects(sqs.queue('work'), { name: 'QueueDeletedRecently' })
    sqs.clock.advance(60_000)
    assert.equal(await sqs.queue('work'), url)
  })

  it('are purged once a minute', async () => {
    const url = await sqs.queue('work')
    await sqs.send(url, 'x')

    await sqs.call('PurgeQueue', { QueueUrl: url })

    assert.deepEqual(await sqs.receive(url), [])
    await assert.rejects(sqs.call('PurgeQueue', { QueueUrl: url }),
      { name: 'PurgeQueueInProgress', message: 'Only one PurgeQueue operation on work is allowed every 60 seconds.' })
  })

  it('take statements into their policy', async () => {
    const url = await sqs.queue('work')

    await sqs.call('AddPermission', { QueueUrl: url, Label: 'send', AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] })
    const { Policy } = await sqs.attributes(url)
    await assert.rejects(sqs.call('AddPermission', { QueueUrl: url, Label: 'send', AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] }),
      { message: 'Value send for parameter Label is invalid. Reason: Already exists.' })
    await sqs.call('RemovePermission', { QueueUrl: url, Label: 'send' })

    assert.deepEqual(JSON.parse(Policy!), {
      Version: '2008-10-17', Id: `${arnOf('work')}/SQSDefaultPolicy`,
      Statement: [{ Sid: 'send', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'SQS:SendMessage', Resource: arnOf('work') }],
    })
    assert.equal('Policy' in await sqs.attributes(url), false)
    await assert.rejects(sqs.call('RemovePermission', { QueueUrl: url, Label: 'send' }), { message: "Value send for parameter Label is invalid. Reason: can't find label." })
  })

  const refusals: [what: string, input: Input<'sqs', 'CreateQueue'>, name: string, message: string][] = [
    ['a bad name', { QueueName: 'a b' }, 'InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'],
    ['a FIFO queue without its suffix', { QueueName: 'a', Attributes: { FifoQueue: 'true' } }, 'InvalidParameterValue',
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.'],
    ['an attribute that there is not', { QueueName: 'a', Attributes: { Colour: 'red' } as object }, 'InvalidAttributeName', 'Unknown Attribute Colour.'],
    ['an attribute of FIFO queues', { QueueName: 'a', Attributes: { ContentBasedDeduplication: 'true' } }, 'InvalidAttributeName', 'Unknown Attribute ContentBasedDeduplication.'],
    ['another one', { QueueName: 'a', Attributes: { DeduplicationScope: 'queue' } }, 'InvalidAttributeName', 'You can specify the DeduplicationScope only when FifoQueue is set to true.'],
    ['a number that is too large', { QueueName: 'a', Attributes: { VisibilityTimeout: '43201' } }, 'InvalidAttributeValue', 'Invalid value for the parameter VisibilityTimeout.'],
    ['a policy that is none', { QueueName: 'a', Attributes: { Policy: '{"Statement":1}' } }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
    ['dead letters to nowhere', { QueueName: 'a', Attributes: redrive('none', 3) }, 'InvalidParameterValue',
      `Value ${redrive('none', 3).RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`],
    ['dead letters after no receipt', { QueueName: 'a', Attributes: redrive('none', 0) }, 'InvalidParameterValue',
      `Value ${redrive('none', 0).RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.`],
  ]
  for (const [what, input, name, message] of refusals) it(`refuse ${what}`, () => assert.rejects(sqs.call('CreateQueue', input), { name, message }))

  it('refuse addresses that are none', async () => {
    await assert.rejects(sqs.attributes('work'), { name: 'InvalidAddress', message: 'The address work is not valid for this endpoint.' })
    await assert.rejects(sqs.call('GetQueueUrl', { QueueName: 'x', QueueOwnerAWSAccountId: '../../x' }), { name: 'InvalidParameterValue' })
  })

  describe('and IAM', () => {
    it('say no in small letters, and to a batch as to its single operation', async () => {
      const url = await sqs.queue('work')
      const as = await nobody(sqs)
      const message = 'User: arn:aws:sts::000000000000:assumed-role/nobody/me is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:work because no identity-based policy allows the sqs:sendmessage action'

      await assert.rejects(sqs.call('SendMessage', { QueueUrl: url, MessageBody: 'x' }, as), { name: 'AccessDenied', status: 403, message })
      await assert.rejects(sqs.call('SendMessageBatch', { QueueUrl: url, Entries: [{ Id: 'a', MessageBody: 'x' }] }, as), { message })
    })

    it('let those in whom the queue itself names', async () => {
      const as = await nobody(sqs)
      const url = await sqs.queue('work', { Policy: policy('arn:aws:iam::000000000000:role/nobody') })

      assert.ok((await sqs.call('SendMessage', { QueueUrl: url, MessageBody: 'x' }, as)).MessageId)
    })
  })
})
