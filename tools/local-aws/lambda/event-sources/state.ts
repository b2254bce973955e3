import type { Place } from '../../store.ts'
import { notFound } from '../errors.ts'
import type { LambdaState } from '../function-store.ts'

/** One event source mapping as it is kept. Times in milliseconds since the epoch. */
export type EventSource = {
  id: string
  queueArn: string
  functionName: string
  /** as the mapping was given it: with a qualifier, if it had one */
  functionArn: string
  enabled: boolean
  state: 'Creating' | 'Enabled' | 'Enabling' | 'Updating' | 'Disabled' | 'Disabling' | 'Deleting'
  batchSize: number
  windowSeconds: number
  reportsFailures: boolean
  maximumConcurrency?: number
  /** patterns, as JSON; a message is wanted that fits one of them */
  filters?: string[]
  modifiedAt: number
  tags: Record<string, string>
}

export const mappingArn = ({ account, region }: Place, id: string) => `arn:aws:lambda:${region}:${account}:event-source-mapping:${id}`

/** Throws `ResourceNotFoundException`. */
export function findMapping({ eventSources }: LambdaState, id = ''): EventSource {
  const mapping = eventSources?.find((one) => one.id === id)
  if (!mapping) throw notFound('The resource you requested does not exist.')
  return mapping
}

/** What the operations answer. */
export const shownMapping = (place: Place, mapping: EventSource) => ({
  UUID: mapping.id,
  BatchSize: mapping.batchSize,
  MaximumBatchingWindowInSeconds: mapping.windowSeconds,
  EventSourceArn: mapping.queueArn,
  FunctionArn: mapping.functionArn,
  LastModified: new Date(mapping.modifiedAt),
  State: mapping.state,
  StateTransitionReason: 'USER_INITIATED',
  FunctionResponseTypes: mapping.reportsFailures ? ['ReportBatchItemFailures' as const] : [],
  EventSourceMappingArn: mappingArn(place, mapping.id),
  ...mapping.filters?.length && { FilterCriteria: { Filters: mapping.filters.map((Pattern) => ({ Pattern })) } },
  ...mapping.maximumConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency } },
})

/** `{ account, name }` and the address of the queue that an ARN names. Undefined for what is no queue. */
export function queueIn(arn: string, { region }: Place) {
  const [, account, name] = new RegExp(`^arn:aws:sqs:${region}:(\\d{12}):([\\w.-]+)$`).exec(arn) ?? []
  return account && name ? { account, name, url: `https://sqs.${region}.amazonaws.com/${account}/${name}` } : undefined
}
