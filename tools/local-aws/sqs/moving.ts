import { AwsError } from '../aws-error.ts'
import { uuid } from '../ids.ts'
import type { Operations } from '../service.ts'
import { deadLetterTarget } from './attributes.ts'
import { invalidParameter } from './errors.ts'
import { checkRange } from './queues.ts'
import type { Sqs } from './sqs.ts'
import { queueWithArn, type Message, type MoveTask, type Queue } from './state.ts'
import { dropExpired } from './stock.ts'

const absent = (parameter: string) =>
  new AwsError('ResourceNotFoundException', `The resource that you specified for the ${parameter} parameter doesn't exist.`)
/** AWS shows the last ten. */
const KEPT = 10

/**
 * Sends dead letters back to where they came from, or elsewhere, as new messages. Texts are LocalStack's recordings.
 *
 * Differs from AWS: all is moved at once, whatever the rate, so that there is never a task to cancel.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export function movingOperations(sqs: Sqs) {
  const { cloud, place, document } = sqs
  const tasks = () => document.data.moves ?? []
  const tasksOf = (arn: string) => tasks().filter(({ source }) => source === arn)
  const find = (arn: string) => queueWithArn(document.data, place, arn)

  /** Moves what can be received now. Stops at the first message that nobody knows the way for. */
  function move(source: Queue, destination: Queue | undefined): Pick<MoveTask, 'toMove' | 'moved' | 'failure'> {
    const now = cloud.clock.now()
    dropExpired(source, now)
    const letters = source.messages.filter(({ visibleAt }) => visibleAt <= now)
    let moved = 0
    for (const letter of letters) {
      const target = destination ?? (letter.deadLetterSource === undefined ? undefined : find(letter.deadLetterSource))
      if (!target) return { toMove: letters.length, moved, failure: 'CouldNotDetermineMessageSource' }
      source.messages = source.messages.filter((message) => message !== letter)
      target.messages.push(asNew(letter, now))
      sqs.changed(target)
      moved += 1
    }
    return { toMove: letters.length, moved }
  }

  return {
    StartMessageMoveTask({ SourceArn = '', DestinationArn, MaxNumberOfMessagesPerSecond: rate }) {
      const source = find(SourceArn)
      if (!source) throw absent('SourceArn')
      if (!Object.values(document.data.queues).some((queue) => deadLetterTarget(queue) === SourceArn))
        throw invalidParameter('Source queue must be configured as a Dead Letter Queue.')
      const destination = DestinationArn === undefined ? undefined : find(DestinationArn)
      if (DestinationArn !== undefined && !destination) throw absent('DestinationArn')
      checkRange(rate, 'MaxNumberOfMessagesPerSecond', 1, 500, 'Must be between 1 and 500, if provided.')

      const outcome = move(source, destination)
      const task: MoveTask = { id: uuid(), source: SourceArn, destination: DestinationArn, rate, startedAt: cloud.clock.now(), ...outcome }
      const [own, others] = [tasksOf(SourceArn), tasks().filter(({ source: other }) => other !== SourceArn)]
      document.data.moves = [task, ...own.slice(0, KEPT - 1), ...others]
      sqs.changed(source)
      return { TaskHandle: Buffer.from(JSON.stringify({ taskId: task.id, sourceArn: SourceArn })).toString('base64') }
    },

    ListMessageMoveTasks({ SourceArn = '', MaxResults = 1 }) {
      if (!find(SourceArn)) throw absent('SourceArn')
      return { Results: tasksOf(SourceArn).slice(0, Math.min(MaxResults, KEPT)).map(shown) }
    },

    CancelMessageMoveTask({ TaskHandle = '' }) {
      const source = sourceIn(TaskHandle)
      if (source === undefined) throw invalidParameter('Value for parameter TaskHandle is invalid.')
      if (!find(source)) throw absent('SourceArn')
      throw new AwsError('ResourceNotFoundException', 'Task does not exist.')
    },
  } satisfies Operations<'sqs'>
}

/** It gets a new id and a new time, and nobody has received it yet. */
const asNew = ({ deadLetterSource: _1, receipt: _2, firstReceivedAt: _3, ...letter }: Message, now: number): Message =>
  ({ ...letter, id: uuid(), sentAt: now, visibleAt: now, receiveCount: 0 })

const shown = ({ source, destination, rate, startedAt, toMove, moved, failure }: MoveTask) => ({
  Status: failure ? 'FAILED' : 'COMPLETED', SourceArn: source, ...destination && { DestinationArn: destination },
  ...rate && { MaxNumberOfMessagesPerSecond: rate }, ApproximateNumberOfMessagesMoved: moved, ApproximateNumberOfMessagesToMove: toMove, ...failure && { FailureReason: failure }, StartedTimestamp: startedAt,
})

function sourceIn(handle: string): string | undefined {
  try {
    const { sourceArn } = JSON.parse(Buffer.from(handle, 'base64').toString())
    return typeof sourceArn === 'string' ? sourceArn : undefined
  } catch {
    return undefined
  }
}
