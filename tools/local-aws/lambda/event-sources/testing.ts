import { manualClock } from '../../clock.ts'
import type { CloudEvent } from '../../events.ts'
import type { Input, OperationName, ServiceName } from '../../service.ts'
import { testCloud } from '../../testing.ts'
import { zipOf } from '../testing.ts'

const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
const RIGHTS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'logs:*']

/**
 * For tests: queues and functions on a clock that stands still, without a port. Functions run in processes of their own, in real time; what they print is waited for.
 */
export async function testWorkers() {
  const clock = manualClock()
  const aws = await testCloud({ clock })
  const { cloud, place } = aws
  const call = <S extends ServiceName, O extends OperationName<S>>(service: S, operation: O, input: Input<S, O>) => cloud.call(service, operation, input, cloud.authority.internal(place.account), place)
  const seen: CloudEvent[] = []
  let onEvent: (() => void) | undefined
  cloud.events.on((event) => {
    seen.push(event)
    onEvent?.()
  })

  /** The first `count` answers that `pick` gives for what happened so far. Rejects after ten seconds. */
  const happened = <T>(count: number, pick: (event: CloudEvent) => T | undefined) => new Promise<T[]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not within 10 s: ${count} of ${pick}`)), 10_000)
    onEvent = look
    look()
    function look() {
      const found = seen.map(pick).filter((value) => value !== undefined)
      if (found.length < count) return
      clearTimeout(timer)
      resolve(found)
    }
  })

  return {
    ...aws, clock, call, happened,
    async role(RoleName: string, actions = RIGHTS) {
      const { Role } = await call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify(TRUST) })
      await call('iam', 'PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }) })
      return Role!.Arn!
    },
    async worker(FunctionName: string, Role: string, code: string, more: Partial<Input<'lambda', 'CreateFunction'>> = {}) {
      await call('lambda', 'CreateFunction', { FunctionName, Role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: zipOf({ 'index.js': code }) }, ...more })
    },
    async queue(QueueName: string, Attributes: Record<string, string> = {}) {
      const { QueueUrl } = await call('sqs', 'CreateQueue', { QueueName, Attributes })
      return { url: QueueUrl!, arn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}` }
    },
    send: (QueueUrl: string, ...bodies: string[]) => call('sqs', 'SendMessageBatch', { QueueUrl, Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })) }),
    /** Makes a mapping and waits until it works. */
    async map(EventSourceArn: string, FunctionName: string, more: Partial<Input<'lambda', 'CreateEventSourceMapping'>> = {}) {
      const { UUID } = await call('lambda', 'CreateEventSourceMapping', { EventSourceArn, FunctionName, ...more })
      await new Promise((resolve) => { setImmediate(() => setImmediate(resolve)) })
      return UUID!
    },
    /** What functions printed, as JSON, once they have printed it `count` times. */
    printed: (count: number) => happened(count, (event) => {
      const text = event.kind === 'log' ? /\tINFO\t(\{.*\})\s*$/s.exec(event.message)?.[1] : undefined
      return text === undefined ? undefined : JSON.parse(text)
    }),
    /** Once so many invocations are over. */
    ended: (count: number) => happened(count, (event) => event.kind === 'invocation' ? event : undefined),
    /** Visible, in flight. */
    async counts(QueueUrl: string) {
      const { Attributes = {} } = await call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })
      return [Attributes.ApproximateNumberOfMessages, Attributes.ApproximateNumberOfMessagesNotVisible].map(Number)
    },
    /** Looks again and again, for what happens by itself. */
    async eventually(what: string, check: () => Promise<boolean>) {
      const deadline = Date.now() + 10_000
      while (!await check()) {
        if (Date.now() > deadline) throw new Error(`not within 10 s: ${what}`)
        await new Promise((resolve) => { setTimeout(resolve, 5) })
      }
    },
  }
}
export type TestWorkers = Awaited<ReturnType<typeof testWorkers>>
