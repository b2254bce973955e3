import { own } from '../../members.ts'
import { templateError, validationError } from '../errors.ts'
import type { Output } from '../state.ts'
import type { Job } from './job.ts'
import type { Plan } from './plan.ts'

/** The stack's outputs, once all resources exist. Throws if an export is taken, or an export in use would go or change (G2.8). */
export function outputsOf(job: Job, plan: Plan): Output[] {
  const { stack, stacks } = job
  const at = (id: string) => own(stack.resources, id)
  const outputs = [...plan.outputs].map(([key, { Value, Description, Export }]): Output => {
    const value = plan.resolve(Value, at)
    if (typeof value === 'object' || typeof value === 'symbol')
      throw templateError(`the Value field of Output ${key} must evaluate to a string`)
    return { key, value: String(value), description: Description, exportName: Export && exportName(plan.resolve(Export.Name, at), key) }
  })

  for (const { exportName } of outputs) {
    const owner = exportName === undefined ? undefined : stacks.exported(exportName)?.stack
    if (owner && owner !== stack) throw validationError(`Export with name ${exportName} is already exported by stack ${owner.name}`)
  }
  for (const { exportName, value } of stack.outputs) {
    const user = exportName && stacks.all().find((other) => other.status !== 'DELETE_COMPLETE' && other.imports.includes(exportName))
    if (!user) continue
    const kept = outputs.find((output) => output.exportName === exportName)
    if (!kept) throw validationError(`Export ${exportName} cannot be deleted as it is in use by ${user.name}`)
    if (kept.value !== value) throw validationError(`Export ${exportName} cannot be updated as it is in use by ${user.name}`)
  }
  return outputs
}

function exportName(name: unknown, key: string): string {
  if (typeof name === 'object' || typeof name === 'symbol') throw templateError(`the Name of the Export of Output ${key} must evaluate to a string`)
  return String(name)
}
