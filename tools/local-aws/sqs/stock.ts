import { numberOf, redriveOf } from './attributes.ts'
import type { Sqs } from './sqs.ts'
import { isFifo, queueArn, type Message, type Queue } from './state.ts'

/** Forgets what was kept long enough. */
export function dropExpired(queue: Queue, now: number): void {
  const oldest = now - numberOf(queue, 'MessageRetentionPeriod') * 1000
  if (queue.messages.some(({ sentAt }) => sentAt < oldest)) queue.messages = queue.messages.filter(({ sentAt }) => sentAt >= oldest)
}

/**
 * The messages that can be received now, oldest first. Those that were received too often go to the dead letter queue instead: on AWS, too,
 * that happens when somebody asks, not before.
 */
export function receivable(sqs: Sqs, queue: Queue, count: number): Message[] {
  const now = sqs.cloud.clock.now()
  dropExpired(queue, now)
  const blocked = groupsInFlight(queue, now)
  const redrive = redriveOf(sqs, queue)
  const taken: Message[] = []
  const dead: Message[] = []
  for (const message of queue.messages) {
    if (taken.length === count) break
    if (message.visibleAt > now || (message.groupId !== undefined && blocked.has(message.groupId))) continue
    const isDead = redrive && message.receiveCount >= redrive.maxReceiveCount
    ;(isDead ? dead : taken).push(message)
  }
  if (dead.length > 0) bury(sqs, queue, redrive!.target, dead)
  return taken
}

/** FIFO: while a message of a group is in flight nobody gets another of that group. A standard queue's groups block nothing. */
function groupsInFlight(queue: Queue, now: number): Set<string> {
  if (!isFifo(queue)) return new Set()
  return new Set(queue.messages.flatMap(({ groupId, receiveCount, visibleAt }) => receiveCount > 0 && visibleAt > now && groupId ? [groupId] : []))
}

/** A dead letter keeps its id, its time and its count of receipts. */
function bury(sqs: Sqs, queue: Queue, target: Queue, dead: Message[]) {
  queue.messages = queue.messages.filter((message) => !dead.includes(message))
  const deadLetterSource = queueArn(sqs.place, queue.name)
  const arrivals = dead.map((message) => ({ ...message, receipt: undefined, deadLetterSource, visibleAt: sqs.cloud.clock.now() }))
  // Of FIFO queues it is known (LocalStack's recordings) that the time of sending is kept in standard queues only.
  target.messages.push(...arrivals.map((message) => isFifo(target) ? { ...message, sentAt: sqs.cloud.clock.now() } : message))
  sqs.changed(target)
  sqs.changed(queue)
}

/** When the next message may become receivable, by itself; Infinity where none will. */
export const nextDue = (queue: Queue, now: number): number =>
  queue.messages.reduce((soonest, { visibleAt }) => visibleAt > now && visibleAt < soonest ? visibleAt : soonest, Infinity)
