import noStage from './04-deploy/no-stage.ts'
import autoDeployFailed from './04-deploy/auto-deploy-failed.ts'
import nothingDeployed from './04-deploy/nothing-deployed.ts'
import deploymentOnItsWay from './04-deploy/deployment-on-its-way.ts'
import notInTheDeployedStage from './04-deploy/not-in-the-deployed-stage.ts'
import stageThrottledToZero from './04-deploy/stage-throttled-to-zero.ts'
import noOutputs from './04-deploy/no-outputs.ts'
import wrongOutputs from './04-deploy/wrong-outputs.ts'
import stageExistsAlready from './04-deploy/stage-exists-already.ts'
import deploymentBeforeRoutes from './04-deploy/deployment-before-routes.ts'
import loggingWithoutRole from './04-deploy/logging-without-role.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of step 4. Where several fit, the earlier is the likelier. */
export const deployMistakes = {
  'no-stage': noStage,
  'auto-deploy-failed': autoDeployFailed,
  'nothing-deployed': nothingDeployed,
  'deployment-on-its-way': deploymentOnItsWay,
  'not-in-the-deployed-stage': notInTheDeployedStage,
  'stage-throttled-to-zero': stageThrottledToZero,
  'no-outputs': noOutputs,
  'wrong-outputs': wrongOutputs,
  'stage-exists-already': stageExistsAlready,
  'deployment-before-routes': deploymentBeforeRoutes,
  'logging-without-role': loggingWithoutRole,
} satisfies Record<string, Mistake>
