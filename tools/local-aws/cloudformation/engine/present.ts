import { awsFor } from '../handler-failure.ts'
import type { Request, ResourceType } from '../resource-type.ts'
import type { Output, Resource } from '../state.ts'
import type { Engine } from './engine.ts'

/** A resource whose properties need no working out. `needs` are the logical ids that must outlive it; `keep`: it outlives its stack. */
export type Given = { type: string, properties: object, needs?: string[], keep?: boolean }

export type PresentStack = {
  name: string
  template: string
  description: string
  parameters: Record<string, string>
  /** in the order in which they are made */
  resources: Record<string, Given>
  outputs: Output[]
  capabilities: string[]
}

/**
 * Makes resources and a stack that owns them, as if `template` had been deployed, but at once: the template is not read, and no events tell
 * of it. What is there already under its name is brought in line. The stack is there last of all.
 */
export async function present({ cloud, place, types, stacks, open }: Engine, { name, template, description, resources, parameters, outputs, capabilities }: PresentStack) {
  const aws = awsFor(cloud, cloud.authority.internal(place.account), place)
  const made: Record<string, Resource> = {}
  for (const [logicalId, given] of Object.entries(resources)) {
    const request = { aws, place, stackName: name, logicalId, id: '', stackTags: [], previousStackTags: [], made: async () => {} }
    made[logicalId] = { ...await makeOne(types[given.type]!, given, request), at: cloud.clock.now() }
  }
  await cloud.store.flush()

  const definition = { template, description, parameters: Object.entries(parameters).map(([key, value]) => ({ key, value })), tags: [], capabilities }
  open(name, definition, { status: 'CREATE_COMPLETE', resources: made, outputs })
  await stacks.save()
}

async function makeOne(type: ResourceType, { type: typeName, properties, needs = [], keep }: Given, planning: Request): Promise<Resource> {
  const request = { ...planning, id: type.plan?.(properties, planning) ?? '' }
  const isThere = await type.exists?.(properties, request)
  const result = isThere ? await type.update?.(properties, request, {}) : await type.create(properties, request)
  const policy = keep ? 'Retain' : undefined
  return {
    logicalId: planning.logicalId, type: typeName, physicalId: result?.id ?? request.id, status: 'CREATE_COMPLETE', at: 0,
    properties: { ...properties }, attributes: result?.attributes ?? {}, dependsOn: needs, stackTags: [], deletionPolicy: policy, updateReplacePolicy: policy,
  }
}
