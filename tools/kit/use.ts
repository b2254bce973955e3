import { KitError } from '../lib/kit-error.ts'
import { say } from '../lib/output.ts'
import { changeSettings, readSettings, type Settings } from '../lib/settings.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { awsCloud, describeCloud } from './with-cloud.ts'

const usage = 'npm run use local | npm run use aws'

export const command: Command = {
  summary: 'Chooses the cloud that every command works on, and shows it.',
  usage,
  details: ['local           an AWS on this machine: no account, no Docker, no cost', 'aws             your own account, through the usual AWS credentials', 'profile=NAME    which profile of ~/.aws/config', 'region=NAME     which region', 'suffix=NAME     1 to 12 of a-z and 0-9, for accounts that several share; suffix=none takes it away'],
  example: 'npm run use aws profile=workshop region=eu-west-1',
  async run(args) {
    const { values, positionals: [cloud] } = parsed(args, { profile: { type: 'string' }, region: { type: 'string' }, suffix: { type: 'string' } }, usage, { words: 1 })
    if (!['local', 'aws', undefined].includes(cloud)) throw new KitError({ what: `The cloud is "local" or "aws", got "${cloud}".`, next: usage })

    const change: Partial<Settings> = { ...cloud && { cloud: cloud as Settings['cloud'] }, ...values }
    if (change.suffix === 'none') change.suffix = undefined
    const wanted = { ...readSettings(), ...change }
    // Asked before it is remembered: an account that cannot be reached would stop every later command.
    const shown = wanted.cloud === 'aws' ? describeCloud(await awsCloud(wanted)) : `local · an AWS on this machine${wanted.suffix ? ` · suffix ${wanted.suffix}` : ''}`
    await changeSettings(change)
    say(`From now on: ${shown}`)
    if (wanted.cloud === 'aws') say('Deploying there costs cents at most; npm run destroy takes everything away again.')
  },
}
