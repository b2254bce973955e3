import type { Message } from '@aws-sdk/client-sqs'
import { AwsError } from '../../aws-error.ts'
import type { Cloud } from '../../cloud.ts'
import type { Principal } from '../../service.ts'
import type { Document, Place } from '../../store.ts'
import { functionNotFound } from '../errors.ts'
import type { LambdaState } from '../function-store.ts'
import { doneWith, recordOf, splitBySize, type BatchRecord } from './batch.ts'
import { queueIn, type EventSource } from './state.ts'

export type Poller = { stop(): void }

/** Batches at a time, unless MaximumConcurrency says otherwise. Differs from AWS, which begins with five and adds more while there is work. */
const USUAL_CONCURRENCY = 5
const LONG_POLL_SECONDS = 20
const LONGEST_PAUSE_MS = 60_000
const SESSION_SECONDS = 3_600
const SESSION_MARGIN_MS = 300_000

type Parts = { cloud: Cloud, place: Place, document: Document<LambdaState>, mapping: EventSource }

/**
 * Receives messages with the function's role, hands them to the function in batches, and deletes those that are done with. All others come back by themselves after the
 * queue's visibility timeout. The settings of the mapping are read anew for each batch.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function startPoller({ cloud, place, document, mapping }: Parts): Poller {
  const { clock } = cloud
  const queue = queueIn(mapping.queueArn, place)!
  const end = new AbortController()
  let busy = 0
  let wake: (() => void) | undefined
  let session: { principal: Principal, role: string, until: number } | undefined

  /** Waits until somebody says `wake()`, or `start` does. */
  const until = (start: (goOn: () => void) => unknown) => new Promise<void>((resolve) => {
    wake = resolve
    start(resolve)
  })

  /** IAM is asked at each call; the keys themselves are renewed before they end, and when the function gets another role. Throws where there is no function. */
  function role(): Principal {
    const record = document.data.functions[mapping.functionName]
    if (!record) throw functionNotFound(mapping.functionArn)
    const { Role } = record.configuration
    if (session?.role === Role && session.until > clock.now()) return session.principal
    const { principal } = cloud.authority.openSession(Role, mapping.functionName, { durationSeconds: SESSION_SECONDS })
    session = { principal, role: Role, until: clock.now() + SESSION_SECONDS * 1000 - SESSION_MARGIN_MS }
    return principal
  }

  async function receive(count: number, seconds: number): Promise<Message[]> {
    const { Messages = [] } = await cloud.call('sqs', 'ReceiveMessage', {
      QueueUrl: queue.url, MaxNumberOfMessages: Math.min(10, count), WaitTimeSeconds: Math.min(LONG_POLL_SECONDS, seconds),
      MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'],
    }, role(), place)
    return Messages
  }

  /** A batch begins with the first message that comes, and ends when it is full or its window is over. */
  async function gather(): Promise<Message[]> {
    const messages = await receive(mapping.batchSize, LONG_POLL_SECONDS)
    const over = clock.now() + mapping.windowSeconds * 1000
    while (messages.length > 0 && messages.length < mapping.batchSize && clock.now() < over && !end.signal.aborted)
      messages.push(...await receive(mapping.batchSize - messages.length, Math.ceil((over - clock.now()) / 1000)))
    return messages
  }

  async function run() {
    let failures = 0
    while (!end.signal.aborted) {
      if (busy >= (mapping.maximumConcurrency ?? USUAL_CONCURRENCY)) {
        await until(() => {})
        continue
      }
      try {
        begin(await gather())
        failures = 0
      } catch {
        // The queue or the function is gone, the role may not read any more, or requests are throttled: none of these ends the mapping.
        const ms = Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** failures++)
        await until((goOn) => clock.after(ms, goOn))
      }
    }
  }

  function begin(messages: Message[]) {
    if (messages.length === 0) return
    if (end.signal.aborted) return void release(messages)
    for (const records of splitBySize(messages.map((message) => recordOf(message, mapping.queueArn, place.region)))) {
      busy += 1
      void work(records).catch(() => { /* what was not deleted comes back */ }).finally(() => {
        busy -= 1
        wake?.()
      })
    }
  }

  async function work(records: BatchRecord[]) {
    const answer = await invoke(records)
    if (answer === undefined) return
    const done = doneWith(records, answer, mapping.reportsFailures)
    for (let from = 0; from < done.length; from += 10) {
      const Entries = done.slice(from, from + 10).map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }))
      await cloud.call('sqs', 'DeleteMessageBatch', { QueueUrl: queue.url, Entries }, role(), place)
    }
  }

  /** What the function answered; undefined where it failed. While it is throttled it is tried again, until the messages are visible to others anyway. */
  async function invoke(records: BatchRecord[]): Promise<string | undefined> {
    const Payload = Buffer.from(JSON.stringify({ Records: records }))
    const over = clock.now() + await visibilityMs()
    for (let waitMs = 1_000; ; waitMs *= 2) {
      try {
        const { Payload: answer, FunctionError } = await cloud.call('lambda', 'Invoke', { FunctionName: mapping.functionArn, Payload }, cloud.authority.internal(place.account), place)
        return FunctionError === undefined ? Buffer.from(answer ?? []).toString() : undefined
      } catch (error) {
        const isThrottled = error instanceof AwsError && error.name === 'TooManyRequestsException'
        if (!isThrottled || end.signal.aborted || clock.now() + waitMs >= over) throw error
        await new Promise<void>((resolve) => { clock.after(waitMs, resolve) })
      }
    }
  }

  async function visibilityMs() {
    const owner = { account: queue.account, region: place.region }
    const { Attributes } = await cloud.call('sqs', 'GetQueueAttributes', { QueueUrl: queue.url, AttributeNames: ['VisibilityTimeout'] }, cloud.authority.internal(queue.account), owner)
    return Number(Attributes?.VisibilityTimeout ?? 0) * 1000
  }

  /** A poll that was under way when the mapping stopped gives back what it got. */
  async function release(messages: Message[]) {
    const Entries = messages.slice(0, 10).map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }))
    await cloud.call('sqs', 'ChangeMessageVisibilityBatch', { QueueUrl: queue.url, Entries }, cloud.authority.internal(queue.account), { account: queue.account, region: place.region }).catch(() => {})
  }

  void run()
  return {
    stop() {
      end.abort()
      wake?.()
    },
  }
}
