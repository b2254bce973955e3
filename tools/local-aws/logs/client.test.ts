import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, FilterLogEventsCommand, GetLogEventsCommand, PutLogEventsCommand, ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs'
import { startTestCloud } from '../testing.ts'

const logGroupName = '/aws/lambda/hello'
const logStreamName = '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef'

describe('CloudWatch Logs through the SDK client', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  let client: CloudWatchLogsClient
  before(async () => {
    aws = await startTestCloud()
    client = new CloudWatchLogsClient(aws.client)
    await client.send(new CreateLogGroupCommand({ logGroupName }))
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  })
  after(async () => {
    client.destroy()
    await aws.stop()
  })

  it('answers what was put', async () => {
    const timestamp = Date.now()
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: [{ timestamp, message: 'START\n' }, { timestamp, message: 'ERROR boom\n' }] }))

    const filtered = await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern: 'ERROR', startTime: timestamp }))
    const stream = await client.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }))

    assert.deepEqual(filtered.events?.map((event) => event.message), ['ERROR boom\n'])
    assert.equal(filtered.events?.[0]?.timestamp, timestamp)
    assert.deepEqual(stream.events?.map((event) => event.message), ['START\n', 'ERROR boom\n'])
  })

  it('throws ResourceNotFoundException', async () => {
    await assert.rejects(client.send(new FilterLogEventsCommand({ logGroupName: 'nothing' })),
      (error) => error instanceof ResourceNotFoundException && error.message === 'The specified log group does not exist.')
  })
})
