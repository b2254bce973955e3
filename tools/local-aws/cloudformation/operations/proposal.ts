import { isDeepStrictEqual } from 'node:util'
import { changesOf, resourceAtPlanning, UNKNOWN } from '../engine/changes.ts'
import type { Engine } from '../engine/engine.ts'
import { planOf, type Plan } from '../engine/plan.ts'
import type { Definition, Stack } from '../state.ts'

/** What `definition` would do to `stack`, and whether that is nothing at all (G1.3). Throws ValidationError. */
export function propose({ place, stacks, types }: Engine, stack: Stack, definition: Definition) {
  // An export may come to exist before this is executed.
  const exports = { exported: (name: string) => stacks.exported(name) ?? { value: UNKNOWN } }
  const plan = planOf(definition, stack, place, exports)
  const changes = changesOf(stack, plan, definition, types)
  return { changes, isEmpty: changes.length === 0 && isDeepStrictEqual(stack.definition.tags, definition.tags) && hasSameOutputs(stack, plan) }
}

function hasSameOutputs(stack: Stack, plan: Plan) {
  const at = resourceAtPlanning(stack, plan, new Map())
  const wanted = [...plan.outputs].map(([key, { Value, Description, Export }]) => ({
    key, value: String(plan.resolve(Value, at)), description: Description, exportName: Export && String(plan.resolve(Export.Name, at)),
  }))
  const present = stack.outputs.map(({ key, value, description, exportName }) => ({ key, value, description, exportName }))
  return isDeepStrictEqual(present, wanted)
}
