import path from 'node:path'
import type { ChosenCloud } from '../../lib/cloud.ts'
import { KitError } from '../../lib/kit-error.ts'
import { note } from '../../lib/output.ts'
import { root } from '../../lib/paths.ts'
import { steps } from '../../steps.ts'
import { createDeployer } from '../deployer.ts'
import { shownEvent } from '../deploying.ts'

/** From step 8 on the chat asks everyone for a token; the room is for whoever has its URL. */
const LAST_OPEN_STEP = 7

/** How far the room is built. */
export const openSteps = () => Math.min(LAST_OPEN_STEP, steps.at(-1)!.number)

/** Deploys the solutions; answers where their chat is. Throws DeployFailure. */
export async function deploySolutions(cloud: ChosenCloud, home: string): Promise<{ apiId: string, stage: string }> {
  const isSlow = cloud.name === 'aws'
  const deployer = createDeployer({
    root: path.join(root, 'solutions'), cloud, workFolder: path.join(home, 'cdk'),
    onEvent: (event) => { if (isSlow || event.kind === 'warning') note(shownEvent(event)) },
  })
  try {
    const { outputs } = await deployer.deploy({ upTo: openSteps(), suffix: cloud.suffix })
    const [, apiId, stage] = /^wss:\/\/([a-z0-9]+)\.[^/]+\/([^/]+)$/.exec(outputs.WebSocketURL ?? '') ?? []
    if (!apiId || !stage) throw new KitError({ what: `The solutions have no output WebSocketURL with a stage in it, but ${JSON.stringify(outputs)}.`, where: 'solutions/04-deploy', next: 'npm run try -- solutions' })
    return { apiId, stage }
  } finally {
    deployer.close()
  }
}
