import { defineService } from '../service.ts'
import type { Cloud } from '../cloud.ts'
import { concurrencyOperations } from './concurrency.ts'
import { eventSourceOperations } from './event-sources/operations.ts'
import { stateOf } from './function-store.ts'
import { functionOperations } from './functions.ts'
import { invokeOperations } from './invoke.ts'
import { openLambda } from './lambda.ts'
import { permissions } from './permissions.ts'
import { policyOperations } from './policy.ts'
import { tagOperations } from './tags.ts'

export { redirectPreload } from './function-process.ts'
export { packageFiles, servePackage } from './packages.ts'

/** Lambda: functions of zip packages on Node.js runtimes, each execution environment a process of its own. */
export const lambdaService = defineService({
  name: 'lambda',
  signingName: 'lambda',
  load: () => import('@aws-sdk/client-lambda'),
  open(cloud, place) {
    const lambda = openLambda(cloud, place)
    return {
      ...functionOperations(lambda), ...invokeOperations(lambda), ...policyOperations(lambda), ...tagOperations(lambda), ...concurrencyOperations(lambda),
      ...eventSourceOperations(lambda),
      /** Layers are not built: there are none. */
      ListLayers: () => ({ Layers: [] }),
    }
  },
  permissions,
})

/** Lets the event sources of a former process go on: each account and region that has some opens its functions now, not when they are first asked for. */
export async function resumeEventSources(cloud: Cloud): Promise<void> {
  for (const place of await cloud.store.places('lambda'))
    if (stateOf(cloud, place).data.eventSources?.length) await cloud.call('lambda', 'ListEventSourceMappings', {}, cloud.authority.internal(place.account), place)
}
