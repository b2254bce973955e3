import type { Cloud } from '../cloud.ts'
import { hasStack, presentStack } from '../cloudformation/index.ts'
import type { Place } from '../store.ts'
import { removeFormerRole } from './former-role.ts'
import { DESCRIPTION, TOOLKIT_STACK } from './names.ts'
import { BOOTSTRAP_PARAMETERS, bootstrapOutputs, bootstrapResources } from './resources.ts'
import { bootstrapRoles } from './roles.ts'
import { bootstrapTemplate } from './template.ts'

/**
 * Makes what `cdk bootstrap` leaves in an account and region, so that nobody has to wait for it: the same resources, and the stack that
 * owns them. Once per place: what is deleted later stays deleted, and `cdk bootstrap` makes it again.
 */
export async function bootstrap(cloud: Cloud, place: Place) {
  const mark = cloud.store.document('bootstrap', place, () => ({ done: false }))
  if (mark.data.done) return
  // A start that was cut off has the stack already, or else any part of the rest.
  if (!hasStack(cloud, place, TOOLKIT_STACK)) await make(cloud, place)
  mark.data.done = true
  mark.changed()
}

async function make(cloud: Cloud, place: Place) {
  for (const { RoleName } of Object.values(bootstrapRoles(place).roles)) await removeFormerRole(cloud, place, RoleName)
  await presentStack(cloud, place, {
    name: TOOLKIT_STACK, template: await bootstrapTemplate(), description: DESCRIPTION, parameters: BOOTSTRAP_PARAMETERS,
    resources: bootstrapResources(place), outputs: bootstrapOutputs(place), capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
  })
}
