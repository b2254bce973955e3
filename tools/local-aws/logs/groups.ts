import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError, notBuilt } from '../aws-error.ts'
import type { Clock } from '../clock.ts'
import { randomLower } from '../ids.ts'
import type { Operations } from '../service.ts'
import type { Place } from '../store.ts'
import type { EventLogs } from './event-logs.ts'
import { checkLimit, pageAfter } from './pages.ts'
import { findGroup, groupArn, groupName, invalidParameter, type Group, type Groups } from './state.ts'

/** Log groups, their retention and their tags. */
export const groupOperations = (groups: Groups, logs: EventLogs, clock: Clock): Operations<'logs'> => ({
  CreateLogGroup({ logGroupName: name = '', tags = {}, kmsKeyId, logGroupClass = 'STANDARD', deletionProtectionEnabled }) {
    if (kmsKeyId) throw notBuilt('logs CreateLogGroup with kmsKeyId')
    if (deletionProtectionEnabled) throw notBuilt('logs CreateLogGroup with deletionProtectionEnabled')
    if (logGroupClass !== 'STANDARD') throw notBuilt(`logs CreateLogGroup of class ${logGroupClass}`)
    checkName(name)
    if (groups.data.groups.some((group) => group.name === name)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')

    groups.data.groups.push({ name, createdAt: clock.now(), file: randomLower(24), tags: { ...tags }, streams: [] })
    groups.changed()
    return {}
  },

  async DeleteLogGroup({ logGroupName }) {
    const group = findGroup(groups, logGroupName)
    groups.data.groups = groups.data.groups.filter((other) => other !== group)
    groups.changed()
    await logs.remove(group)
    return {}
  },

  async DescribeLogGroups({ logGroupNamePrefix = '', logGroupNamePattern = '', limit, nextToken, includeLinkedAccounts, logGroupIdentifiers }) {
    if (includeLinkedAccounts) throw notBuilt('logs DescribeLogGroups of other accounts')
    if (logGroupNamePrefix && logGroupNamePattern) throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.')

    const names = logGroupIdentifiers?.map(groupName)
    const found = groups.data.groups.filter(({ name }) => name.startsWith(logGroupNamePrefix)
      && name.toLowerCase().includes(logGroupNamePattern.toLowerCase()) && (!names || names.includes(name)))
    const page = pageAfter(found, ({ name }) => name, checkLimit(limit, 50), nextToken)
    return { logGroups: await Promise.all(page.items.map((group) => describe(group, groups.place, logs))), nextToken: page.nextToken }
  },

  PutRetentionPolicy({ logGroupName, retentionInDays = 0 }) {
    const group = findGroup(groups, logGroupName)
    if (!RETENTION_DAYS.includes(retentionInDays)) throw invalidParameter(`Invalid retention value. Valid values are: ${RETENTION_DAYS.join(', ')}`)
    group.retentionDays = retentionInDays
    groups.changed()
    return {}
  },

  DeleteRetentionPolicy({ logGroupName }) {
    delete findGroup(groups, logGroupName).retentionDays
    groups.changed()
    return {}
  },

  ListTagsForResource: ({ resourceArn }) => ({ tags: findGroup(groups, resourceArn).tags }),

  TagResource({ resourceArn, tags }) {
    const group = findGroup(groups, resourceArn)
    group.tags = { ...group.tags, ...tags }
    groups.changed()
    return {}
  },

  UntagResource({ resourceArn, tagKeys = [] }) {
    const group = findGroup(groups, resourceArn)
    group.tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !tagKeys.includes(key)))
    groups.changed()
    return {}
  },
})

async function describe(group: Group, place: Place, logs: EventLogs): Promise<LogGroup> {
  const arn = groupArn(place, group.name)
  const events = (await logs.of(group)).events()
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    retentionInDays: group.retentionDays,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: 'STANDARD',
    storedBytes: events.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0),
  }
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]

function checkName(name: string) {
  if (/^[\w.\-/#]{1,512}$/.test(name)) return
  throw invalidParameter(`1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`)
}
