import { AwsError } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Document, Place } from '../store.ts'

/** Groups and streams; their events are in the group's file. Times in milliseconds since the epoch. */
export type Group = {
  name: string
  createdAt: number
  /** of the events, in the service's folder; random, so a group made again starts empty */
  file: string
  retentionDays?: number
  tags: Record<string, string>
  streams: Stream[]
}
export type Stream = { name: string, createdAt: number }

export type Groups = Document<{ groups: Group[] }>

export const groupsOf = (cloud: Cloud, { account, region }: Place): Groups =>
  cloud.store.document('logs', { account, region }, () => ({ groups: [] as Group[] }))

/** The names of the files that hold the events of a place. */
export const eventFiles = (cloud: Cloud, place: Place) => groupsOf(cloud, place).data.groups.map(({ file }) => `${file}.jsonl`)

/** By name or ARN (with or without `:*`). Throws AwsError `ResourceNotFoundException` (H.7). */
export function findGroup(groups: Groups, nameOrArn = ''): Group {
  const name = groupName(nameOrArn)
  const group = groups.data.groups.find((candidate) => candidate.name === name)
  if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
  return group
}

export function findStream(group: Group, name = ''): Stream {
  const stream = group.streams.find((candidate) => candidate.name === name)
  if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')
  return stream
}

export const groupName = (nameOrArn: string) => nameOrArn.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, '').replace(/:\*$/, '')

export const groupArn = ({ account, region }: Place, name: string) => `arn:aws:logs:${region}:${account}:log-group:${name}`

export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message)
