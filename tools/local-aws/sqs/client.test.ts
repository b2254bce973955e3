import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { QueueDoesNotExist, SQS } from '@aws-sdk/client-sqs'
import { sendSigned } from '../protocol/signed-fetch-testing.ts'
import { startTestCloud } from '../testing.ts'

describe('SQS through the SDK client', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  let sqs: SQS
  let QueueUrl: string
  before(async () => {
    aws = await startTestCloud()
    sqs = new SQS(aws.client)
    QueueUrl = (await sqs.createQueue({ QueueName: 'work' })).QueueUrl!
  })
  after(async () => {
    sqs.destroy()
    await aws.stop()
  })
  const post = (path: string, form: Record<string, string>) => sendSigned(
    { endpoint: aws.url, service: 'sqs', region: aws.region, credentials: aws.keys },
    { method: 'POST', path, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ Version: '2012-11-05', ...form }).toString() },
  )

  it('answers an address on the host that was asked', () => assert.equal(QueueUrl, `${aws.url}/000000000000/work`))

  it('answers what was sent, with checksums that the client compares', async () => {
    const MessageAttributes = { Text: { DataType: 'String', StringValue: 'é' }, Bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) } }
    await sqs.sendMessage({ QueueUrl, MessageBody: 'héllo <&> "', MessageAttributes })
    await sqs.sendMessageBatch({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'one' }, { Id: 'b', MessageBody: 'two' }] })

    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] })
    await sqs.deleteMessageBatch({ QueueUrl, Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle })) })

    assert.deepEqual(Messages.map(({ Body }) => Body), ['héllo <&> "', 'one', 'two'])
    assert.deepEqual(Messages[0]!.MessageAttributes, MessageAttributes)
    assert.equal(Messages[0]!.Attributes!.ApproximateReceiveCount, '1')
    assert.equal((await sqs.receiveMessage({ QueueUrl })).Messages, undefined)
  })

  it('throws what the client knows, with the code of the old protocol', async () => {
    await assert.rejects(sqs.getQueueUrl({ QueueName: 'none' }), (error: any) => {
      assert.ok(error instanceof QueueDoesNotExist)
      assert.deepEqual([error.message, (error as any).Code ?? (error as any).Error?.Code, error.$metadata.httpStatusCode], ['The specified queue does not exist.', 'AWS.SimpleQueueService.NonExistentQueue', 400])
      return true
    })
    await assert.rejects(sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 11 }), (error: any) => {
      assert.deepEqual([error.$metadata.httpStatusCode, error.message], [400, 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.'])
      return true
    })
    await assert.rejects(sqs.sendMessage({ QueueUrl } as never), { message: 'The request must contain the parameter MessageBody.' })
  })

  it('speaks the query protocol, too, and takes what is posted to the address of a queue', async () => {
    const sent = await post('/000000000000/work', {
      'Action': 'SendMessage', 'MessageBody': 'old', 'MessageAttribute.1.Name': 'a', 'MessageAttribute.1.Value.DataType': 'String', 'MessageAttribute.1.Value.StringValue': 'b',
    })
    const received = await post('/', { 'Action': 'ReceiveMessage', QueueUrl, 'AttributeName.1': 'All', 'MessageAttributeName.1': 'All' })
    const missing = await post('/', { Action: 'SendMessage', MessageBody: 'x', QueueUrl: `${aws.url}/000000000000/none` })

    assert.equal(sent.status, 200)
    assert.match(sent.text, /^<SendMessageResponse xmlns="http:\/\/queue\.amazonaws\.com\/doc\/2012-11-05\/"><SendMessageResult><MD5OfMessageBody>149603e6c03516362a8da23f624db945<\/MD5OfMessageBody>/)
    assert.match(received.text, /<ReceiveMessageResult><Message><MessageId>.*<Body>old<\/Body><Attribute><Name>SenderId<\/Name><Value>.*<MessageAttribute><Name>a<\/Name><Value><DataType>String<\/DataType><StringValue>b<\/StringValue><\/Value><\/MessageAttribute><\/Message>/)
    assert.equal(missing.status, 400)
    assert.match(missing.text, /<Code>AWS\.SimpleQueueService\.NonExistentQueue<\/Code><Message>The specified queue does not exist for this wsdl version\.<\/Message>/)
  })

  it('keeps messages over a kill', async () => {
    await sqs.sendMessage({ QueueUrl, MessageBody: 'kept' })
    const { readFile } = await import('node:fs/promises')

    assert.match(await readFile(`${aws.state}/000000000000/us-east-1/sqs.json`, 'utf8'), /"body":"kept"/)
  })
})
