import type { Cloud } from '../cloud.ts'
import { defineService } from '../service.ts'
import type { Place } from '../store.ts'
import { createEngine, type Engine } from './engine/engine.ts'
import { present, type PresentStack } from './engine/present.ts'
import { resume } from './engine/resume.ts'
import { changeSetOperations } from './operations/change-sets.ts'
import { readingOperations } from './operations/reading.ts'
import { stackOperations } from './operations/stacks.ts'
import { templateOperations } from './operations/templates.ts'
import { permissions } from './permissions.ts'
import { resourceTypes } from './resources/index.ts'
import { openStacks } from './state.ts'

/** CloudFormation as far as the CDK drives it. @see the fact sheets' section G */
export const cloudFormationService = defineService({
  name: 'cloudformation',
  signingName: 'cloudformation',
  load: () => import('@aws-sdk/client-cloudformation'),
  open: (cloud, place) => operationsOf(createEngine({ cloud, place, types: resourceTypes })),
  permissions,
})

export const operationsOf = (engine: Engine) => ({
  ...changeSetOperations(engine), ...stackOperations(engine), ...readingOperations(engine), ...templateOperations(engine),
})

/** Rolls back, with events, what was under way when the process died. Resolves when all stacks are at rest. */
export async function resumeUnfinished(cloud: Cloud): Promise<void> {
  for (const place of await cloud.store.places('cloudformation')) await resume(createEngine({ cloud, place, types: resourceTypes }))
}

/** Makes a stack and what is in it at once, without reading its template. @see present */
export const presentStack = (cloud: Cloud, place: Place, stack: PresentStack) => present(createEngine({ cloud, place, types: resourceTypes }), stack)

export const hasStack = (cloud: Cloud, place: Place, name: string) => openStacks(cloud, place).find(name) !== undefined

export type { Given } from './engine/present.ts'
