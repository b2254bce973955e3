import { isDeepStrictEqual } from 'node:util'
import { own } from '../../members.ts'
import { validationError } from '../errors.ts'
import { alreadyExists } from '../handler-failure.ts'
import type { Request, ResourceType } from '../resource-type.ts'
import type { Resource } from '../state.ts'
import { recordResource, requestFor, type Job } from './job.ts'
import type { Plan } from './plan.ts'
import { propertiesOf, reasonOf, typeOf } from './properties.ts'

const REPLACES = 'Requested update requires the creation of a new physical resource; hence creating one.'

/** Makes one resource what the plan says: creates it, changes it, replaces it or leaves it alone. Answers whether it worked. */
export async function apply(job: Job, plan: Plan, logicalId: string): Promise<boolean> {
  const present = own(job.stack.resources, logicalId)
  let properties: Record<string, unknown>
  try {
    properties = await propertiesOf(job, plan, logicalId)
  } catch (error) {
    return refuse(job, present ?? blank(job, plan, logicalId), error)
  }
  const wanted = { ...blank(job, plan, logicalId), properties }
  const type = typeOf(job, plan, logicalId)
  if (!present?.physicalId) return create(job, type, wanted)

  const names = changedProperties(present.properties, properties)
  const retagged = Boolean(type.tagged) && !isDeepStrictEqual(present.stackTags, wanted.stackTags)
  if (names.length === 0 && !retagged && !present.status.endsWith('_FAILED')) return true
  return needsReplacement(type, names) ? replace(job, type, wanted, present) : update(job, type, wanted, present)
}

export const changedProperties = (before: Record<string, unknown>, after: Record<string, unknown>) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !isDeepStrictEqual(before[name], after[name]))

export const needsReplacement = ({ replacedBy, ...type }: ResourceType, names: string[]) =>
  names.length > 0 && (!type.update || replacedBy === 'every property' || names.some((name) => replacedBy.includes(name)))

function blank({ stack, operation }: Job, plan: Plan, logicalId: string): Resource {
  const { Type, DeletionPolicy, UpdateReplacePolicy, Metadata } = plan.resources.get(logicalId)!
  return {
    logicalId, type: Type, physicalId: '', status: '', at: 0, properties: {}, attributes: {},
    dependsOn: plan.graph.get(logicalId)!, stackTags: (operation.target ?? stack.definition).tags,
    deletionPolicy: DeletionPolicy, updateReplacePolicy: UpdateReplacePolicy, metadata: Metadata,
  }
}

/** The resource cannot even be tried. */
function refuse(job: Job, resource: Resource, error: unknown) {
  const verb = resource.physicalId ? 'update' : 'create'
  job.stack.resources[resource.logicalId] = resource
  if (!own(job.operation.touched, resource.logicalId))
    job.operation.touched[resource.logicalId] = verb === 'create' ? { how: 'created' } : { how: 'replaced', before: { ...resource } }
  recordResource(job, resource, `${verb.toUpperCase()}_IN_PROGRESS`)
  return fail(job, resource, verb, error)
}

async function create(job: Job, type: ResourceType, resource: Resource) {
  job.stack.resources[resource.logicalId] = resource
  job.operation.touched[resource.logicalId] = { how: 'created' }
  recordResource(job, resource, 'CREATE_IN_PROGRESS')
  return finish(job, resource, 'create', () => makePhysical(job, type, resource, 'CREATE_IN_PROGRESS'))
}

async function replace(job: Job, type: ResourceType, wanted: Resource, before: Resource) {
  const resource = { ...wanted, physicalId: before.physicalId, attributes: before.attributes }
  job.stack.resources[resource.logicalId] = resource
  job.operation.touched[resource.logicalId] = { how: 'replaced', before: { ...before } }
  recordResource(job, resource, 'UPDATE_IN_PROGRESS', REPLACES)
  return finish(job, resource, 'update', async () => {
    const name = type.nameProperty && resource.properties[type.nameProperty]
    if (name !== undefined && name === before.properties[type.nameProperty!])
      throw customNamed(before.physicalId)
    await makePhysical(job, type, resource, 'UPDATE_IN_PROGRESS')
  })
}

async function update(job: Job, type: ResourceType, wanted: Resource, before: Resource) {
  const resource = { ...wanted, physicalId: before.physicalId, attributes: before.attributes }
  job.stack.resources[resource.logicalId] = resource
  job.operation.touched[resource.logicalId] = { how: 'updated', before: { ...before } }
  recordResource(job, resource, 'UPDATE_IN_PROGRESS')
  return finish(job, resource, 'update', async () => {
    await job.stacks.save()
    const made = await type.update!(resource.properties, requestFor(job, resource, before), before.properties)
    resource.attributes = made?.attributes ?? resource.attributes
  })
}

/** @see G2.4 (facts) */
const customNamed = (name: string) => validationError(
  `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`,
)

/** Creates the physical resource. Its planned id is on disk before it can exist, its real one right after. */
async function makePhysical(job: Job, type: ResourceType, resource: Resource, status: string) {
  const planning: Request = { ...requestFor(job, resource), id: '' }
  const id = type.plan?.(resource.properties, planning) ?? ''
  checkOwner(job, type, resource, id)
  if (await type.exists?.(resource.properties, { ...planning, id })) throw alreadyExists(resource.type, id)
  resource.plannedId = id || undefined
  await job.stacks.save()

  let isMade = false
  const made = async (newId: string) => {
    if (isMade) return
    isMade = true
    resource.physicalId = newId
    resource.plannedId = undefined
    recordResource(job, resource, status, 'Resource creation Initiated')
    await job.stacks.save()
  }
  const result = await type.create(resource.properties, { ...planning, id, made })
  await made(result?.id ?? id)
  resource.attributes = result?.attributes ?? {}
}

/** A name that another stack owns is refused by CloudFormation itself (G2.2). */
function checkOwner(job: Job, type: ResourceType, { type: typeName, properties }: Resource, id: string) {
  if (!type.nameProperty || properties[type.nameProperty] === undefined) return
  for (const other of job.stacks.all())
    for (const resource of Object.values(other.resources))
      if (resource.type === typeName && resource.physicalId === id && !/^DELETE_(COMPLETE|SKIPPED)$/.test(resource.status))
        if (other !== job.stack) throw validationError(`${id} already exists in stack ${other.id}`)
}

async function finish(job: Job, resource: Resource, verb: 'create' | 'update', work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    // Never made, as far as anyone knows: a planned id must not be deleted later, it may belong to somebody else.
    resource.plannedId = undefined
    return fail(job, resource, verb, error)
  }
  if (hasFailed(job)) return fail(job, resource, verb, undefined)
  recordResource(job, resource, `${verb.toUpperCase()}_COMPLETE`)
  await job.stacks.save()
  return true
}

/** What still runs when another one fails counts as cancelled, whatever becomes of it. */
function fail(job: Job, resource: Resource, verb: 'create' | 'update', error: unknown) {
  const cancelled = `Resource ${verb === 'create' ? 'creation' : 'update'} cancelled`
  const reason = hasFailed(job) ? cancelled : reasonOf(error, resource.logicalId)
  job.failures[verb].push(resource.logicalId)
  recordResource(job, resource, `${verb.toUpperCase()}_FAILED`, reason)
  return false
}

const hasFailed = ({ failures }: Job) => failures.create.length + failures.update.length > 0
