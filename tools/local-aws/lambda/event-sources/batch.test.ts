import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { doneWith, recordOf, splitBySize } from './batch.ts'

const ARN = 'arn:aws:sqs:us-east-1:000000000000:work'
const record = (MessageId: string, Body = 'x') => recordOf({ MessageId, ReceiptHandle: 'handle', Body, MD5OfBody: 'md5' }, ARN, 'us-east-1')

describe('a record of a batch (H.5)', () => {
  it('has what is known of the message', () => {
    const made = recordOf({
      MessageId: 'id', ReceiptHandle: 'handle', Body: 'text', MD5OfBody: 'md5', MD5OfMessageAttributes: 'md5a',
      Attributes: { SenderId: 'AIDA', SentTimestamp: '1', ApproximateReceiveCount: '2', ApproximateFirstReceiveTimestamp: '3' },
      MessageAttributes: { a: { DataType: 'String', StringValue: 's' }, b: { DataType: 'Binary', BinaryValue: new Uint8Array([1]) } },
    }, ARN, 'us-east-1')

    assert.equal(JSON.stringify(made), JSON.stringify({
      messageId: 'id', receiptHandle: 'handle', body: 'text',
      attributes: { ApproximateReceiveCount: '2', SentTimestamp: '1', SenderId: 'AIDA', ApproximateFirstReceiveTimestamp: '3' },
      messageAttributes: {
        a: { stringValue: 's', stringListValues: [], binaryListValues: [], dataType: 'String' },
        b: { binaryValue: 'AQ==', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
      },
      md5OfMessageAttributes: 'md5a', md5OfBody: 'md5', eventSource: 'aws:sqs', eventSourceARN: ARN, awsRegion: 'us-east-1',
    }))
  })

  it('shares an invocation with as many as fit into six megabytes', () => {
    const batches = splitBySize(['a', 'b', 'c'].map((id) => record(id, 'x'.repeat(3_000_000))))

    assert.deepEqual(batches.map((batch) => batch.map(({ messageId }) => messageId)), [['a', 'b'], ['c']])
    assert.deepEqual(splitBySize([]), [])
  })
})

describe('what a batch is done with (H.6)', () => {
  const answers: [what: string, answer: string, done: string[]][] = [
    ['no failures', '{"batchItemFailures":[]}', ['a', 'b']],
    ['null for the list', '{"batchItemFailures":null}', ['a', 'b']],
    ['an empty object', '{}', ['a', 'b']],
    ['null', 'null', ['a', 'b']],
    ['nothing', '', ['a', 'b']],
    ['one that failed', '{"batchItemFailures":[{"itemIdentifier":"a"}]}', ['b']],
    ['an unknown id', '{"batchItemFailures":[{"itemIdentifier":"z"}]}', []],
    ['an empty id', '{"batchItemFailures":[{"itemIdentifier":""}]}', []],
    ['null for an id', '{"batchItemFailures":[{"itemIdentifier":null}]}', []],
    ['a wrong key', '{"batchItemFailures":[{"foo":"a"}]}', []],
    ['no list', '{"batchItemFailures":"a"}', []],
    ['null in the list', '{"batchItemFailures":[null]}', []],
  ]
  for (const [what, answer, done] of answers)
    it(`after ${what}`, () => assert.deepEqual(doneWith([record('a'), record('b')], answer, true).map(({ messageId }) => messageId), done))

  it('is all of it, whatever is said, where failures are not reported', () => assert.equal(doneWith([record('a')], '{"batchItemFailures":[{"itemIdentifier":"a"}]}', false).length, 1))
})
