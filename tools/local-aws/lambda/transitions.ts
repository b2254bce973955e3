import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Cloud } from '../cloud.ts'
import { uuid } from '../ids.ts'
import type { Document } from '../store.ts'
import { conflict } from './errors.ts'
import type { FunctionRecord, LambdaState } from './function-store.ts'

const CREATING = 'The function is being created.'

export type Transitions = {
  /** Marks a new function as Pending; it becomes Active by itself (D4.1). */
  create(record: FunctionRecord): void
  /** Marks a function as InProgress; it becomes Successful by itself (D4.2). */
  update(record: FunctionRecord): void
  /** Throws `ResourceConflictException` while a change of the function is under way (D4.4). */
  demandSettled(record: FunctionRecord): void
  /** Resolves when no change of this function (or of any) is under way. */
  settled(functionName?: string): Promise<void>
}

/**
 * The states that a function goes through after it was created or changed.
 *
 * @param prepare what must be done before the function can run; its failure makes the state Failed
 */
export function createTransitions(cloud: Cloud, document: Document<LambdaState>, prepare: (record: FunctionRecord) => Promise<void>): Transitions {
  const underWay = new Map<string, Promise<void>>()

  function touch(configuration: FunctionConfiguration) {
    configuration.RevisionId = uuid()
    document.changed()
  }
  function begin(record: FunctionRecord) {
    const { FunctionName } = record.configuration
    touch(record.configuration)
    const done = new Promise<void>((resolve) => { setImmediate(resolve) })
      .then(() => prepare(record))
      .then(() => succeed(record.configuration), (error: Error) => fail(record.configuration, error))
      .finally(() => { if (underWay.get(FunctionName) === done) underWay.delete(FunctionName) })
    underWay.set(FunctionName, done)
  }
  function succeed(configuration: FunctionConfiguration) {
    clearReasons(configuration)
    Object.assign(configuration, { State: 'Active', LastUpdateStatus: 'Successful' })
    touch(configuration)
  }
  function fail(configuration: FunctionConfiguration, { message }: Error) {
    clearReasons(configuration)
    Object.assign(configuration, configuration.State === 'Pending'
      ? { State: 'Failed', StateReason: message, StateReasonCode: 'InternalError' }
      : { LastUpdateStatus: 'Failed', LastUpdateStatusReason: message, LastUpdateStatusReasonCode: 'InternalError' })
    touch(configuration)
  }

  const transitions: Transitions = {
    create(record) {
      Object.assign(record.configuration, { State: 'Pending', StateReason: CREATING, StateReasonCode: 'Creating' })
      begin(record)
    },
    update(record) {
      Object.assign(record.configuration, { LastUpdateStatus: 'InProgress', LastUpdateStatusReason: CREATING, LastUpdateStatusReasonCode: 'Creating' })
      begin(record)
    },
    demandSettled({ configuration: { FunctionName, FunctionArn } }) {
      if (underWay.has(FunctionName))
        throw conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${FunctionArn}`)
    },
    async settled(functionName) {
      await (functionName === undefined ? Promise.all(underWay.values()) : underWay.get(functionName))
    },
  }
  // What a sudden end of the process interrupted goes on now.
  for (const record of Object.values(document.data.functions))
    if (record.configuration.State === 'Pending' || record.configuration.LastUpdateStatus === 'InProgress') begin(record)
  return transitions
}

function clearReasons(configuration: FunctionConfiguration) {
  delete configuration.StateReason
  delete configuration.StateReasonCode
  delete configuration.LastUpdateStatusReason
  delete configuration.LastUpdateStatusReasonCode
}
