import { spawn } from 'node:child_process'
import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { note } from '../lib/output.ts'
import { root } from '../lib/paths.ts'
import { openAws } from '../verify/aws.ts'
import { findChat } from '../verify/find.ts'
import type { ChosenCloud } from '../lib/cloud.ts'
import type { Command } from './command.ts'
import { notDeployed } from './not-deployed.ts'
import { withCloud } from './with-cloud.ts'

export const command: Command = {
  summary: 'The real wscat, pointed at your chat. Open two terminals to talk to yourself.',
  usage: 'npm run wscat',
  details: ['Type {"action":"sendMessage","data":"Ground Control to Major Tom"} and press Enter; Ctrl-C leaves.', "Further options of wscat go after --: npm run wscat -- -x '{\"action\":\"sendMessage\",\"data\":\"hi\"}'"],
  example: 'npm run wscat',
  run: (args) => withCloud(async (cloud) => {
    const url = await chatUrl(cloud)
    note(`The same by hand: npx wscat -c ${url}`)
    const child = spawn(process.execPath, [wscatBinary, '-c', url, ...args], { cwd: root, stdio: 'inherit' })
    // Ctrl-C reaches wscat too; we wait for it so that a cloud started for it ends after it.
    process.on('SIGINT', () => {})
    return new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => resolve(code ?? 0))
    })
  }),
}

export const wscatBinary = path.join(root, 'node_modules/wscat/bin/wscat')

/** Where the participant's chat answers a WebSocket client. Throws KitError while there is no stage. */
export async function chatUrl(cloud: ChosenCloud): Promise<string> {
  const aws = openAws(cloud)
  try {
    const chat = findChat({ aws, cloud })
    const [api, stage] = [await chat.api(), await chat.stage()]
    if (!api) throw await notDeployed('Your API', { aws, cloud, chat })
    if (!stage) throw new KitError({ what: 'Your API has no stage yet, so nobody can connect to it.', where: `API ${api.id}`, next: 'That is step 4: steps/04-deploy/deploy.ts' })
    return cloud.webSocketUrl(api.id, stage.name)
  } finally {
    aws.close()
  }
}
