import { constraintError, validationError } from '../errors.ts'
import type { Stack } from '../state.ts'

/** Throws ValidationError for a name that no stack may have. */
export function checkStackName(name: string) {
  if (/^[a-zA-Z][-a-zA-Z0-9]*$/.test(name) && name.length <= 128) return
  throw constraintError('stackName', name, 'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*')
}

const UPDATABLE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'CREATE_FAILED', 'UPDATE_FAILED']

/** Throws ValidationError unless the stack is at rest and worth updating (G2.5). */
export function checkUpdatable({ id, status }: Stack) {
  if (!UPDATABLE.includes(status)) throw validationError(`Stack:${id} is in ${status} state and can not be updated.`)
}
