import type { Message } from '@aws-sdk/client-sqs'
import { AwsError } from '../../aws-error.ts'
import type { Cloud } from '../../cloud.ts'
import type { Principal } from '../../service.ts'
import type { Place } from '../../store.ts'
import { doneWith, type BatchRecord } from './batch.ts'
import { queueIn, type EventSource } from './state.ts'

const BATCH = 10

export type DeliveryParts = { cloud: Cloud, place: Place, mapping: EventSource, role: () => Principal, isStopped: () => boolean }

/** What becomes of messages that were received. */
export function createDelivery({ cloud, place, mapping, role, isStopped }: DeliveryParts) {
  const { clock } = cloud
  const { url: QueueUrl, account } = queueIn(mapping.queueArn, place)!
  const owner = { account, region: place.region }
  const aws = cloud.authority.internal(place.account)
  const ownerItself = cloud.authority.internal(account)

  /**
   * What the function answered; undefined where it failed. While it is throttled it is tried again, until the messages are visible to others
   * anyway (H.6).
   */
  async function invoke(records: BatchRecord[]): Promise<string | undefined> {
    const input = { FunctionName: mapping.functionArn, Payload: Buffer.from(JSON.stringify({ Records: records })) }
    const end = clock.now() + await visibilityMs()
    for (let waitMs = 1_000; ; waitMs *= 2) {
      try {
        const { Payload = [], FunctionError } = await cloud.call('lambda', 'Invoke', input, aws, place)
        return FunctionError === undefined ? Buffer.from(Payload).toString() : undefined
      } catch (error) {
        const isThrottled = error instanceof AwsError && error.name === 'TooManyRequestsException'
        if (!isThrottled || isStopped() || clock.now() + waitMs >= end) throw error
        await new Promise<void>((resolve) => { clock.after(waitMs, resolve) })
      }
    }
  }

  async function visibilityMs() {
    const asked = { QueueUrl, AttributeNames: ['VisibilityTimeout' as const] }
    const { Attributes } = await cloud.call('sqs', 'GetQueueAttributes', asked, ownerItself, owner)
    return Number(Attributes?.VisibilityTimeout ?? 0) * 1000
  }

  async function remove(records: BatchRecord[]): Promise<void> {
    for (let from = 0; from < records.length; from += BATCH) {
      const Entries = records.slice(from, from + BATCH).map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }))
      await cloud.call('sqs', 'DeleteMessageBatch', { QueueUrl, Entries }, role(), place)
    }
  }

  return {
    remove,

    /** Hands records to the function, and deletes those that are done with. All others come back by themselves. */
    async deliver(records: BatchRecord[]): Promise<void> {
      const answer = await invoke(records)
      if (answer === undefined) return
      await remove(doneWith(records, answer, mapping.reportsFailures))
    },

    /** A poll that was under way when the mapping stopped gives back what it got. */
    async release(messages: Message[]): Promise<void> {
      for (const { ReceiptHandle } of messages) {
        const input = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }
        await cloud.call('sqs', 'ChangeMessageVisibility', input, ownerItself, owner).catch(() => { /* it comes back later */ })
      }
    },
  }
}
