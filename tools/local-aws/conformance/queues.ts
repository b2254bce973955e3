import assert from 'node:assert/strict'
import { fact, localFact, type Fact } from './fact.ts'
import { call } from './harness/http.ts'
import { makeQueue, redriveTo } from './harness/queues.ts'
import { refusal, refused } from './harness/sdk.ts'
import { lister } from './harness/roles.ts'
import { withStillClock } from './harness/still-clock.ts'
import type { World } from './harness/world.ts'

const JAN = '2026-01'
const form = (fields: Record<string, string>) => ({
  method: 'POST', path: '/', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ Version: '2012-11-05', ...fields }).toString(),
})
const json = (operation: string, input: object) => ({
  method: 'POST', path: '/', headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` }, body: JSON.stringify(input),
})
const receive = async ({ aws }: World, QueueUrl: string) =>
  (await aws.sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 5, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] })).Messages![0]!

const entries = (count: number, MessageBody = 'x') => Array.from({ length: count }, (_, index) => ({ Id: `${index}`, MessageBody }))

/** H.8 on: queues themselves, found in recordings after the sheets were written. */
export const queueFacts: Fact[] = [
  fact('H.8', 'O', 'a new queue has these attributes: a message may have 1 MB since August 2025', 'LS-sqs', JAN, async (world) => {
    const { url, arn } = await makeQueue(world, 'new')
    const { CreatedTimestamp, LastModifiedTimestamp, ...rest } = (await world.aws.sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ['All'] })).Attributes!

    assert.match(`${CreatedTimestamp} ${LastModifiedTimestamp}`, /^\d{10} \d{10}$/)
    assert.deepEqual(rest, {
      ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesDelayed: '0', ApproximateNumberOfMessagesNotVisible: '0', DelaySeconds: '0', MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600', QueueArn: arn, ReceiveMessageWaitTimeSeconds: '0', SqsManagedSseEnabled: 'true', VisibilityTimeout: '30',
    })
  }),
  fact('H.8', 'O', 'it is made again with equal attributes, and not with others', 'LS-sqs', JAN, async (world) => {
    const { name, url } = await makeQueue(world, 'twice', { DelaySeconds: '1' })

    assert.equal((await world.aws.sqs.createQueue({ QueueName: name, Attributes: { DelaySeconds: '1' } })).QueueUrl, url)
    assert.deepEqual(
      await refused(world.aws.sqs.createQueue({ QueueName: name, Attributes: { DelaySeconds: '2' } })),
      [400, 'QueueNameExists', 'A queue already exists with the same name and a different value for attribute DelaySeconds'],
    )
  }),
  fact('H.9', 'O', 'a missing queue: each protocol has its own name and text for it', 'LS-sqs', JAN, async (world) => {
    const QueueName = world.name('absent')
    const modern = await call(world, { service: 'sqs' }, json('GetQueueUrl', { QueueName }))
    const old = await call(world, { service: 'sqs' }, form({ Action: 'GetQueueUrl', QueueName }))
    const { __type, message } = JSON.parse(modern.body)

    assert.deepEqual([modern.status, __type, message], [400, 'com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.'])
    assert.equal(modern.headers['x-amzn-query-error'], 'AWS.SimpleQueueService.NonExistentQueue;Sender')
    assert.equal(old.status, 400)
    assert.match(old.body, /<Type>Sender<\/Type><Code>AWS\.SimpleQueueService\.NonExistentQueue<\/Code><Message>The specified queue does not exist for this wsdl version\.<\/Message>/)
  }),
  fact('H.9', 'O', 'codes that are no part of the model', 'LS-sqs', JAN, async (world) => {
    const { url: QueueUrl } = await makeQueue(world, 'codes')
    const { status, headers, body } = await call(world, { service: 'sqs' }, json('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 11 }))
    const empty = await call(world, { service: 'sqs' }, json('SendMessage', { QueueUrl, MessageBody: '' }))

    assert.equal(status, 400)
    assert.match(JSON.parse(body).__type, /#InvalidParameterValueException$/)
    assert.equal(JSON.parse(body).message, 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.')
    assert.equal(headers['x-amzn-query-error'], 'InvalidParameterValue;Sender')
    assert.match(JSON.parse(empty.body).__type, /#MissingRequiredParameterException$/)
    assert.equal(empty.headers['x-amzn-query-error'], 'MissingParameter;Sender')
    assert.equal(JSON.parse(empty.body).message, 'The request must contain the parameter MessageBody.')
  }),
  fact('H.10', 'O', 'a message arrives with checksums and what is known of it; an empty queue answers without Messages', 'LS-sqs', JAN, async (world) => {
    const { url: QueueUrl } = await makeQueue(world, 'message')
    const MessageAttributes = { Foo: { DataType: 'String', StringValue: 'Bar' } }
    const sent = await world.aws.sqs.sendMessage({ QueueUrl, MessageBody: 'msg', MessageAttributes })
    const message = await receive(world, QueueUrl)

    assert.deepEqual([sent.MD5OfMessageBody, sent.MD5OfMessageAttributes], ['6e2baaf3b97dbeef01c0043275f9a0e7', 'ae7155c6026991b6d54b11589678bf9c'])
    assert.deepEqual([message.Body, message.MD5OfMessageAttributes, message.MessageId], ['msg', 'ae7155c6026991b6d54b11589678bf9c', sent.MessageId])
    assert.deepEqual(Object.keys(message.Attributes!).toSorted(), ['ApproximateFirstReceiveTimestamp', 'ApproximateReceiveCount', 'SenderId', 'SentTimestamp'])
    assert.equal((await world.aws.sqs.receiveMessage({ QueueUrl })).Messages, undefined)
  }),
  fact('H.11', 'O', 'batches are refused as a whole for their form, and entry by entry for what is in them', 'LS-sqs', JAN, async (world) => {
    const { sqs } = world.aws
    const { url: QueueUrl } = await makeQueue(world, 'batch', { MaximumMessageSize: '1024' })
    const mixed = await sqs.sendMessageBatch({ QueueUrl, Entries: [...entries(1, 'x'.repeat(1025)), { Id: 'b', MessageBody: 'x' }] })

    assert.deepEqual(await refused(sqs.sendMessageBatch({ QueueUrl, Entries: entries(11) })),
      [400, 'TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent 11.'])
    assert.deepEqual(await refused(sqs.sendMessageBatch({ QueueUrl, Entries: [{ Id: 'a:b', MessageBody: 'x' }] })),
      [400, 'InvalidBatchEntryId', 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.'])
    assert.deepEqual(mixed.Successful!.map(({ Id }) => Id), ['b'])
    assert.deepEqual(mixed.Failed, [{
      Id: '0', SenderFault: true, Code: 'InvalidParameterValue', Message: 'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
    }])
  }),
  fact('H.12', 'O', 'a queue is purged once in 60 seconds', 'LS-sqs', JAN, async (world) => {
    const { name, url: QueueUrl } = await makeQueue(world, 'purged')
    await world.aws.sqs.purgeQueue({ QueueUrl })

    assert.deepEqual(await refused(world.aws.sqs.purgeQueue({ QueueUrl })),
      [403, 'PurgeQueueInProgress', `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`])
  }),
  localFact('clock', 'H.12', 'O', 'and its name is free 60 seconds after it was deleted', 'LS-sqs', JAN, () => withStillClock(async ({ aws: { sqs } }, advance) => {
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'short' })
    await sqs.deleteQueue({ QueueUrl })
    const early = await refused(sqs.createQueue({ QueueName: 'short' }))
    await advance(60_000)

    assert.deepEqual(early, [400, 'QueueDeletedRecently', 'You must wait 60 seconds after deleting a queue before you can create another with the same name.'])
    assert.equal((await sqs.createQueue({ QueueName: 'short' })).QueueUrl, QueueUrl)
  })),
  fact('H.13', 'O', 'a dead letter keeps its id, its time and its count, and says where it came from', 'LS-sqs', JAN, async (world) => {
    const dead = await makeQueue(world, 'letters')
    const source = await makeQueue(world, 'source', { VisibilityTimeout: '0', ...redriveTo(dead, 1) })
    await world.aws.sqs.sendMessage({ QueueUrl: source.url, MessageBody: 'x' })
    const alive = await receive(world, source.url)
    await world.eventually('it is buried', async () => !(await world.aws.sqs.receiveMessage({ QueueUrl: source.url })).Messages)
    const letter = await receive(world, dead.url)

    assert.equal(letter.MessageId, alive.MessageId)
    assert.deepEqual(
      [letter.Attributes!.SentTimestamp, letter.Attributes!.ApproximateReceiveCount, letter.Attributes!.DeadLetterQueueSourceArn],
      [alive.Attributes!.SentTimestamp, '2', source.arn],
    )
  }),
  fact('H.13', 'O', 'dead letters can be sent back, as new messages; the task says so when it is over', 'LS-sqs', JAN, async (world) => {
    const { aws: { sqs }, eventually } = world
    const dead = await makeQueue(world, 'returned')
    const source = await makeQueue(world, 'origin', { VisibilityTimeout: '0', ...redriveTo(dead, 1) })
    const { MessageId } = await sqs.sendMessage({ QueueUrl: source.url, MessageBody: 'x' })
    await receive(world, source.url)
    await eventually('it is buried', async () => !(await sqs.receiveMessage({ QueueUrl: source.url })).Messages)
    const wrong = await refused(sqs.startMessageMoveTask({ SourceArn: source.arn }))
    await sqs.startMessageMoveTask({ SourceArn: dead.arn })
    const { StartedTimestamp, ...task } = await eventually('it is moved', async () => {
      const { Results: [newest] = [] } = await sqs.listMessageMoveTasks({ SourceArn: dead.arn })
      return newest?.Status === 'COMPLETED' && newest
    })
    const back = await receive(world, source.url)

    assert.deepEqual(wrong.slice(0, 1), [400])
    assert.equal(wrong[2], 'Source queue must be configured as a Dead Letter Queue.')
    assert.ok(StartedTimestamp! > 1_700_000_000_000)
    assert.deepEqual(task, { SourceArn: dead.arn, Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1, ApproximateNumberOfMessagesToMove: 1 })
    assert.notEqual(back.MessageId, MessageId)
    assert.equal(back.Attributes!.ApproximateReceiveCount, '1')
  }),
  fact('H.14', 'O', 'a FIFO queue wants groups, sends nothing twice, and takes no expired handle', 'LS-sqs', JAN, async (world) => {
    const { sqs } = world.aws
    const { url: QueueUrl } = await makeQueue(world, 'order', { FifoQueue: 'true', VisibilityTimeout: '1' })
    const without = await refused(sqs.sendMessage({ QueueUrl, MessageBody: 'x' }))
    const first = await sqs.sendMessage({ QueueUrl, MessageBody: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' })
    const again = await sqs.sendMessage({ QueueUrl, MessageBody: 'y', MessageGroupId: 'g', MessageDeduplicationId: 'd' })
    const { ReceiptHandle } = await receive(world, QueueUrl)
    await receive(world, QueueUrl) // again, a second later
    const late = await refusal(sqs.deleteMessage({ QueueUrl, ReceiptHandle }))

    assert.equal(without[2], 'The request must contain the parameter MessageGroupId.')
    assert.deepEqual([again.MessageId, again.SequenceNumber], [first.MessageId, first.SequenceNumber])
    assert.match(first.SequenceNumber!, /^\d{20}$/)
    assert.equal(late.message, `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`)
  }),
  fact('H.15', 'O', 'who may not send is told so in small letters', 'WILD', JAN, async (world) => {
    const { url: QueueUrl, arn } = await makeQueue(world, 'private')
    const session = await lister(world)
    const { status, message } = await refusal(session.aws.sqs.sendMessageBatch({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'x' }] }))

    assert.equal(status, 403)
    assert.equal(message, `User: ${session.arn} is not authorized to perform: sqs:sendmessage on resource: ${arn} because no identity-based policy allows the sqs:sendmessage action`)
  }),
  fact('H.16', 'U', 'a handle that never was: ReceiptHandleIsInvalid with the status of the model, 404', 'WILD, BOTO', JAN, async (world) => {
    const { url: QueueUrl } = await makeQueue(world, 'handle')

    assert.deepEqual(await refused(world.aws.sqs.deleteMessage({ QueueUrl, ReceiptHandle: 'bad' })),
      [404, 'ReceiptHandleIsInvalid', 'The input receipt handle "bad" is not a valid receipt handle.'])
  }),
]
