import { say, usesColour } from '../lib/output.ts'
import { steps as allSteps } from '../steps.ts'
import { isGreen, verify } from '../verify/index.ts'
import { render } from '../verify/render.ts'
import { parsed, stepsFrom } from './arguments.ts'
import type { Command } from './command.ts'
import { countdown } from './countdown.ts'
import { localSources, participantsDeployer } from './deploying.ts'
import { currentStep, recordResults } from './progress.ts'
import { withCloud } from './with-cloud.ts'

const usage = 'npm run verify N'

export const command: Command = {
  summary: 'Checks what is deployed: what works, and for what does not, the cause and the fix.',
  usage,
  details: [`N          step 1 to ${allSteps.length}, or several as 1-4; left out: the step you are at`, 'json       one JSON document, for machines', 'verbose    also the checks that pass', 'api=ID     which API, where several could be yours'],
  example: 'npm run verify:step-1',
  async run(args) {
    const { values, positionals: [what = String(currentStep().number)] } = parsed(args, { json: { type: 'boolean' }, verbose: { type: 'boolean' }, api: { type: 'string' } }, usage, { words: 1 })
    const steps = stepsFrom(what, usage).map(({ number }) => number)
    return withCloud(async (cloud) => {
      const interrupted = new AbortController()
      process.once('SIGINT', () => interrupted.abort())
      const deployer = participantsDeployer(cloud)
      const waiting = countdown()
      try {
        const sources = await localSources(deployer, { upTo: Math.max(...steps), suffix: cloud.suffix })
        const report = await verify({ cloud, steps, sources, apiId: values.api, signal: interrupted.signal, tell: values.json ? undefined : waiting.tell }).finally(waiting.done)
        await recordResults(report.steps)
        say(values.json ? JSON.stringify(report, null, 2) : render(report, { colour: usesColour(), verbose: values.verbose }))
        return isGreen(report) ? 0 : 1
      } finally {
        deployer.close()
      }
    })
  },
}
