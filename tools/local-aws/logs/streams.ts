import type { LogStream } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../aws-error.ts'
import type { Clock } from '../clock.ts'
import type { Operations } from '../service.ts'
import type { LogEvent } from './event-log.ts'
import type { EventLogs } from './event-logs.ts'
import { checkLimit, pageAfter } from './pages.ts'
import { findGroup, findStream, groupArn, invalidParameter, type Groups, type Stream } from './state.ts'

export const streamOperations = (groups: Groups, logs: EventLogs, clock: Clock): Operations<'logs'> => ({
  CreateLogStream({ logGroupName, logStreamName: name = '' }) {
    const group = findGroup(groups, logGroupName)
    checkName(name)
    if (group.streams.some((stream) => stream.name === name)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
    group.streams.push({ name, createdAt: clock.now() })
    groups.changed()
    return {}
  },

  async DeleteLogStream({ logGroupName, logStreamName }) {
    const group = findGroup(groups, logGroupName)
    const stream = findStream(group, logStreamName)
    group.streams = group.streams.filter((other) => other !== stream)
    groups.changed()
    await (await logs.of(group)).drop(stream.name)
    return {}
  },

  async DescribeLogStreams({ logGroupName, logGroupIdentifier, logStreamNamePrefix = '', orderBy = 'LogStreamName', descending, limit, nextToken }) {
    if (orderBy === 'LastEventTime' && logStreamNamePrefix) throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
    const group = findGroup(groups, logGroupName ?? logGroupIdentifier)
    const events = (await logs.of(group)).events()
    const arn = groupArn(groups.place, group.name)

    const found = group.streams.filter(({ name }) => name.startsWith(logStreamNamePrefix))
      .map((stream) => describe(stream, arn, events.filter((event) => event.stream === stream.name)))
    const order = orderBy === 'LastEventTime' ? byLastEvent : ({ logStreamName }: LogStream) => logStreamName!
    const page = pageAfter(found, order, checkLimit(limit, 50), nextToken, descending)
    return { logStreams: page.items, nextToken: page.nextToken }
  },
})

function describe({ name, createdAt }: Stream, arn: string, events: LogEvent[]): LogStream {
  return {
    logStreamName: name,
    creationTime: createdAt,
    firstEventTimestamp: events[0]?.timestamp,
    lastEventTimestamp: events.at(-1)?.timestamp,
    lastIngestionTime: events.at(-1)?.ingestedAt,
    uploadSequenceToken: '0',
    arn: `${arn}:log-stream:${name}`,
    storedBytes: 0,
  }
}

/** Streams with equal times follow their names. */
const byLastEvent = ({ lastEventTimestamp = 0, logStreamName }: LogStream) => `${String(lastEventTimestamp).padStart(15, '0')} ${logStreamName}`

function checkName(name: string) {
  if (/^[^:*]{1,512}$/.test(name)) return
  throw invalidParameter(`1 validation error detected: Value '${name}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`)
}
