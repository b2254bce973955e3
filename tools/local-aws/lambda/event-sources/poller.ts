import type { Message } from '@aws-sdk/client-sqs'
import type { Cloud } from '../../cloud.ts'
import type { Principal } from '../../service.ts'
import type { Document, Place } from '../../store.ts'
import { functionNotFound } from '../errors.ts'
import type { LambdaState } from '../function-store.ts'
import { recordOf, splitBySize, type BatchRecord } from './batch.ts'
import { createDelivery } from './delivery.ts'
import { readPattern } from './filter.ts'
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
 * Receives messages with the function's role and hands them on in batches, until it is stopped. The settings of the mapping are read anew for
 * each batch.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function startPoller({ cloud, place, document, mapping }: Parts): Poller {
  const { clock } = cloud
  const { url: QueueUrl } = queueIn(mapping.queueArn, place)!
  const end = new AbortController()
  const { deliver, remove, release } = createDelivery({ cloud, place, mapping, role, isStopped: () => end.signal.aborted })
  let busy = 0
  let wake: (() => void) | undefined
  let session: { principal: Principal, role: string, until: number } | undefined

  /** Waits until somebody says `wake()`, or what `arm` sets up goes on. */
  const until = (arm: (goOn: () => void) => unknown) => new Promise<void>((resolve) => {
    wake = resolve
    arm(resolve)
  })

  /**
   * IAM is asked at each call; the keys themselves are renewed before they end, and when the function gets another role. Throws where there is
   * no function.
   */
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
      QueueUrl, MaxNumberOfMessages: Math.min(10, count), WaitTimeSeconds: Math.min(LONG_POLL_SECONDS, seconds),
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

  function begin(messages: Message[]) {
    if (end.signal.aborted) return void release(messages)
    const records = messages.map((message) => recordOf(message, mapping.queueArn, place.region))
    const wanted = records.filter(isWanted())
    // What no filter wants is gone for good.
    if (wanted.length < records.length) start(remove(records.filter((record) => !wanted.includes(record))))
    for (const batch of splitBySize(wanted)) start(deliver(batch))
  }

  function isWanted(): (record: BatchRecord) => boolean {
    const matches = mapping.filters?.map(readPattern) ?? []
    return (record) => matches.length === 0 || matches.some((match) => match(record))
  }

  function start(work: Promise<void>) {
    busy += 1
    void work.catch(() => { /* what was not deleted comes back */ }).finally(() => {
      busy -= 1
      wake?.()
    })
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

  void run()
  return {
    stop() {
      end.abort()
      wake?.()
    },
  }
}
