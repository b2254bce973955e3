import type { Change, Tag } from '@aws-sdk/client-cloudformation'
import type { Cloud } from '../cloud.ts'
import type { Principal } from '../service.ts'
import type { Document, Place } from '../store.ts'
import { validationError } from './errors.ts'
import type { StoredParameter } from './template/parameters.ts'

/** JSON that is written to disk. Times are milliseconds since the epoch. */
export type StackDocument = { stacks: Record<string, Stack>, changeSets: Record<string, ChangeSet> }

export type Stack = {
  id: string
  name: string
  status: string
  statusReason?: string
  createdAt: number
  updatedAt?: number
  deletedAt?: number
  changeSetId?: string
  terminationProtection: boolean
  disableRollback: boolean
  /** what the stack is made from; an update replaces it when it has succeeded */
  definition: Definition
  resources: Record<string, Resource>
  outputs: Output[]
  /** names of other stacks' exports that this one uses */
  imports: string[]
  /** oldest first */
  events: StackEvent[]
  /** what is going on, or what a failure left to be rolled back */
  operation?: Operation
  /** newest first: a failed operation and its rollback, or one alone */
  lastOperations: { id: string, type: OperationType }[]
  /** what early validation found in the last operation that it refused */
  refused?: Refused
}

/** What early validation found (G2.1). */
export type Finding = { logicalId: string, type: string, validation: 'PROPERTY_VALIDATION' | 'NAME_CONFLICT_VALIDATION', reason: string, path: string }
/** `id` is the operation's. */
export type Refused = { id: string, type: OperationType | 'CREATE_CHANGESET', at: number, findings: Finding[] }

/** `description`: the template's, so that listing stacks need not read it again */
export type Definition = { template: string, description?: string, parameters: StoredParameter[], tags: Tag[], capabilities: string[], roleArn?: string }

export type Resource = {
  logicalId: string
  type: string
  /** '' while there is none */
  physicalId: string
  /** set just before creation, for a crash in between */
  plannedId?: string
  status: string
  reason?: string
  at: number
  /** as sent to the service */
  properties: Record<string, unknown>
  attributes: Record<string, unknown>
  /** logical ids that must outlive this one */
  dependsOn: string[]
  stackTags: Tag[]
  deletionPolicy?: string
  updateReplacePolicy?: string
  metadata?: unknown
}

export type Output = { key: string, value: string, description?: string, exportName?: string }

export type StackEvent = {
  id: string
  logicalId: string
  physicalId: string
  type: string
  status: string
  detailedStatus?: 'VALIDATION_FAILED'
  reason?: string
  at: number
  properties?: string
  operationId?: string
  token?: string
}

export type OperationType = 'CREATE_STACK' | 'UPDATE_STACK' | 'DELETE_STACK' | 'ROLLBACK' | 'CONTINUE_ROLLBACK'

export type OnFailure = 'ROLLBACK' | 'DELETE' | 'DO_NOTHING'

export type Operation = {
  kind: 'create' | 'update' | 'delete'
  id: string
  token?: string
  /** who the services are called as */
  principal: Principal
  onFailure: OnFailure
  /** what an update leads to */
  target?: Definition
  /** whether the target is looked through before anything is made; a change set has been */
  validates?: boolean
  /** logical ids that a deletion leaves alone */
  retain?: string[]
  /** what this operation has touched so far, and how each was before */
  touched: Record<string, Touched>
  /** physical resources that are to be deleted (or left alone, but no longer owned) when all else is done */
  garbage: Garbage[]
}
export type Garbage = { resource: Resource, retain: boolean }
export type Touched = { how: 'created' | 'updated' | 'replaced', before?: Resource }

export type ChangeSet = {
  id: string
  name: string
  stackId: string
  type: 'CREATE' | 'UPDATE'
  status: 'CREATE_COMPLETE' | 'FAILED'
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'OBSOLETE'
  statusReason?: string
  description?: string
  createdAt: number
  definition: Definition
  onFailure?: OnFailure
  changes: Change[]
  refused?: Refused
}

export type Stacks = ReturnType<typeof openStacks>

/** The stacks and change sets of one account and region. */
export function openStacks(cloud: Cloud, place: Place) {
  const document: Document<StackDocument> = cloud.store.document<StackDocument>('cloudformation', place, () => ({ stacks: {}, changeSets: {} }))
  const { stacks, changeSets } = document.data
  const all = () => Object.values(stacks)

  /** By name only stacks that are not deleted are found, by ARN also those (G1.8). */
  const find = (nameOrId = ''): Stack | undefined =>
    stacks[nameOrId] ?? all().find(({ name, status }) => name === nameOrId && status !== 'DELETE_COMPLETE')

  return {
    all, find,
    /** Throws `message` as ValidationError if there is none; the texts differ by operation (G1.4). */
    get(nameOrId: string | undefined, message = `Stack with id ${nameOrId} does not exist`): Stack {
      const stack = find(nameOrId)
      if (!stack) throw validationError(message)
      return stack
    },
    add(stack: Stack) { stacks[stack.id] = stack },
    /** Keeps the last `max` deleted stacks. */
    forgetDeleted(max: number) {
      const deleted = all().filter(({ status }) => status === 'DELETE_COMPLETE').toSorted((a, b) => (b.deletedAt ?? 0) - (a.deletedAt ?? 0))
      for (const { id } of deleted.slice(max)) delete stacks[id]
    },
    changeSets: () => Object.values(changeSets),
    addChangeSet(changeSet: ChangeSet) { changeSets[changeSet.id] = changeSet },
    removeChangeSets(which: (changeSet: ChangeSet) => boolean) {
      for (const changeSet of Object.values(changeSets)) if (which(changeSet)) delete changeSets[changeSet.id]
      document.changed()
    },
    /** The stack that offers an export of this name, and its value. */
    exported(name: string) {
      for (const stack of all())
        for (const output of stack.outputs)
          if (output.exportName === name && stack.status !== 'DELETE_COMPLETE') return { stack, value: output.value }
      return undefined
    },
    changed: () => document.changed(),
    /** Resolves when everything so far is on disk. */
    async save() {
      document.changed()
      await cloud.store.flush()
    },
  }
}
