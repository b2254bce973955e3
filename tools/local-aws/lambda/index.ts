import { defineService } from '../service.ts'
import { concurrencyOperations } from './concurrency.ts'
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
    }
  },
  permissions,
})
