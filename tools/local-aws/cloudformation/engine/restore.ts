import type { Touched } from '../state.ts'
import { walk } from '../template/graph.ts'
import { recordResource, requestFor, type Job } from './job.ts'
import { reasonOf } from './properties.ts'
import { graphOf, isRetained } from './remove.ts'

/**
 * Takes back what a failed update has touched: new resources become garbage, replaced ones are themselves again, changed ones get their old
 * properties. What fails is in `job.failures.update` and stays touched, so that it can be tried again; `skip` names those to leave alone.
 */
export async function restore(job: Job, skip: string[] = []) {
  const { stack, operation } = job
  for (const [id, { how }] of Object.entries(operation.touched)) {
    if (how !== 'created') continue
    const resource = stack.resources[id]
    if (resource) operation.garbage.push({ resource, retain: isRetained(resource.deletionPolicy, { rollback: true }) })
    delete stack.resources[id]
    delete operation.touched[id]
  }
  await job.stacks.save()

  const before = Object.fromEntries(Object.entries(operation.touched).map(([id, touched]) => [id, touched.before!]))
  await walk(graphOf(before), (id) => restoreOne(job, id, operation.touched[id]!, skip.includes(id)), { goOn: true })
}

async function restoreOne(job: Job, id: string, { how, before }: Touched, skip: boolean) {
  const { stack, operation } = job
  const current = stack.resources[id]!
  const old = structuredClone(before!)
  if (!skip) {
    recordResource(job, current, 'UPDATE_IN_PROGRESS')
    try {
      if (how === 'updated') await job.types[old.type]!.update!(old.properties, requestFor(job, old, current), current.properties)
    } catch (error) {
      job.failures.update.push(id)
      recordResource(job, current, 'UPDATE_FAILED', reasonOf(error, id))
      return false
    }
  }
  if (current.physicalId !== old.physicalId) operation.garbage.push({ resource: current, retain: isRetained(current.updateReplacePolicy) })
  stack.resources[id] = old
  delete operation.touched[id]
  recordResource(job, old, 'UPDATE_COMPLETE')
  await job.stacks.save()
  return true
}
