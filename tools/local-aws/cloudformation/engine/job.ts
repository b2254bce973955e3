import type { Cloud } from '../../cloud.ts'
import { uuid } from '../../ids.ts'
import type { Place } from '../../store.ts'
import { awsFor } from '../handler-failure.ts'
import type { Aws, Request, ResourceTypes } from '../resource-type.ts'
import type { Operation, Resource, Stack, StackEvent, Stacks } from '../state.ts'
import { hideSecrets } from './secrets.ts'

/** How many events of a stack are kept. */
const MAX_EVENTS = 2000

/** One operation on one stack while it runs, with what all of its steps need. */
export type Job = {
  cloud: Cloud
  place: Place
  types: ResourceTypes
  stacks: Stacks
  stack: Stack
  operation: Operation
  aws: Aws
  /** logical ids that failed, by what was tried; the first failure cancels what runs beside it */
  failures: { create: string[], update: string[], delete: string[] }
}

export const createJob = (cloud: Cloud, place: Place, types: ResourceTypes, stacks: Stacks, stack: Stack): Job => ({
  cloud, place, types, stacks, stack,
  operation: stack.operation!,
  aws: awsFor(cloud, stack.operation!.principal, place),
  failures: { create: [], update: [], delete: [] },
})

/** Moves the stack to `status` and says so. */
export function recordStack(job: Job, status: string, why?: string, detailedStatus?: StackEvent['detailedStatus']) {
  const { stack } = job
  const reason = hidden(job)(why)
  stack.status = status
  stack.statusReason = reason
  append(job, { id: uuid(), logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack', status, detailedStatus, reason })
}

/** Begins to roll back: to clients an operation of its own, with its own id (they look for the failure in the one before). */
export function recordRollback(job: Job, status: string, reason?: string) {
  job.operation.id = uuid()
  job.stack.lastOperations.unshift({ id: job.operation.id, type: 'ROLLBACK' })
  recordStack(job, status, reason)
}

/** Moves a resource to `status` and says so. `cleanup`: a deletion after an update, whose events look a little different (G1.7). */
export function recordResource(job: Job, resource: Resource, status: string, why?: string, { cleanup = false } = {}) {
  const { logicalId, physicalId, type, properties } = resource
  const at = timeAfter(job)
  const reason = hidden(job)(why)
  Object.assign(resource, { status, reason, at })
  const id = cleanup ? `${logicalId}-${uuid()}` : `${logicalId}-${status}-${new Date(at).toISOString()}`
  append(job, { id, logicalId, physicalId, type, status, reason, properties: cleanup ? undefined : hidden(job)(JSON.stringify(properties)) })
}

const hidden = ({ stack, operation }: Job) => hideSecrets(stack.definition, operation.target)

/** Strictly later than every event of the stack so far: clients tell new ones by their time. */
const timeAfter = ({ stack, cloud }: Job) => Math.max(cloud.clock.now(), (stack.events.at(-1)?.at ?? 0) + 1)

function append(job: Job, event: Omit<Stack['events'][number], 'at' | 'operationId' | 'token'>) {
  const { stack, operation, cloud, stacks } = job
  stack.events.push({ ...event, at: timeAfter(job), operationId: operation.id, token: operation.token })
  if (stack.events.length > MAX_EVENTS) stack.events.splice(0, stack.events.length - MAX_EVENTS)
  stacks.changed()
  const { logicalId, type, status, reason } = event
  cloud.events.emit({ kind: 'stack', stack: stack.name, logicalId, type, status, reason })
}

/** What a resource type is told besides the properties. */
export function requestFor(job: Job, resource: Resource, before = resource): Request {
  const { aws, place, stack } = job
  const { logicalId, physicalId, stackTags } = resource
  return { aws, place, stackName: stack.name, logicalId, id: physicalId, stackTags, previousStackTags: before.stackTags, made: async () => {} }
}
