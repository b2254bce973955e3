import path from 'node:path'
import { connectLocal, localState } from '../lib/cloud.ts'
import { say } from '../lib/output.ts'
import { readSettings } from '../lib/settings.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { awsCloud } from './with-cloud.ts'

const usage = 'npm run env'

export const command: Command = {
  summary: 'Prints the exports by which any other AWS tool reaches the cloud you chose.',
  usage: `${usage} -- --state DIR`,
  details: ['--state DIR   another local AWS than the one of npm start', '--shell sh|powershell   the form; default by operating system', 'awscli before 2.13 and boto3 before 1.28 ignore AWS_ENDPOINT_URL: give them --endpoint-url "$AWS_ENDPOINT_URL"'],
  example: 'eval "$(npm run --silent env)"',
  async run(args) {
    const { values } = parsed(args, { state: { type: 'string' }, shell: { type: 'string' } }, usage)
    const settings = readSettings()
    const cloud = settings.cloud === 'aws' && !values.state
      ? await awsCloud(settings)
      : connectLocal({ state: values.state ? path.resolve(values.state) : localState() })
    const form = values.shell ?? (process.platform === 'win32' ? 'powershell' : 'sh')
    for (const [name, value] of Object.entries(cloud.environment))
      say(form === 'powershell' ? `$env:${name} = '${value.replaceAll("'", "''")}'` : `export ${name}='${value.replaceAll("'", `'\\''`)}'`)
  },
}
