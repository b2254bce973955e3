import { AwsError } from '../../aws-error.ts'
import type { Cloud } from '../../cloud.ts'
import { sleep } from '../../clock.ts'
import { uuid } from '../../ids.ts'
import { inTime } from '../../in-time.ts'
import type { Principal } from '../../service.ts'
import type { Place } from '../../store.ts'
import { validationError } from '../errors.ts'
import type { ResourceTypes } from '../resource-type.ts'
import { openStacks, type Definition, type OnFailure, type Operation, type OperationType, type Stack } from '../state.ts'
import { deploy, destroy, rollBackCreation, rollBackUpdate } from './deploy.ts'
import { createJob, recordStack, type Job } from './job.ts'
import { goOn } from './resume.ts'

/** How long operations may still run when the cloud stops. */
const STOP_MS = 2_000
const RETRY_MS = 500
/** Deleted stacks that can still be described. */
const MAX_DELETED = 20

/** `validates`: early validation comes first; a change set has had its own. */
export type Start = { caller: Principal, token?: string, onFailure?: OnFailure, validates?: boolean }
export type Engine = ReturnType<typeof createEngine>

/** Runs operations on the stacks of one account and region, one at a time per stack, in the background. */
export function createEngine({ cloud: whole, place, types }: { cloud: Cloud, place: Place, types: ResourceTypes }) {
  const stacks = openStacks(whole, place)
  const running = new Map<string, Promise<void>>()
  let isStopped = false
  // What is cut off by the end goes no further, as after a kill: the next start rolls it back.
  const cloud: Cloud = Object.create(whole, { call: { value: (...call: Parameters<Cloud['call']>) => isStopped ? new Promise(() => {}) : whole.call(...call) } })
  cloud.onStop(async () => {
    await inTime(STOP_MS, Promise.allSettled(running.values()))
    isStopped = true
  }, { early: true })

  /** Starts `work` and answers at once; the first event is already there. */
  function begin(stack: Stack, operation: Operation, type: OperationType, status: string, work: (job: Job) => Promise<void>) {
    stack.operation = operation
    stack.lastOperations = [{ id: operation.id, type }]
    const job = createJob(cloud, place, types, stacks, stack)
    recordStack(job, status, 'User Initiated')
    const run = stacks.save().then(() => work(job)).catch((error: unknown) => rollBackLater(stack, error)).finally(() => {
      if (running.get(stack.id) === run) running.delete(stack.id)
    })
    running.set(stack.id, run)
  }

  /** The failure is ours: a full disk, say. Rolls the operation back as soon as that works; until then it is under way. */
  async function rollBackLater(stack: Stack, error: unknown) {
    if (isStopped) return
    process.emitWarning(`Stack ${stack.name}: ${error instanceof Error ? error.stack : String(error)}`)
    while (!isStopped) {
      await sleep(cloud.clock, RETRY_MS)
      try {
        await stacks.save()
        if (!stack.operation || !stack.status.endsWith('_IN_PROGRESS')) return
        await goOn(createJob(cloud, place, types, stacks, stack), 'The local AWS could not go on with this operation; what it had begun is rolled back.')
        return
      } catch { /* not yet */ }
    }
  }

  const operation = (stack: Stack, kind: Operation['kind'], start: Start, definition: Definition = stack.definition): Operation => {
    const { caller, token, onFailure = 'ROLLBACK', validates } = start
    return { kind, id: uuid(), token, onFailure, validates, principal: principalOf(cloud, definition, caller), touched: {}, garbage: [] }
  }

  return {
    cloud, place, types, stacks,

    /** Makes a stack without resources, as CreateChangeSet and CreateStack do first. */
    open(name: string, definition: Definition, more: Partial<Stack> = {}): Stack {
      if (stacks.find(name)) throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`, { status: 400 })
      const id = `arn:aws:cloudformation:${place.region}:${place.account}:stack/${name}/${uuid()}`
      const stack: Stack = {
        id, name, status: '', createdAt: cloud.clock.now(), terminationProtection: false, disableRollback: false,
        definition, resources: {}, outputs: [], imports: [], events: [], lastOperations: [], ...more,
      }
      stacks.forgetDeleted(MAX_DELETED)
      stacks.add(stack)
      return stack
    },

    /** A stack for people to look at its first change set (G1.1). */
    review(stack: Stack, caller: Principal) {
      stack.operation = operation(stack, 'create', { caller })
      recordStack(createJob(cloud, place, types, stacks, stack), 'REVIEW_IN_PROGRESS', 'User Initiated')
      stack.operation = undefined
    },

    create(stack: Stack, definition: Definition, start: Start) {
      stack.definition = definition
      begin(stack, { ...operation(stack, 'create', start), target: definition }, 'CREATE_STACK', 'CREATE_IN_PROGRESS', deploy)
    },

    update(stack: Stack, definition: Definition, start: Start) {
      stack.updatedAt = cloud.clock.now()
      const garbage = stack.operation?.garbage ?? []
      begin(stack, { ...operation(stack, 'update', start, definition), target: definition, garbage }, 'UPDATE_STACK', 'UPDATE_IN_PROGRESS', deploy)
    },

    /** Deletes the stack; one that is still being created first comes to its end. Throws ValidationError where AWS would not. */
    remove(stack: Stack, start: Start & { retain?: string[] }) {
      if (stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return
      if (stack.terminationProtection)
        throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`) // G2.9
      if (/^(UPDATE|ROLLBACK).*_IN_PROGRESS$/.test(stack.status))
        throw validationError(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`)
      const first = running.get(stack.id)
      const deletion = { ...operation(stack, 'delete', start), retain: start.retain }
      const removal = () => begin(stack, deletion, 'DELETE_STACK', 'DELETE_IN_PROGRESS', destroy)
      if (!first) return removal()
      running.set(stack.id, (async () => {
        await first.catch(() => {})
        removal()
        await running.get(stack.id)
      })())
    },

    /** Rolls back what a failure left as it was (`DO_NOTHING`), or tries a failed rollback again without `skip`. */
    rollBack(stack: Stack, start: Start, skip: string[] = []) {
      const { touched, garbage } = stack.operation ?? {}
      if (!touched || !garbage) return begin(stack, operation(stack, 'create', start), 'ROLLBACK', 'ROLLBACK_IN_PROGRESS', rollBackCreation)
      const type = stack.status === 'UPDATE_ROLLBACK_FAILED' ? 'CONTINUE_ROLLBACK' : 'ROLLBACK'
      const rollback = { ...operation(stack, 'update', start), touched, garbage }
      begin(stack, rollback, type, 'UPDATE_ROLLBACK_IN_PROGRESS', (job) => rollBackUpdate(job, skip))
    },

    /** Resolves when nothing runs on the stack. */
    settled: async (stackId: string) => {
      while (running.has(stackId)) await running.get(stackId)!.catch(() => {})
    },
  }
}

/** The role of the stack if it has one, else who asked. Throws ValidationError if CloudFormation may not use the role. */
export function principalOf(cloud: Cloud, { roleArn }: Pick<Definition, 'roleArn'>, caller: Principal): Principal {
  if (!roleArn) return caller
  if (!cloud.authority.trusts(roleArn, 'cloudformation.amazonaws.com'))
    throw validationError(`Role ${roleArn} is invalid or cannot be assumed`)
  return cloud.authority.openSession(roleArn, 'AWSCloudFormation').principal
}
