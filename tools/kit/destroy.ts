import { duration, note, say } from '../lib/output.ts'
import type { Command } from './command.ts'
import { participantsDeployer } from './deploying.ts'
import { describeCloud, withCloud } from './with-cloud.ts'

export const command: Command = {
  summary: 'Removes everything that was deployed. Your files stay.',
  usage: 'npm run destroy',
  details: ['On aws nothing of the chat costs money afterwards.'],
  example: 'npm run destroy',
  run: () => withCloud(async (cloud) => {
    note(`Removing the chat from ${describeCloud(cloud)}`)
    const deployer = participantsDeployer(cloud)
    try {
      const { existed, ms } = await deployer.destroy({ suffix: cloud.suffix })
      say(existed ? `✓ Removed (${duration(ms)})` : '✓ There was nothing to remove.')
    } finally {
      deployer.close()
    }
  }),
}
