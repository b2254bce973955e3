import { question } from 'zx'
import { isInteractive, note, say } from '../lib/output.ts'
import { changeSettings, readSettings, type Settings } from '../lib/settings.ts'
import { remembered } from './aws/cloud.ts'
import { awsCloud, describeCloud } from './with-cloud.ts'

/** Asks once, in a terminal, which cloud to work on, and remembers it. Without a terminal it is local, and says how to switch. */
export async function chooseCloud(): Promise<Settings> {
  const settings = readSettings()
  if (settings.cloud) return settings
  if (!isInteractive() || !process.stdin.isTTY) {
    note('Working on the local AWS. Your own account instead: npm run use aws')
    return { ...settings, cloud: 'local' }
  }

  const aws = await awsCloud(settings).catch(() => undefined)
  say('Where do you want to build?')
  say('  1  local: an AWS on this machine. No account, no cost.')
  say(aws ? `  2  ${describeCloud(aws)}` : '  2  aws: your own account (no credentials found yet)')
  for (;;) {
    const answer = (await question('1 or 2 [1]: ')).trim().toLowerCase()
    if (['', '1', 'local'].includes(answer)) return changeSettings({ cloud: 'local' })
    if (!['2', 'aws'].includes(answer)) continue
    if (aws) return changeSettings({ cloud: 'aws', ...remembered(aws, settings) })
    note('Sign in first (aws sso login, or export keys), then: npm run use aws')
  }
}
