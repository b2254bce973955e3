import type { Cloud } from '../cloud.ts'
import type { Context } from '../service.ts'
import type { Document, Place } from '../store.ts'
import { queueDoesNotExist } from './errors.ts'
import { readUrl, stateOf, type Queue, type SqsState } from './state.ts'

/** What the operations of one account and region share. */
export type Sqs = {
  readonly cloud: Cloud
  readonly place: Place
  readonly document: Document<SqsState>
  /** Throws `QueueDoesNotExist` and `InvalidAddress`. */
  find(queueUrl: string | undefined, context: Context): Queue
  /** Says that a queue or its messages changed, to the disk and to those who wait for messages. */
  changed(queue: Queue): void
  /** Resolves when `queue` changed, after `ms` of the cloud's time, or when the cloud stops. */
  news(queue: Queue, ms: number): Promise<void>
  isStopped(): boolean
}

export function openSqs(cloud: Cloud, place: Place): Sqs {
  const document = stateOf(cloud, place)
  const waiting = new Map<Queue, Set<() => void>>()
  let stopped = false
  const wake = (queue: Queue) => { for (const goOn of waiting.get(queue) ?? []) goOn() }
  cloud.onStop(() => {
    stopped = true
    for (const queue of waiting.keys()) wake(queue)
  }, { early: true })

  return {
    cloud, place, document,
    isStopped: () => stopped,
    find(url, { headers }) {
      const queue = document.data.queues[readUrl(url).name]
      if (!queue) throw queueDoesNotExist(isQuery(headers))
      return queue
    },
    changed(queue) {
      document.changed()
      wake(queue)
    },
    news: (queue, ms) => new Promise((resolve) => {
      if (stopped) return resolve()
      const others = waiting.get(queue) ?? new Set()
      waiting.set(queue, others.add(goOn))
      const timer = cloud.clock.after(Math.max(1, ms), goOn)
      function goOn() {
        timer.cancel()
        others.delete(goOn)
        if (others.size === 0) waiting.delete(queue)
        resolve()
      }
    }),
  }
}

/** Requests inside the cloud have no headers at all. */
export const isQuery = (headers: Record<string, string>) => headers.host !== undefined && headers['x-amz-target'] === undefined
