import type { ChosenCloud } from '../lib/cloud.ts'
import { duration, note, plural, say } from '../lib/output.ts'
import { otherRegionsWith } from '../verify/elsewhere.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { confirms } from './confirm.ts'
import { participantsDeployer } from './deploying.ts'
import { destroyEveryone } from './destroy-everyone.ts'
import { openClients, type Clients } from './leftover/clients.ts'
import { findLeftovers, ofSuffix } from './leftover/find.ts'
import { removeLeftovers } from './leftover/remove.ts'
import { shownCost, shownLeftovers } from './leftover/shown.ts'
import { placeUnlessTold, withCloud } from './with-cloud.ts'

const usage = 'npm run destroy'

export const command: Command = {
  summary: 'Removes everything that was deployed, and looks for what is left. Your files stay.',
  usage: `${usage} | npm run destroy everyone`,
  details: [
    'What a stack left behind, or somebody made by hand, it shows and removes when you say yes.',
    'yes              says it beforehand, for scripts',
    'everyone         all suffixes of a shared account; asks for a word first',
    'yes=everyone     that word, for scripts',
  ],
  example: usage,
  async run(args) {
    const { values, positionals } = parsed(args, { yes: { type: 'string' } }, usage, { words: 2 })
    const said = values.yes ?? (positionals.includes('yes') ? 'yes' : undefined)
    return withCloud((cloud) => positionals.includes('everyone') ? destroyEveryone(cloud, { said }) : destroyOwn(cloud, { said }))
  },
}

/** Removes the participant's stack, then what is left of the chat. The exit code is 0 where nothing is. */
export async function destroyOwn(cloud: ChosenCloud, { said }: { said?: string }): Promise<number> {
  note(`Removing the chat${placeUnlessTold('from', cloud)}`)
  const deployer = participantsDeployer(cloud)
  const clients = openClients(cloud)
  try {
    const { existed, ms } = await deployer.destroy({ suffix: cloud.suffix })
    say(existed ? `✓ Removed the stack (${duration(ms)})` : '✓ There was no stack to remove.')
    const code = await sweep(clients, cloud.suffix, { said })
    const stack = cloud.suffix ? `ChatStack-${cloud.suffix}` : 'ChatStack'
    for (const region of await otherRegionsWith(cloud, stack)) say(`! ${stack} is also in ${region}: npm run use aws region=${region}, then ${usage}`)
    return code
  } finally {
    deployer.close()
    clients.close()
  }
}

/** Without its stack, the code of a chat is of no use to anybody; the rest is shown, and removed if the person wants. */
async function sweep(clients: Clients, suffix: string | undefined, { said }: { said?: string }): Promise<number> {
  const found = ofSuffix(await findLeftovers(clients), suffix)
  const code = found.filter(({ kind }) => kind === 'code')
  await removeLeftovers(clients, code)
  if (code.length > 0) say(`✓ Removed ${plural(code.length, 'file')} of code that deploys had uploaded`)

  const rest = found.filter(({ kind }) => kind !== 'code')
  if (rest.length > 0) {
    say(`Left of the chat:\n${shownLeftovers(rest)}\n${shownCost(rest)}`)
    if (await confirms(`Remove ${rest.length === 1 ? 'it' : `all ${rest.length}`}?`, { word: 'yes', said, how: `${usage} yes` }))
      for (const { leftover, reason } of await removeLeftovers(clients, rest, say)) say(`✗ ${leftover.kind} ${leftover.name} stays: ${reason}`)
  }
  const left = ofSuffix(await findLeftovers(clients), suffix)
  say(left.length === 0 ? `✓ ${shownCost(left)}` : `${plural(left.length, 'thing is', 'things are')} left. ${shownCost(left)}`)
  return left.length === 0 ? 0 : 1
}
