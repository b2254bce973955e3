import { AwsError } from '../../aws-error.ts'
import type { Operations } from '../../service.ts'
import type { Engine } from '../engine/engine.ts'
import { validationError } from '../errors.ts'
import { checkStackName, checkUpdatable } from './checks.ts'
import { definitionFrom } from './definition.ts'
import { propose } from './proposal.ts'

/** What changes stacks, other than through change sets. */
export function stackOperations(engine: Engine): Operations<'cloudformation'> {
  const { stacks } = engine

  return {
    async CreateStack(input, { caller }) {
      const { StackName = '', ClientRequestToken: token, OnFailure, DisableRollback } = input
      checkStackName(StackName)
      if (stacks.find(StackName)) throw new AwsError('AlreadyExistsException', `Stack [${StackName}] already exists`, { status: 400 })
      const definition = await definitionFrom(engine, input, caller)
      const disableRollback = DisableRollback ?? OnFailure === 'DO_NOTHING'
      const stack = engine.open(StackName, definition, { terminationProtection: input.EnableTerminationProtection ?? false, disableRollback })
      engine.create(stack, definition, { caller, token, onFailure: disableRollback ? 'DO_NOTHING' : OnFailure, validates: !input.DisableValidation })
      return { StackId: stack.id }
    },

    async UpdateStack(input, { caller }) {
      const { StackName, ClientRequestToken: token, DisableRollback } = input
      const stack = stacks.get(StackName, `Stack [${StackName}] does not exist`)
      checkUpdatable(stack)
      const definition = await definitionFrom(engine, input, caller, stack)
      checkUpdatable(stack)
      if (propose(engine, stack, definition).isEmpty) throw validationError('No updates are to be performed.') // G1.3
      engine.update(stack, definition, { caller, token, onFailure: DisableRollback ? 'DO_NOTHING' : undefined, validates: !input.DisableValidation })
      return { StackId: stack.id }
    },

    /** Succeeds also where there is no such stack (G1.8). */
    DeleteStack({ StackName, RetainResources, RoleARN, ClientRequestToken: token }, { caller }) {
      const stack = stacks.find(StackName)
      if (!stack) return {}
      if (RetainResources?.length && stack.status !== 'DELETE_FAILED')
        throw validationError(`Invalid operation on stack [${stack.id}]. RetainResources can only be specified when the stack is in DELETE_FAILED state.`)
      if (RoleARN) stack.definition.roleArn = RoleARN
      engine.remove(stack, { caller, token, retain: RetainResources })
      return {}
    },

    RollbackStack({ StackName, ClientRequestToken: token }, { caller }) {
      const stack = stacks.get(StackName, `Stack [${StackName}] does not exist`)
      if (!['CREATE_FAILED', 'UPDATE_FAILED'].includes(stack.status))
        throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`)
      engine.rollBack(stack, { caller, token })
      return { StackId: stack.id }
    },

    ContinueUpdateRollback({ StackName, ResourcesToSkip, ClientRequestToken: token }, { caller }) {
      const stack = stacks.get(StackName, `Stack [${StackName}] does not exist`)
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED')
        throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not continue update rollback.`)
      engine.rollBack(stack, { caller, token }, ResourcesToSkip)
      return {}
    },

    async UpdateTerminationProtection({ StackName, EnableTerminationProtection }) {
      const stack = stacks.get(StackName, `Stack [${StackName}] does not exist`)
      stack.terminationProtection = Boolean(EnableTerminationProtection)
      await stacks.save()
      return { StackId: stack.id }
    },
  }
}
