import type { CreateEventSourceMappingCommandInput, UpdateEventSourceMappingCommandInput } from '@aws-sdk/client-lambda'
import { AwsError, notBuilt } from '../../aws-error.ts'
import type { Cloud } from '../../cloud.ts'
import type { Place } from '../../store.ts'
import { invalidParameter, violates } from '../errors.ts'
import type { FunctionRecord } from '../function-store.ts'
import { readPattern } from './filter.ts'
import { queueIn, type EventSource } from './state.ts'

type Settings = Omit<CreateEventSourceMappingCommandInput, 'FunctionName'> | Omit<UpdateEventSourceMappingCommandInput, 'UUID'>

/** What only other kinds of sources take; AWS was recorded to say so of DestinationConfig. */
const OF_OTHERS = [
  'DestinationConfig', 'ParallelizationFactor', 'MaximumRecordAgeInSeconds', 'BisectBatchOnFunctionError', 'MaximumRetryAttempts',
  'TumblingWindowInSeconds', 'Topics', 'Queues', 'SourceAccessConfigurations', 'SelfManagedEventSource', 'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig', 'DocumentDBEventSourceConfig',
] as const
const ONE_RESPONSE_TYPE = 'Member must satisfy enum value set: [ReportBatchItemFailures]'
const NOT_BUILT = ['KMSKeyArn', 'MetricsConfig', 'LoggingConfig', 'ProvisionedPollerConfig'] as const

/** Refuses values that AWS's model refuses, settings of other kinds of sources, and what the local AWS does not have. */
export function checkSettings(input: Settings): void {
  checkRange('batchSize', input.BatchSize, 1, 10_000)
  checkRange('maximumBatchingWindowInSeconds', input.MaximumBatchingWindowInSeconds, 0, 300)
  checkRange('scalingConfig.maximumConcurrency', input.ScalingConfig?.MaximumConcurrency, 2, 1_000)
  if (input.FunctionResponseTypes?.some((type) => type !== 'ReportBatchItemFailures'))
    throw violates(`[${input.FunctionResponseTypes}]`, 'functionResponseTypes', `Member must satisfy constraint: [${ONE_RESPONSE_TYPE}]`)

  const given = input as Record<string, unknown>
  const unsupported = OF_OTHERS.find((name) => isGiven(given[name]))
  if (unsupported) throw invalidParameter(`Unsupported ${unsupported} parameter for given event source mapping type.`)
  if (isGiven(given.StartingPosition)) throw invalidParameter('StartingPosition is not valid for SQS event sources.')
  for (const { Pattern } of input.FilterCriteria?.Filters ?? []) readPattern(Pattern)
  const missing = NOT_BUILT.find((name) => isGiven(given[name]))
  if (missing) throw notBuilt(`lambda ${missing} of event source mappings`)
}

const isGiven = (value: unknown) => value !== undefined && value !== null && !(typeof value === 'object' && Object.keys(value).length === 0)

function checkRange(member: string, value: number | undefined, least: number, most: number) {
  if (value === undefined) return
  if (value < least) throw violates(value, member, `Member must have value greater than or equal to ${least}`)
  if (value > most) throw violates(value, member, `Member must have value less than or equal to ${most}`)
}

/** H.3. What AWS says of a FIFO queue with a large batch or a window is not known (U). */
export function checkBatching({ batchSize, windowSeconds, queueArn }: Pick<EventSource, 'batchSize' | 'windowSeconds' | 'queueArn'>): void {
  const isFifo = queueArn.endsWith('.fifo')
  if (isFifo && batchSize > 10) throw invalidParameter('Maximum batch size for FIFO queues is 10.')
  if (isFifo && windowSeconds > 0) throw invalidParameter('Batching window is not supported for FIFO queues.')
  if (batchSize > 10 && windowSeconds === 0)
    throw invalidParameter('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10')
}

const NO_QUEUE = 'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. '
  + 'SQS Error Message: The specified queue does not exist.'

/** What a poller does with the queue, in the order in which AWS looks. */
const NEEDED = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']

/** The role must be able to work on the queue, and the queue must be patient enough for the function (H.4). */
export async function checkQueue(cloud: Cloud, place: Place, queueArn: string, { configuration }: FunctionRecord): Promise<void> {
  const queue = queueIn(queueArn, place)
  if (!queue && queueArn.startsWith('arn:aws:sqs:')) throw invalidParameter('Event source must be in the same region as the function.')
  if (!queue) throw notBuilt(`lambda event sources other than SQS, such as ${queueArn},`)

  const settings = await settingsOf(cloud, place, queue)
  const principal = sessionOf(cloud, configuration)
  for (const action of NEEDED) {
    const { allowed } = cloud.authority.decide({ principal, action: `sqs:${action}`, resource: queueArn, resourcePolicy: settings?.Policy })
    if (!allowed) throw invalidParameter(`The provided execution role does not have permissions to call ${action} on SQS`)
  }
  if (!settings) throw invalidParameter(NO_QUEUE)
  const { VisibilityTimeout: visibility } = settings
  if (Number(visibility) < configuration.Timeout)
    throw invalidParameter(`Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${configuration.Timeout} seconds`)
}

function sessionOf(cloud: Cloud, { Role, FunctionName }: FunctionRecord['configuration']) {
  try {
    return cloud.authority.openSession(Role, FunctionName).principal
  } catch {
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.')
  }
}

/** Undefined where there is no such queue. */
async function settingsOf(cloud: Cloud, { region }: Place, { account, url }: { account: string, url: string }) {
  try {
    const asked = { QueueUrl: url, AttributeNames: ['All' as const] }
    const { Attributes = {} } = await cloud.call('sqs', 'GetQueueAttributes', asked, cloud.authority.internal(account), { account, region })
    return Attributes as Record<string, string>
  } catch (error) {
    if (error instanceof AwsError && error.name === 'QueueDoesNotExist') return undefined
    throw error
  }
}
