import type { OperationEvent, StackEvent as EventView } from '@aws-sdk/client-cloudformation'
import type { OperationType, Refused, Stack, StackEvent } from '../state.ts'

/** A stack event as DescribeStackEvents shows it. */
export const viewEvent = (stack: Stack, event: StackEvent): EventView => ({
  StackId: stack.id, StackName: stack.name, EventId: event.id, LogicalResourceId: event.logicalId, PhysicalResourceId: event.physicalId,
  ResourceType: event.type,
  Timestamp: new Date(event.at), ResourceStatus: event.status as EventView['ResourceStatus'], ResourceStatusReason: event.reason,
  ResourceProperties: event.properties, DetailedStatus: event.detailedStatus,
  OperationId: event.operationId, ClientRequestToken: event.token,
})

/**
 * The events of a stack by operation, oldest first: that it began, what happened, what early validation found, how it ended.
 *
 * @see github.com/radkawar/stackd testdata/aws/cloudformation/function_resource_policy_validation.json, recorded on 30 Sep 2026: `PROGRESS`, where
 * the API reference says PROGRESS_EVENT
 */
export function operationEvents(stack: Stack): OperationEvent[] {
  return operations(stack).flatMap(([first, ...rest]) => {
    const events = [first!, ...rest]
    const refused = stack.refused?.id === first!.operationId ? validationErrors(stack.id, stack.refused!) : []
    const [start, end] = bounds(stack, events)
    const failedAt = events.findIndex(({ detailedStatus }) => detailedStatus)
    const progress = events.map((event) => progressOf(stack, event))
    progress.splice(Math.max(failedAt, 0), 0, ...refused)
    return [start, ...progress, ...(end ? [end] : [])]
  })
}

/** What early validation found, as events (G2.1). */
export const validationErrors = (stackId: string, { id, type, at, findings }: Refused): OperationEvent[] =>
  findings.map(({ logicalId, type: resourceType, validation, reason, path }, index) => ({
    EventId: `${id}-${index}`, StackId: stackId, OperationId: id, OperationType: type, EventType: 'VALIDATION_ERROR',
    LogicalResourceId: logicalId, PhysicalResourceId: '', ResourceType: resourceType, Timestamp: new Date(at),
    ValidationFailureMode: 'FAIL', ValidationName: validation, ValidationStatus: 'FAILED', ValidationStatusReason: reason, ValidationPath: path,
  }))

/** Whether an event says that something went wrong. */
export const isFailed = ({ EventType, OperationStatus }: OperationEvent) =>
  EventType === 'VALIDATION_ERROR' || EventType === 'PROVISIONING_ERROR' || OperationStatus === 'FAILED'

/** Events that belong to the same operation stand together. */
function operations({ events }: Stack): StackEvent[][] {
  const groups: StackEvent[][] = []
  for (const event of events) {
    const last = groups.at(-1)
    if (last && last[0]!.operationId === event.operationId) last.push(event)
    else groups.push([event])
  }
  return groups
}

function progressOf(stack: Stack, event: StackEvent): OperationEvent {
  const { StackName: _, ...view } = viewEvent(stack, event)
  return { ...view, EventType: event.status.endsWith('_FAILED') ? 'PROVISIONING_ERROR' : 'PROGRESS' as never }
}

/** That an operation began and, unless it is still going on, how it ended. */
function bounds(stack: Stack, events: StackEvent[]): [OperationEvent, OperationEvent?] {
  const [first, last] = [events[0]!, events.at(-1)!]
  const start = new Date(first.at)
  const one: OperationEvent = { StackId: stack.id, OperationId: first.operationId, OperationType: typeOf(first.status), EventType: 'STACK_EVENT', StartTime: start }
  const begun: OperationEvent = { ...one, EventId: `${first.id}-begun`, OperationStatus: 'IN_PROGRESS', Timestamp: start }
  if (last === stack.events.at(-1) && stack.status.endsWith('_IN_PROGRESS') && stack.status !== 'REVIEW_IN_PROGRESS') return [begun]

  const isComplete = events.findLast(({ type }) => type === 'AWS::CloudFormation::Stack')!.status.endsWith('_COMPLETE')
  const end = new Date(last.at)
  return [begun, { ...one, EventId: `${last.id}-ended`, OperationStatus: isComplete ? 'SUCCEEDED' : 'FAILED', Timestamp: end, EndTime: end }]
}

/** By the first status of an operation; a change set of type CREATE leaves a stack in review. */
function typeOf(status: string): OperationType | 'CREATE_CHANGESET' {
  if (status.includes('ROLLBACK')) return 'ROLLBACK'
  const verb = status.split('_')[0] as 'CREATE' | 'UPDATE' | 'DELETE' | 'REVIEW'
  return verb === 'REVIEW' ? 'CREATE_CHANGESET' : `${verb}_STACK`
}
