import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { ChosenCloud } from '../../lib/cloud.ts'
import { KitError } from '../../lib/kit-error.ts'
import { note } from '../../lib/output.ts'
import { root } from '../../lib/paths.ts'
import { openAws } from '../../verify/aws.ts'
import { findChat } from '../../verify/find.ts'
import { openRows } from '../../verify/rows.ts'
import { createDeployer } from '../deployer.ts'
import { shownEvent } from '../deploying.ts'
import { openClients } from '../leftover/clients.ts'
import { findLeftovers, ofSuffix } from '../leftover/find.ts'
import { removeLeftovers } from '../leftover/remove.ts'
import { play, type Phase } from './play.ts'

const LOOK_MS = 300

/** A suffix that nobody in a shared account has: `demo` and four hexadecimal digits. */
export const freshSuffix = () => `demo${randomBytes(2).toString('hex')}`

/** What somebody should know before saying yes. */
export const priceOf = ({ suffix }: ChosenCloud) => [
  `The demo makes the stack ChatStack-${suffix} there and removes it again; it touches nothing else. About ten minutes.`,
  'It costs about one cent: some thousand writes to a table, some hundred calls of functions, some hundred messages.',
]

/**
 * Plays the demo in somebody's account, under the suffix of `cloud`. However it ends, also by `signal`, it removes what it made; the proof is
 * the same search by name, tag and use as that of `npm run destroy`.
 */
export async function playOnAws({ cloud, home, phase, signal, tell = note }: { cloud: ChosenCloud, home: string, phase: Phase, signal?: AbortSignal, tell?: (text: string) => void }) {
  const make = () => createDeployer({ root: path.join(root, 'solutions'), cloud, workFolder: path.join(home, 'cdk'), onEvent: (event) => tell(shownEvent(event)) })
  const deployer = make()
  const { suffix } = cloud
  let isClean = false
  try {
    await play({
      cloud, means: 'toolkit', signal,
      async deploy(upTo) { await deployer.deploy({ upTo, suffix, signal }) },
      async destroy() {
        await removeAll(cloud, make)
        isClean = true
      },
      opened: (listener) => watchRows(cloud, listener),
      left: () => leftOf(cloud),
    }, async (name, work) => {
      if (signal?.aborted) throw interrupted()
      await phase(name, work)
    })
  } catch (error) {
    throw signal?.aborted ? interrupted() : error
  } finally {
    deployer.close()
    if (!isClean) await cleanUp(cloud, make, tell)
  }
}

const interrupted = () => new KitError({ what: 'The demo was interrupted.', next: 'Start it again: npm run demo aws' })

async function cleanUp(cloud: ChosenCloud, make: () => ReturnType<typeof createDeployer>, tell: (text: string) => void) {
  tell('Removing what the demo made …')
  try {
    await removeAll(cloud, make)
    const left = await leftOf(cloud)
    tell(left.length === 0 ? 'Nothing of it is left.' : `Left: ${left.join(', ')}`)
  } catch (error) {
    tell(`The demo's things could not be removed: ${(error as Error).message}\n  next npm run use aws suffix=${cloud.suffix}, then npm run destroy`)
  }
}

/** The stack by a deployer of its own, since the one that was interrupted answers no more; then what a stack does not take with it. */
async function removeAll(cloud: ChosenCloud, make: () => ReturnType<typeof createDeployer>) {
  const deployer = make()
  const clients = openClients(cloud)
  try {
    await deployer.destroy({ suffix: cloud.suffix })
    await removeLeftovers(clients, ofSuffix(await findLeftovers(clients), cloud.suffix))
  } finally {
    deployer.close()
    clients.close()
  }
}

async function leftOf(cloud: ChosenCloud): Promise<string[]> {
  const clients = openClients(cloud)
  try {
    return ofSuffix(await findLeftovers(clients), cloud.suffix).map(({ kind, name }) => `${kind} ${name}`)
  } finally {
    clients.close()
  }
}

/** Calls `listener` for each row that comes into the table of connections: wscat itself does not say when it is in. */
function watchRows(cloud: ChosenCloud, listener: () => void): () => void {
  const aws = openAws(cloud)
  const known = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let isOver = false

  async function look() {
    const table = await findChat({ aws, cloud }).table()
    const ids = table ? await openRows(aws, table.name).ids() : []
    for (const id of ids) if (!known.has(id)) {
      known.add(id)
      listener()
    }
  }
  const again = () => {
    // A look that fails is followed by another; whoever waits has a deadline of its own.
    void look().catch(() => {}).finally(() => { if (!isOver) timer = setTimeout(again, LOOK_MS) })
  }
  again()
  return () => {
    isOver = true
    clearTimeout(timer)
    aws.close()
  }
}
