import { isNotFound } from '../handler-failure.ts'
import type { Resource } from '../state.ts'
import { reversed, walk, type Graph } from '../template/graph.ts'
import { recordResource, requestFor, type Job } from './job.ts'
import { reasonOf } from './properties.ts'

/** Whether a resource's policy keeps the physical thing when the resource goes. Differs from AWS: Snapshot counts as Delete. */
export const isRetained = (policy: string | undefined, { rollback = false } = {}) =>
  policy === 'Retain' || (policy === 'RetainExceptOnCreate' && !rollback)

export const isGone = ({ status }: Resource) => status === 'DELETE_COMPLETE' || status === 'DELETE_SKIPPED'

/** Deletes all resources of the stack, each after those that need it. What fails is in `job.failures.delete`; what does not hang on it goes on. */
export async function removeAll(job: Job, { rollback = false } = {}) {
  const { stack, operation } = job
  const left = Object.fromEntries(Object.entries(stack.resources).filter(([, resource]) => !isGone(resource)))
  await walk(reversed(graphOf(left)), (id) => {
    const resource = left[id]!
    const retain = operation.retain?.includes(id) || isRetained(resource.deletionPolicy, { rollback })
    return remove(job, resource, { retain })
  }, { goOn: true })
}

/**
 * Deletes what an update or its rollback left over. Nothing here can fail the stack: what cannot be deleted is reported and given up.
 * Differs from AWS: one try instead of three.
 */
export async function removeGarbage(job: Job) {
  const { garbage } = job.operation
  const byId = Object.fromEntries(garbage.map(({ resource }) => [resource.logicalId, resource]))
  await walk(reversed(graphOf(byId)), async (id) => {
    const entry = garbage.find(({ resource }) => resource.logicalId === id)!
    await remove(job, entry.resource, { retain: entry.retain, cleanup: true })
    return true
  })
  job.operation.garbage = []
}

async function remove(job: Job, resource: Resource, { retain = false, cleanup = false }) {
  const type = job.types[resource.type]
  // Never made: nobody saw it begin, so only its end is told (U).
  if (!resource.physicalId || !type) return done('DELETE_COMPLETE')
  if (retain) return done('DELETE_SKIPPED')

  recordResource(job, resource, 'DELETE_IN_PROGRESS', undefined, { cleanup })
  await job.stacks.save()
  try {
    await type.delete(resource.properties, requestFor(job, resource))
  } catch (error) {
    if (!isNotFound(error)) {
      job.failures.delete.push(resource.logicalId)
      recordResource(job, resource, 'DELETE_FAILED', reasonOf(error, resource.logicalId), { cleanup })
      return false
    }
  }
  return done('DELETE_COMPLETE')

  async function done(status: string) {
    recordResource(job, resource, status, undefined, { cleanup })
    await job.stacks.save()
    return true
  }
}

/** Who needs whom among `resources`, as they were made. */
export const graphOf = (resources: Record<string, Resource>): Graph =>
  new Map(Object.entries(resources).map(([id, { dependsOn }]) => [id, dependsOn.filter((other) => Object.hasOwn(resources, other))]))
