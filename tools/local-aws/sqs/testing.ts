import { manualClock } from '../clock.ts'
import type { Input, OperationName, Principal } from '../service.ts'
import { testCloud } from '../testing.ts'

/** For tests: SQS without a port, on a clock that stands still. */
export async function testQueues() {
  const clock = manualClock()
  const aws = await testCloud({ clock })
  const internal = aws.cloud.authority.internal(aws.place.account)
  const call = <O extends OperationName<'sqs'>>(operation: O, input: Input<'sqs', O>, as: Principal = internal) => aws.cloud.call('sqs', operation, input, as, aws.place)
  return {
    ...aws, clock, call,
    /** Makes a queue; answers its address. */
    queue: async (QueueName: string, Attributes: Record<string, string> = {}) => (await call('CreateQueue', { QueueName, Attributes })).QueueUrl!,
    attributes: async (QueueUrl: string) => (await call('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).Attributes ?? {},
    /** Bodies of the messages that are there now. */
    receive: async (QueueUrl: string, more: Partial<Input<'sqs', 'ReceiveMessage'>> = {}) =>
      (await call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'], ...more })).Messages ?? [],
    send: (QueueUrl: string, MessageBody: string, more: Partial<Input<'sqs', 'SendMessage'>> = {}) => call('SendMessage', { QueueUrl, MessageBody, ...more }),
  }
}
export type TestQueues = Awaited<ReturnType<typeof testQueues>>

export const bodies = (messages: { Body?: string | undefined }[]) => messages.map(({ Body }) => Body)
export const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`
export const redrive = (name: string, maxReceiveCount: number) => ({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(name), maxReceiveCount }) })
