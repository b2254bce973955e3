import { KitError } from '../lib/kit-error.ts'
import { say } from '../lib/output.ts'
import { changeSettings, readSettings, type Settings } from '../lib/settings.ts'
import { parsed } from './arguments.ts'
import { remembered } from './aws/cloud.ts'
import type { Command } from './command.ts'
import { awsCloud, describeCloud } from './with-cloud.ts'

const usage = 'npm run use local | npm run use aws'

export const command: Command = {
  summary: 'Chooses the cloud that every command works on, and shows it.',
  usage,
  details: ['local           an AWS on this machine: no account, no Docker, no cost', 'aws             your own account, through the usual AWS credentials', 'profile=NAME    which profile of ~/.aws/config', 'region=NAME     which region', 'suffix=NAME     1 to 12 of a-z and 0-9, for accounts that several share', 'profile, region and suffix are remembered; =none forgets one'],
  example: 'npm run use aws profile=workshop region=eu-west-1',
  async run(args) {
    const { values, positionals: [cloud] } = parsed(args, { profile: { type: 'string' }, region: { type: 'string' }, suffix: { type: 'string' } }, usage, { words: 1 })
    if (!['local', 'aws', undefined].includes(cloud)) throw new KitError({ what: `The cloud is "local" or "aws", got "${cloud}".`, next: usage })

    const change: Partial<Settings> = { ...cloud && { cloud: cloud as Settings['cloud'] }, ...values }
    for (const name of ['profile', 'region', 'suffix'] as const) if (change[name] === 'none') change[name] = undefined
    const wanted = { ...readSettings(), ...change }
    if (wanted.cloud !== 'aws') {
      await changeSettings(change)
      return say(`From now on: local · an AWS on this machine${wanted.suffix ? ` · suffix ${wanted.suffix}` : ''}`)
    }

    // Asked before it is remembered: an account that cannot be reached would stop every later command.
    const aws = await awsCloud(wanted)
    await changeSettings({ ...change, ...remembered(aws, wanted) })
    say(`From now on: ${describeCloud(aws)}`)
    say('Deploying there costs cents at most; npm run destroy takes everything away again.')
  },
}
