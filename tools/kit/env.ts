import path from 'node:path'
import { connectLocal, localState } from '../lib/cloud.ts'
import { note, say } from '../lib/output.ts'
import { readSettings, type Settings } from '../lib/settings.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { chosenAws, describeCloud } from './with-cloud.ts'

const usage = 'npm run env'

export const command: Command = {
  summary: 'Prints the exports by which any other AWS tool reaches the cloud you chose.',
  usage: `${usage} state=DIR`,
  details: ['state=DIR             another local AWS than the one of npm start', 'shell=sh|powershell   the form; default by operating system', 'awscli before 2.13 and boto3 before 1.28 ignore AWS_ENDPOINT_URL: give them --endpoint-url "$AWS_ENDPOINT_URL"'],
  example: 'eval "$(npm run --silent env)"',
  async run(args) {
    const { values } = parsed(args, { state: { type: 'string' }, shell: { type: 'string' } }, usage)
    const settings = readSettings()
    const exports = settings.cloud === 'aws' && !values.state
      ? await ofAws(settings)
      : connectLocal({ state: values.state ? path.resolve(values.state) : localState() }).environment
    const form = values.shell ?? (process.platform === 'win32' ? 'powershell' : 'sh')
    for (const [name, value] of Object.entries(exports))
      say(form === 'powershell' ? `$env:${name} = '${value.replaceAll("'", "''")}'` : `export ${name}='${value.replaceAll("'", `'\\''`)}'`)
  },
}

/** The profile and the region, never the keys: other tools read those where they are, and what is printed may be seen. */
async function ofAws(settings: Settings): Promise<Record<string, string>> {
  const cloud = await chosenAws(settings)
  note(describeCloud(cloud))
  const { AWS_REGION, AWS_DEFAULT_REGION } = cloud.environment
  return { ...settings.profile && { AWS_PROFILE: settings.profile }, AWS_REGION: AWS_REGION!, AWS_DEFAULT_REGION: AWS_DEFAULT_REGION! }
}
