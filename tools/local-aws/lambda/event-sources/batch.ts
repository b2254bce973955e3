import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs'

/** One entry of the event (H.5). */
export type BatchRecord = ReturnType<typeof recordOf>

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export const recordOf = (message: Message, queueArn: string, region: string) => ({
  messageId: message.MessageId!,
  receiptHandle: message.ReceiptHandle!,
  body: message.Body!,
  attributes: inOrder(message.Attributes ?? {}),
  messageAttributes: Object.fromEntries(Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, attributeOf(value)])),
  ...message.MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: message.MD5OfMessageAttributes },
  md5OfBody: message.MD5OfBody!,
  eventSource: 'aws:sqs' as const,
  eventSourceARN: queueArn,
  awsRegion: region,
})

const ORDER = [
  'ApproximateReceiveCount', 'AWSTraceHeader', 'SentTimestamp', 'SequenceNumber', 'MessageGroupId', 'SenderId', 'MessageDeduplicationId',
  'ApproximateFirstReceiveTimestamp', 'DeadLetterQueueSourceArn',
]
const inOrder = (attributes: Record<string, string>) =>
  Object.fromEntries(Object.entries(attributes).toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b)))

const attributeOf = ({ StringValue, BinaryValue, DataType }: MessageAttributeValue) => ({
  ...StringValue !== undefined && { stringValue: StringValue },
  ...BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') },
  stringListValues: [], binaryListValues: [], dataType: DataType!,
})

const MOST_BYTES = 6_291_456
const bytesOf = (record: BatchRecord) => Buffer.byteLength(JSON.stringify(record)) + 1

/** As many records as fit into the event of one invocation each. */
export function splitBySize(records: BatchRecord[]): BatchRecord[][] {
  const batches: BatchRecord[][] = []
  let left = 0
  for (const record of records) {
    const bytes = bytesOf(record)
    if (bytes > left) {
      batches.push([])
      left = MOST_BYTES - '{"Records":[]}'.length
    }
    batches.at(-1)!.push(record)
    left -= bytes
  }
  return batches
}

/**
 * Which records of a batch are done with, by what the function answered. Without ReportBatchItemFailures all are, whatever it says. With it, an empty
 * answer or list means that all went well, and anything that cannot be understood that nothing did (H.6).
 */
export function doneWith(records: BatchRecord[], answer: string, reportsFailures: boolean): BatchRecord[] {
  if (!reportsFailures) return records
  const failed = failuresIn(answer)
  const ids = new Set(records.map(({ messageId }) => messageId))
  if (!failed || !failed.every((id) => ids.has(id))) return []
  return records.filter(({ messageId }) => !failed.includes(messageId))
}

/** The ids that failed; undefined for an answer that makes no sense. */
function failuresIn(answer: string): string[] | undefined {
  const value = parse(answer)
  if (value === null || value === undefined) return []
  const failures = (value as { batchItemFailures?: unknown }).batchItemFailures ?? []
  if (!Array.isArray(failures)) return undefined
  const ids = failures.map((failure) => failure?.itemIdentifier)
  return ids.every((id) => typeof id === 'string' && id !== '') ? ids : undefined
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined // no answer at all
  }
}
