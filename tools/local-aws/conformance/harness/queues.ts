import type { CreateEventSourceMappingCommandInput } from '@aws-sdk/client-lambda'
import { makeFunction } from './functions.ts'
import { allow, makeRole } from './roles.ts'
import type { World } from './world.ts'

/**
 * What its messages say: `throws`, `fails` (reported for that message), `answers` (said instead), and in any case `results`, the queue that gets
 * each event.
 */
const WORKER = `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs')
const sqs = new SQSClient()
exports.handler = async (event) => {
  const bodies = event.Records.map(({ body }) => JSON.parse(body))
  await sqs.send(new SendMessageCommand({ QueueUrl: bodies[0].results, MessageBody: JSON.stringify(event) }))
  if (bodies.some(({ throws }) => throws)) throw new Error('asked to')
  const told = bodies.find(({ answers }) => answers !== undefined)
  if (told) return told.answers
  return { batchItemFailures: event.Records.filter((_, index) => bodies[index].fails).map(({ messageId }) => ({ itemIdentifier: messageId })) }
}`

export type Queue = { name: string, url: string, arn: string }

/** Makes a queue of the run's own. */
export async function makeQueue(world: World, what: string, Attributes: Record<string, string> = {}): Promise<Queue> {
  const { aws, cloud: { region, account }, name, removeLater } = world
  const QueueName = Attributes.FifoQueue ? `${name(what)}.fifo` : name(what)
  const { QueueUrl } = await aws.sqs.createQueue({ QueueName, Attributes })
  removeLater(`queue ${QueueName}`, () => aws.sqs.deleteQueue({ QueueUrl }))
  return { name: QueueName, url: QueueUrl!, arn: `arn:aws:sqs:${region}:${account}:${QueueName}` }
}

export const redriveTo = ({ arn }: Queue, maxReceiveCount: number) => ({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount }) })

/** The function that does as its messages say, and has four seconds for it: after a timeout the start counts too (D4.20), and on a slow machine two are not enough. */
export const worker = (world: World) => world.once('function worker', async () => {
  const { Arn: Role } = await makeRole(world, 'worker', [
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
    allow(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], `arn:aws:sqs:*:*:${world.name('')}*`),
  ], { Service: 'lambda.amazonaws.com' })
  return makeFunction(world, 'worker', WORKER, { Role, Timeout: 4 })
})

/** Makes a mapping and waits until it works. */
export async function map(world: World, queue: Queue, FunctionName: string, more: Partial<CreateEventSourceMappingCommandInput> = {}) {
  const { aws, eventually, removeLater } = world
  const created = await aws.lambda.createEventSourceMapping({ EventSourceArn: queue.arn, FunctionName, ...more })
  removeLater(`event source mapping ${created.UUID}`, () => aws.lambda.deleteEventSourceMapping({ UUID: created.UUID }))
  await eventually('the mapping is Enabled', async () => (await aws.lambda.getEventSourceMapping({ UUID: created.UUID })).State === 'Enabled')
  return created
}

type Asked = { throws?: boolean, fails?: boolean, answers?: unknown, n?: number }
export type BatchEvent = { Records: (Record<string, unknown> & { body: string, attributes: Record<string, string> })[] }

/** A worker with a queue of its own, whose messages come back after four seconds, and one for what it got. */
export async function workplace(
  world: World, what: string, Attributes: Record<string, string> = {}, more: Partial<CreateEventSourceMappingCommandInput> = {},
) {
  const { aws, eventually } = world
  const queue = await makeQueue(world, what, { VisibilityTimeout: '4', ...Attributes })
  const results = await makeQueue(world, `${what}-results`)
  const { FunctionName } = await worker(world)
  await map(world, queue, FunctionName, more)
  const events: BatchEvent[] = []
  return {
    queue,
    send(...bodies: Asked[]) {
      const texts = bodies.map((body) => JSON.stringify({ ...body, results: awsUrl(world, results) }))
      return aws.sqs.sendMessageBatch({ QueueUrl: queue.url, Entries: texts.map((MessageBody, index) => ({ Id: `${index}`, MessageBody })) })
    },
    /** The events that the worker got so far, once there are as many. */
    seen: (count: number) => eventually(`${count} batches`, async () => {
      const { Messages = [] } = await aws.sqs.receiveMessage({ QueueUrl: results.url, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 })
      for (const { Body, ReceiptHandle } of Messages) {
        events.push(JSON.parse(Body!))
        await aws.sqs.deleteMessage({ QueueUrl: results.url, ReceiptHandle })
      }
      return events.length >= count && events
    }),
    /** Whether nothing is left, visible or in flight. */
    isEmpty: () => eventually(`${queue.name} is empty`, async () => (await counts(world, queue)).every((count) => count === '0')),
  }
}

/** Visible and in flight. */
export async function counts({ aws }: World, { url }: Queue) {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
  const { Attributes } = await aws.sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: [...names] })
  return names.map((name) => Attributes![name])
}

/** As functions know a queue, whatever host clients from outside use. */
const awsUrl = ({ cloud: { region, account } }: World, { name }: Queue) => `https://sqs.${region}.amazonaws.com/${account}/${name}`
