import { recordResource, recordRollback, recordStack, type Job } from './job.ts'
import { findingsOf, validationFailed } from './early-validation.ts'
import { importsOf, planOf, type Plan } from './plan.ts'
import { outputsOf } from './outputs.ts'
import { apply } from './apply.ts'
import { reasonOf } from './properties.ts'
import { isRetained, removeAll, removeGarbage } from './remove.ts'
import { restore } from './restore.ts'
import type { Definition, Finding, Stack } from '../state.ts'
import { walk } from '../template/graph.ts'

/** Makes the stack what `operation.target` says, and if that fails what it was before. @see G2 for the events */
export async function deploy(job: Job) {
  const { stack, operation } = job
  const target = operation.target!
  const findings = operation.validates ? await findingsIn(job, target) : []
  if (findings.length > 0) return refuse(job, findings)

  const trouble = await attempt(stack.name, async () => {
    const plan = planOf(target, stack, job.place, job.stacks)
    const imports = importsOf(plan)
    await walk(plan.graph, (id) => apply(job, plan, id))
    const failed = failureText(job)
    if (failed) return failed
    const outputs = outputsOf(job, plan)
    settle(job, plan)
    Object.assign(stack, { definition: target, imports, outputs })
    return undefined
  })
  if (trouble !== undefined) return operation.kind === 'create' ? creationFailed(job, trouble) : updateFailed(job, trouble)

  if (operation.kind === 'update') {
    operation.touched = {}
    recordStack(job, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
    return cleanUp(job, 'UPDATE_COMPLETE')
  }
  return end(job, 'CREATE_COMPLETE')
}

/** A template that cannot even be planned is left to the deployment, which says why. */
const findingsIn = (job: Job, target: Definition) => findingsOf(job, target).catch(() => [])

/** Ends an operation that early validation refused: nothing was made. Of an update only the first events are recorded, the rest is as if one had failed. */
async function refuse(job: Job, findings: Finding[]) {
  const { stack, operation } = job
  const [{ type }] = stack.lastOperations as [Stack['lastOperations'][number]]
  stack.refused = { id: operation.id, type, at: job.cloud.clock.now(), findings }
  recordStack(job, operation.kind === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', validationFailed(findings), 'VALIDATION_FAILED')
  if (operation.onFailure === 'DO_NOTHING') {
    if (operation.kind === 'create') stack.operation = undefined
    return job.stacks.save()
  }
  if (operation.kind === 'update') {
    recordRollback(job, 'UPDATE_ROLLBACK_IN_PROGRESS', SEE_FAILED)
    return rollBackUpdate(job)
  }
  recordRollback(job, operation.onFailure === 'DELETE' ? 'DELETE_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS', SEE_FAILED)
  return operation.onFailure === 'DELETE' ? destroy(job) : rollBackCreation(job)
}
const SEE_FAILED = 'Validation failure detected. See the operation\'s FAILED event for details.'

/** A sentence of AWS for what went wrong, or undefined. */
async function attempt(stackName: string, work: () => Promise<string | undefined>) {
  try {
    return await work()
  } catch (error) {
    return `${reasonOf(error, stackName).replace(/\.$/, '')}. `
  }
}

const failureText = ({ failures }: Job) => (['create', 'update'] as const)
  .filter((verb) => failures[verb].length > 0)
  .map((verb) => `The following resource(s) failed to ${verb}: [${failures[verb].join(', ')}]. `)
  .join('') || undefined

/** Everything is made: takes over what needs no call, and hands over what is no longer wanted. */
function settle(job: Job, plan: Plan) {
  const { stack, operation } = job
  for (const [id, { DeletionPolicy, UpdateReplacePolicy, Metadata }] of plan.resources)
    Object.assign(stack.resources[id]!, {
      deletionPolicy: DeletionPolicy, updateReplacePolicy: UpdateReplacePolicy, metadata: Metadata, dependsOn: plan.graph.get(id),
    })

  for (const [id, { how, before }] of Object.entries(operation.touched))
    if (how === 'replaced' && before!.physicalId !== stack.resources[id]!.physicalId)
      operation.garbage.push({ resource: before!, retain: isRetained(before!.updateReplacePolicy) })

  for (const [id, resource] of Object.entries(stack.resources)) {
    if (plan.resources.has(id)) continue
    operation.garbage.push({ resource, retain: isRetained(resource.deletionPolicy) })
    delete stack.resources[id]
  }
}

async function creationFailed(job: Job, reason: string) {
  const { operation } = job
  if (operation.onFailure === 'DO_NOTHING') return end(job, 'CREATE_FAILED', reason)
  if (operation.onFailure === 'DELETE') {
    recordRollback(job, 'DELETE_IN_PROGRESS', `${reason}Delete requested by user.`)
    return destroy(job)
  }
  recordRollback(job, 'ROLLBACK_IN_PROGRESS', `${reason}Rollback requested by user.`)
  return rollBackCreation(job)
}

/** Deletes what a failed creation made. */
export async function rollBackCreation(job: Job) {
  await removeAll(job, { rollback: true })
  return job.failures.delete.length > 0 ? end(job, 'ROLLBACK_FAILED', undeleted(job)) : end(job, 'ROLLBACK_COMPLETE')
}

async function updateFailed(job: Job, reason: string) {
  if (job.operation.onFailure === 'DO_NOTHING') {
    recordStack(job, 'UPDATE_FAILED', reason)
    return job.stacks.save()
  }
  recordRollback(job, 'UPDATE_ROLLBACK_IN_PROGRESS', reason)
  return rollBackUpdate(job)
}

/** Brings back what the stack was before the update. */
export async function rollBackUpdate(job: Job, skip: string[] = []) {
  job.failures.update = []
  await restore(job, skip)
  if (job.failures.update.length > 0) {
    recordStack(job, 'UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${job.failures.update.join(', ')}]. `)
    return job.stacks.save()
  }
  recordStack(job, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS')
  return cleanUp(job, 'UPDATE_ROLLBACK_COMPLETE')
}

/** Deletes what is left over, then ends the operation with `status`. */
export async function cleanUp(job: Job, status: 'UPDATE_COMPLETE' | 'UPDATE_ROLLBACK_COMPLETE') {
  await job.stacks.save()
  await removeGarbage(job)
  return end(job, status)
}

/** Deletes the whole stack. */
export async function destroy(job: Job) {
  const { stack, stacks } = job
  const inUse = stack.outputs.flatMap(({ exportName }) => {
    const user = exportName && stacks.all().find(({ imports, status }) => status !== 'DELETE_COMPLETE' && imports.includes(exportName))
    return user ? [`Cannot delete export ${exportName} as it is in use by ${user.name}.`] : [] // G2.8
  })
  if (inUse.length > 0) return end(job, 'DELETE_FAILED', inUse.join(' '))

  await removeAll(job)
  if (job.failures.delete.length > 0) return end(job, 'DELETE_FAILED', undeleted(job))
  stack.deletedAt = job.cloud.clock.now()
  stacks.removeChangeSets(({ stackId }) => stackId === stack.id)
  return end(job, 'DELETE_COMPLETE')
}

const undeleted = ({ failures }: Job) => `The following resource(s) failed to delete: [${failures.delete.join(', ')}]. `

async function end(job: Job, status: string, reason?: string) {
  recordStack(job, status, reason)
  job.stack.operation = undefined
  await job.stacks.save()
}

/** What was under way when the process died counts as failed; what was planned may exist and is taken for real. */
export function abandonSteps(job: Job) {
  for (const resource of Object.values(job.stack.resources)) {
    const [, verb] = /^(CREATE|UPDATE)_IN_PROGRESS$/.exec(resource.status) ?? []
    if (!verb) continue
    const isReplacing = job.operation.touched[resource.logicalId]?.how === 'replaced'
    if (resource.plannedId && (verb === 'CREATE' || isReplacing)) resource.physicalId = resource.plannedId
    resource.plannedId = undefined
    job.failures[verb === 'CREATE' ? 'create' : 'update'].push(resource.logicalId)
    recordResource(job, resource, `${verb}_FAILED`, `Resource ${verb === 'CREATE' ? 'creation' : 'update'} cancelled`)
  }
}
