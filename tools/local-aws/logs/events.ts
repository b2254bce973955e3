import type { Cloud } from '../cloud.ts'
import type { Operations } from '../service.ts'
import type { LogEvent } from './event-log.ts'
import type { EventLogs } from './event-logs.ts'
import { filterPattern } from './filter-pattern.ts'
import { checkLimit, readToken, writeToken } from './pages.ts'
import { findGroup, findStream, invalidParameter, type Group, type Groups, type Stream } from './state.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MOST_EVENTS = 10_000
const MAX_EVENT_BYTES = 1_048_576

/** Events: put, and read by stream or over the whole group. @see H.7 (facts) */
export function eventOperations(cloud: Cloud, groups: Groups, logs: EventLogs): Operations<'logs'> {
  const visible = async (group: Group) => {
    const events = (await logs.of(group)).events()
    if (!group.retentionDays) return events
    const oldest = cloud.clock.now() - group.retentionDays * DAY_MS
    return events.filter(({ timestamp }) => timestamp >= oldest)
  }

  return {
    async PutLogEvents({ logGroupName, logStreamName, logEvents = [] }) {
      const group = findGroup(groups, logGroupName)
      const stream = findStream(group, logStreamName)
      const now = cloud.clock.now()
      const given = logEvents.map(({ timestamp = 0, message = '' }) => ({ stream: stream.name, timestamp, ingestedAt: now, message }))
      checkBatch(given)

      const oldest = given.findIndex(({ timestamp }) => timestamp >= now - 14 * DAY_MS)
      const expired = group.retentionDays ? given.findIndex(({ timestamp }) => timestamp >= now - group.retentionDays! * DAY_MS) : 0
      const tooNew = given.findIndex(({ timestamp }) => timestamp > now + 2 * HOUR_MS)
      const first = [oldest, expired].includes(-1) ? given.length : Math.max(oldest, expired)
      const taken = given.slice(first, tooNew < 0 ? given.length : tooNew)

      await (await logs.of(group)).append(taken)
      for (const { message } of taken) cloud.events.emit({ kind: 'log', group: group.name, stream: stream.name, message })
      return { nextSequenceToken: '0', rejectedLogEventsInfo: rejected({ length: given.length, oldest, expired, tooNew }) }
    },

    async GetLogEvents({ logGroupName, logGroupIdentifier, logStreamName, startTime = 0, endTime = Infinity, limit, nextToken, startFromHead }) {
      const group = findGroup(groups, logGroupName ?? logGroupIdentifier)
      const stream = findStream(group, logStreamName)
      const events = (await visible(group)).filter((event) => event.stream === stream.name && event.timestamp >= startTime && event.timestamp < endTime)
      const page = pageOfStream(events, checkLimit(limit, MOST_EVENTS), nextToken, startFromHead)
      return {
        events: page.events.map(({ timestamp, message, ingestedAt }) => ({ timestamp, message, ingestionTime: ingestedAt })),
        nextForwardToken: page.forward,
        nextBackwardToken: page.backward,
      }
    },

    async FilterLogEvents(input) {
      const { startTime = 0, endTime = Infinity, limit, nextToken } = input
      const group = findGroup(groups, input.logGroupName ?? input.logGroupIdentifier)
      const size = checkLimit(limit, MOST_EVENTS)
      const matches = filterPattern(input.filterPattern)
      const inStreams = streamFilter(group, input)
      const after = nextToken === undefined ? undefined : positionOf(readToken(nextToken))

      const found = (await visible(group)).filter((event) => event.timestamp >= startTime && event.timestamp <= endTime
        && (!after || isAfter(event, after)) && inStreams(event.stream) && matches(event.message))
      const page = found.slice(0, size)
      return {
        events: page.map(({ id, stream, timestamp, message, ingestedAt }) =>
          ({ logStreamName: stream, timestamp, message, ingestionTime: ingestedAt, eventId: eventId(ingestedAt, id) })),
        searchedLogStreams: [],
        nextToken: found.length > page.length ? writeToken(positionText(page.at(-1)!)) : undefined,
      }
    },
  }
}

function checkBatch(events: { timestamp: number, message: string }[]) {
  if (events.length === 0 || events.length > MOST_EVENTS)
    throw invalidParameter(`1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and ${MOST_EVENTS}`)
  if (events.some(({ timestamp }, index) => index > 0 && timestamp < events[index - 1]!.timestamp))
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.')
  const sizes = events.map(({ message }) => Buffer.byteLength(message) + 26)
  if (events.some(({ message }) => message === '')) throw invalidParameter('Log event message must not be empty.')
  if (sizes.some((size) => size > MAX_EVENT_BYTES)) throw invalidParameter(`Log event too large: ${Math.max(...sizes)} bytes exceeds limit of ${MAX_EVENT_BYTES}`)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total > MAX_EVENT_BYTES) throw invalidParameter(`Upload too large: ${total} bytes exceeds limit of ${MAX_EVENT_BYTES}`)
}

/** Indexes as AWS counts them: the two ends are exclusive, the beginning inclusive; -1 where every event is on the wrong side. */
function rejected({ length, oldest, expired, tooNew }: { length: number, oldest: number, expired: number, tooNew: number }) {
  if (oldest === 0 && expired === 0 && tooNew < 0) return undefined
  const end = (first: number) => first < 0 ? length : first || undefined
  return {
    tooNewLogEventStartIndex: tooNew < 0 ? undefined : tooNew,
    tooOldLogEventEndIndex: end(oldest),
    expiredLogEventEndIndex: end(expired),
  }
}

function streamFilter(group: Group, { logStreamNames, logStreamNamePrefix }: { logStreamNames?: string[], logStreamNamePrefix?: string }) {
  if (logStreamNames?.length && logStreamNamePrefix)
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.')
  const names: Stream[] | undefined = logStreamNames?.map((name) => findStream(group, name))
  return (stream: string) => names ? names.some(({ name }) => name === stream) : stream.startsWith(logStreamNamePrefix ?? '')
}

type Position = { timestamp: number, id: number }
const positionText = ({ timestamp, id }: Position) => `${timestamp}-${id}`
const isAfter = (event: Position, { timestamp, id }: Position) => event.timestamp > timestamp || (event.timestamp === timestamp && event.id > id)

function positionOf(text: string): Position {
  const [timestamp, id] = text.split('-').map(Number)
  if (!Number.isInteger(timestamp) || !Number.isInteger(id)) throw invalidParameter('The specified nextToken is invalid.')
  return { timestamp: timestamp!, id: id! }
}

/** 56 digits, as AWS's are; they grow with arrival. */
const eventId = (ingestedAt: number, id: number) => `3${String(ingestedAt).padStart(14, '0')}${String(id).padStart(41, '0')}`

/** Both tokens are always given. At either end the same token comes back: how a reader knows that there is no more. */
function pageOfStream(events: LogEvent[], size: number, token?: string, startFromHead = false) {
  const [, direction, text] = /^([fb])\/(.+)$/.exec(token ?? '') ?? []
  if (token !== undefined && !direction) throw invalidParameter('The specified nextToken is invalid.')

  const at = text === undefined ? undefined : positionOf(readToken(text))
  const isForward = direction ? direction === 'f' : startFromHead
  const side = at ? events.filter((event) => isForward ? isAfter(event, at) : isAfter(at, event)) : events
  const page = isForward ? side.slice(0, size) : side.slice(-size)

  const edge = (event: LogEvent | undefined) => writeToken(positionText(event ?? at ?? { timestamp: 0, id: 0 }))
  return { events: page, forward: `f/${edge(page.at(-1))}`, backward: `b/${edge(page[0])}` }
}
