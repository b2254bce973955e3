import type { ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { note, plural, say } from '../lib/output.ts'
import { confirms } from './confirm.ts'
import { participantsDeployer } from './deploying.ts'
import { openClients, type Clients } from './leftover/clients.ts'
import { findLeftovers, type Leftover } from './leftover/find.ts'
import { inTurn } from './leftover/in-turn.ts'
import { removeLeftovers } from './leftover/remove.ts'
import { shownBySuffix, shownCost, suffixesIn } from './leftover/shown.ts'
import { placeUnlessTold } from './with-cloud.ts'

const WORD = 'everyone'
/** A stack takes about a minute, most of it waiting; more at once would only meet the limits of the account. */
const STACKS_AT_A_TIME = 5

/** For whoever looks after a shared account: lists what all participants have in it, and removes it when told to. The exit code is 0 where nothing is left. */
export async function destroyEveryone(cloud: ChosenCloud, { said }: { said?: string }): Promise<number> {
  const clients = openClients(cloud)
  try {
    const found = await findLeftovers(clients)
    if (found.length === 0) {
      say(`✓ Nobody has anything of a chat${cloud.name === 'aws' ? ' here' : placeUnlessTold('in', cloud)}.`)
      return 0
    }
    const people = suffixesIn(found)
    say(`${shownBySuffix(found)}\n${shownCost(found)}`)
    if (!await confirms(`Remove all of this, of ${plural(people.length, 'participant')}?`, { word: WORD, said, how: `npm run destroy everyone yes=${WORD}` })) {
      say('Nothing was removed.')
      return 1
    }
    const failures = await removeAll(clients, cloud, found)
    for (const line of failures) say(line)
    const left = await findLeftovers(clients)
    say(left.length === 0 ? `✓ Removed all of it. ${shownCost(left)}` : `${plural(left.length, 'thing is', 'things are')} left:\n${shownBySuffix(left)}\n${shownCost(left)}`)
    return left.length === 0 ? 0 : 1
  } finally {
    clients.close()
  }
}

async function removeAll(clients: Clients, cloud: ChosenCloud, found: Leftover[]): Promise<string[]> {
  const stacks = found.filter(({ kind }) => kind === 'stack')
  const failures = await inTurn(STACKS_AT_A_TIME, stacks, ({ name, suffix }) => removeStack({ ...cloud, suffix }, name))
  // Only now: what belonged to a stack has gone with it.
  const rest = (await findLeftovers(clients)).filter(({ kind }) => kind !== 'stack')
  const stay = await removeLeftovers(clients, rest, note)
  return [...failures.filter((one) => one !== undefined), ...stay.map(({ leftover, reason }) => `✗ ${leftover.kind} ${leftover.name} stays: ${reason}`)]
}

/** Why the stack stays; undefined where it is gone. */
async function removeStack(cloud: ChosenCloud, name: string): Promise<string | undefined> {
  const deployer = participantsDeployer(cloud, { tell: false })
  try {
    await deployer.destroy({ suffix: cloud.suffix })
    note(`  removed stack ${name}`)
    return undefined
  } catch (error) {
    if (!(error instanceof KitError)) throw error
    return `✗ ${error.failure.what}`
  } finally {
    deployer.close()
  }
}
