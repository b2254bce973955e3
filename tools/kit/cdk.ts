import { spawn } from 'node:child_process'
import { root } from '../lib/paths.ts'
import { steps } from '../steps.ts'
import { cdkBinary } from './cdk-cli.ts'
import { cdkEnvironment } from './cdk-environment.ts'
import type { Command } from './command.ts'
import { markDeploy } from './deploy-mark.ts'
import { withCloud } from './with-cloud.ts'

export const command: Command = {
  summary: "The CDK's own command line, unmodified, on the cloud you chose.",
  usage: 'npm run cdk COMMAND',
  details: ['COMMAND   as in the CDK guide: deploy, diff, destroy, synth, ls …', 'Options go after --: npm run cdk -- diff --app "node --import tsx solutions/app.ts"'],
  example: 'npm run cdk diff',
  run: (args) => withCloud(async (cloud) => {
    const context = cloud.suffix && !args.some((arg) => arg.startsWith('suffix=')) ? ['--context', `suffix=${cloud.suffix}`] : []
    const child = spawn(process.execPath, [cdkBinary, ...args, ...context], { cwd: root, stdio: 'inherit', env: cdkEnvironment(cloud) })
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (ended) => resolve(ended ?? 1))
    })
    // npm start in another terminal verifies what was deployed here; the CDK's own app deploys every step.
    if (code === 0 && args.includes('deploy')) await markDeploy(cloud, steps.length)
    return code
  }),
}
