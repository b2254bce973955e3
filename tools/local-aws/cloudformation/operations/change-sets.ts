import { AwsError } from '../../aws-error.ts'
import { uuid } from '../../ids.ts'
import type { Operations } from '../../service.ts'
import { withoutValues } from '../engine/changes.ts'
import { findingsOf, hooksThatFailed } from '../engine/early-validation.ts'
import type { Engine } from '../engine/engine.ts'
import { validationError } from '../errors.ts'
import type { ChangeSet, Definition } from '../state.ts'
import { checkStackName, checkUpdatable } from './checks.ts'
import { awsOf, definitionFrom } from './definition.ts'
import { propose } from './proposal.ts'
import { parametersOf } from './views.ts'

const NO_CHANGES = 'The submitted information didn\'t contain changes. Submit different information to create a change set.'

export function changeSetOperations(engine: Engine): Operations<'cloudformation'> {
  const { cloud, place, stacks } = engine

  const find = (nameOrId = '', stackName?: string) => {
    const stack = stacks.find(stackName)
    return stacks.changeSets().find(({ id, name, stackId }) => id === nameOrId || (name === nameOrId && stackId === stack?.id))
  }
  const get = (nameOrId: string | undefined, stackName: string | undefined) => {
    const changeSet = find(nameOrId, stackName)
    if (!changeSet) throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, { status: 404 })
    return changeSet
  }

  return {
    /** Done at once, where AWS takes seconds (G1.2). */
    async CreateChangeSet(input, { caller }) {
      const { StackName = '', ChangeSetName = '', ChangeSetType: type = 'UPDATE' } = input
      if (type === 'IMPORT') throw validationError('Importing resources is not built into the local AWS.')
      const present = stacks.find(StackName)
      if (!present && type === 'UPDATE') throw validationError(`Stack [${StackName}] does not exist`)
      if (present && type === 'CREATE' && present.status !== 'REVIEW_IN_PROGRESS')
        throw validationError(`Stack [${present.name}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`)
      if (present && type === 'UPDATE') checkUpdatable(present)
      if (present && find(ChangeSetName, present.id))
        throw new AwsError('AlreadyExistsException', `ChangeSet ${ChangeSetName} cannot be created due to a conflicting ChangeSet name`, { status: 400 })

      const definition = await definitionFrom(engine, input, caller, present)
      const stack = present ?? newStack(StackName, definition)
      const { changes, isEmpty: changesNothing } = propose(engine, stack, definition)
      const isEmpty = type === 'UPDATE' && changesNothing
      const findings = isEmpty || input.DisableValidation ? [] : await findingsOf({ ...engine, stack, aws: awsOf(engine, definition, caller) }, definition)
      const failure = isEmpty ? NO_CHANGES : findings.length > 0 ? hooksThatFailed(findings) : undefined
      if (!present) engine.review(stack, caller)

      const changeSet: ChangeSet = {
        id: `arn:aws:cloudformation:${place.region}:${place.account}:changeSet/${ChangeSetName}/${uuid()}`, name: ChangeSetName,
        stackId: stack.id, type,
        status: failure ? 'FAILED' : 'CREATE_COMPLETE', executionStatus: failure ? 'UNAVAILABLE' : 'AVAILABLE', statusReason: failure,
        description: input.Description, createdAt: cloud.clock.now(), definition, onFailure: input.OnStackFailure, changes,
        refused: findings.length > 0 ? { id: uuid(), type: 'CREATE_CHANGESET', at: cloud.clock.now(), findings } : undefined,
      }
      stacks.addChangeSet(changeSet)
      await stacks.save()
      return { Id: changeSet.id, StackId: stack.id }
    },

    DescribeChangeSet({ ChangeSetName, StackName, IncludePropertyValues }) {
      const { definition, ...changeSet } = get(ChangeSetName, StackName)
      return {
        ChangeSetName: changeSet.name, ChangeSetId: changeSet.id, StackId: changeSet.stackId, StackName: stacks.get(changeSet.stackId).name,
        Description: changeSet.description, Parameters: parametersOf(definition), CreationTime: new Date(changeSet.createdAt),
        ExecutionStatus: changeSet.executionStatus, Status: changeSet.status, StatusReason: changeSet.statusReason,
        NotificationARNs: [], RollbackConfiguration: {}, Capabilities: definition.capabilities as never, Tags: definition.tags,
        Changes: IncludePropertyValues ? changeSet.changes : withoutValues(changeSet.changes), IncludeNestedStacks: false, OnStackFailure: changeSet.onFailure,
      }
    },

    ListChangeSets({ StackName }) {
      const stack = stacks.get(StackName, `Stack [${StackName}] does not exist`)
      return {
        Summaries: stacks.changeSets().filter(({ stackId }) => stackId === stack.id).map((changeSet) => ({
          StackId: stack.id, StackName: stack.name, ChangeSetId: changeSet.id, ChangeSetName: changeSet.name,
          ExecutionStatus: changeSet.executionStatus,
          Status: changeSet.status, StatusReason: changeSet.statusReason, CreationTime: new Date(changeSet.createdAt),
          Description: changeSet.description, IncludeNestedStacks: false,
        })),
      }
    },

    /** Succeeds also where there is none. */
    DeleteChangeSet({ ChangeSetName, StackName }) {
      const changeSet = find(ChangeSetName, StackName)
      if (changeSet?.executionStatus === 'EXECUTE_IN_PROGRESS')
        throw invalidStatus(`ChangeSet [${changeSet.id}] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]`)
      if (changeSet) stacks.removeChangeSets(({ id }) => id === changeSet.id)
      return {}
    },

    /** Differs from AWS: the stack's change sets are gone as soon as one is executed; AWS keeps a failed one. */
    async ExecuteChangeSet({ ChangeSetName, StackName, ClientRequestToken: token, DisableRollback }, { caller }) {
      const changeSet = get(ChangeSetName, StackName)
      const stack = stacks.get(changeSet.stackId)
      if (changeSet.executionStatus !== 'AVAILABLE')
        throw invalidStatus(`ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`) // G1.4
      if (changeSet.type === 'UPDATE') checkUpdatable(stack)

      const start = { caller, token, onFailure: DisableRollback ? 'DO_NOTHING' as const : changeSet.onFailure }
      stack.changeSetId = changeSet.id
      stack.disableRollback = Boolean(DisableRollback)
      if (changeSet.type === 'CREATE') engine.create(stack, changeSet.definition, start)
      else engine.update(stack, changeSet.definition, start)
      stacks.removeChangeSets(({ stackId }) => stackId === stack.id)
      await stacks.save()
      return {}
    },
  }

  function newStack(name: string, definition: Definition) {
    checkStackName(name)
    // A shell only: it has no template until a change set is executed.
    return engine.open(name, { ...definition, template: '', description: undefined, parameters: [] })
  }
}

const invalidStatus = (message: string) => new AwsError('InvalidChangeSetStatus', message, { status: 400 })
