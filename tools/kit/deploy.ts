import { duration, note, say } from '../lib/output.ts'
import { steps } from '../steps.ts'
import { parsed, stepsFrom } from './arguments.ts'
import type { Command } from './command.ts'
import { markDeploy } from './deploy-mark.ts'
import { participantsDeployer, shownOutputs, stepsUpTo } from './deploying.ts'
import { reachedStep } from './progress.ts'
import { placeUnlessTold, withCloud } from './with-cloud.ts'

const usage = 'npm run deploy'

export const command: Command = {
  summary: 'Deploys your steps, up to the one you have reached.',
  usage: `${usage} | npm run deploy N`,
  details: [`N     up to step N; all: up to the last step`, 'The same as npm run cdk deploy, only faster. npm start does it on each save.'],
  example: 'npm run deploy 2',
  async run(args) {
    const { positionals: [what] } = parsed(args, {}, usage, { words: 1 })
    const upTo = what === 'all' ? steps.length : what ? stepsFrom(what, usage).at(-1)!.number : reachedStep()
    return withCloud(async (cloud) => {
      note(`Deploying ${stepsUpTo(upTo)}${placeUnlessTold('to', cloud)}`)
      const deployer = participantsDeployer(cloud)
      try {
        const { outputs, changed, ms } = await deployer.deploy({ upTo, suffix: cloud.suffix })
        await markDeploy(cloud, upTo)
        say(`✓ ${changed ? 'Deployed' : 'Nothing had changed'} (${duration(ms)})`)
        for (const line of shownOutputs(outputs, cloud)) say(line)
        note(`Next: npm run verify:step-${Math.min(upTo, reachedStep())}`)
      } finally {
        deployer.close()
      }
    })
  },
}
