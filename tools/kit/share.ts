import { KitError } from '../lib/kit-error.ts'
import { readEventFacts } from '../lib/event-facts.ts'
import { note, painted, say } from '../lib/output.ts'
import { readSettings } from '../lib/settings.ts'
import { attention, invitation, openOnAws, openOnLan } from '../room/invitation.ts'
import { isPrivate, lanAddresses } from '../room/lan.ts'
import { readRoom, roomFolder } from '../room/record.ts'
import { fitted } from '../room/shown.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { besideOthers, shareOnAws, takeDown } from './share/on-aws.ts'
import { shareLocally, sharing, stopSharing, type SharedRoom } from './share/on-lan.ts'
import { openSteps } from './share/solutions.ts'
import { stopRequested } from './stop-requested.ts'
import { chosenAws, describeCloud } from './with-cloud.ts'

const usage = 'npm run share | npm run share stop | npm run share new'

export const command: Command = {
  summary: "The facilitator's room: the chat of the solutions, for everyone to join.",
  usage,
  details: [
    'On the local AWS   opens that one chat to the network, behind a passcode, until Ctrl-C; the URL stays the same from time to time',
    'On aws             deploys it under the suffix "shared"; it stays until npm run share stop',
    'stop               takes it down',
    'new                local: a new passcode, so a new URL',
    'host=ADDRESS       local: which address of this machine; default: the first of a private network',
    'port=N             local: default 4567',
  ],
  example: 'npm run share',
  async run(args) {
    const { values, positionals: [what] } = parsed(args, { host: { type: 'string' }, port: { type: 'string' } }, usage, { words: 1 })
    if (![undefined, 'stop', 'new'].includes(what)) throw new KitError({ what: `"${what}" is not expected here.`, next: usage })
    const isOnAws = readSettings().cloud === 'aws'
    if (what === 'stop') return isOnAws ? takeDown(await chosenAws(readSettings())) : stopLocal()
    if (isOnAws) return shareThere()
    return shareHere({ host: values.host, port: portFrom(values.port), fresh: what === 'new' })
  },
}

async function shareHere(options: { host?: string, port?: number, fresh: boolean }) {
  const running = sharing(roomFolder())
  if (running) throw new KitError({ what: `The room is open already, in process ${running.pid}.`, next: 'Close it there with Ctrl-C, or from here: npm run share stop' })
  tellOfRoomOnAws()
  note('Building the room from solutions/ …')
  const room = await shareLocally({ home: roomFolder(), ...options })
  for (const line of told(room)) tell(line)
  const stopTelling = tellVisitors(room)
  await stopRequested()
  stopTelling()
  note('\nClosing the room …')
  await room.stop()
  // What still waits (a hanging handler's reader) must not keep a closed room alive.
  setTimeout(() => process.exit(0), 2_000).unref()
}

const tell = (line: string) => say(fitted(line, process.stdout.columns ?? 0))

function told({ url, door: { host, port }, aws, upTo }: SharedRoom): string[] {
  const others = lanAddresses().filter(({ address }) => address !== host)
  const here = lanAddresses().find(({ address }) => address === host)
  return [
    painted('bold', `The room is open: the chat of steps 1 to ${upTo}, on this machine.`),
    ...invitation(url, readEventFacts()),
    ...openOnLan({ host, port, network: here?.network, reach: aws.url }),
    ...isPrivate(host) ? [] : [attention(`${host} is a public address. To stay on your own network: npm run share host=${others.find(({ address }) => isPrivate(address))?.address ?? 'ADDRESS'}`)],
    ...others.length > 0 ? [`This machine has other addresses, too: ${others.map(({ address, network }) => `${address} (${network})`).join(', ')}. To use one: npm run share host=${others[0]!.address}`] : [],
    'If nobody else gets in: the firewall of this machine must let Node in, and some guest networks keep their guests apart.',
    'Ctrl-C closes the room; npm run share opens it again under the same URL. Another passcode: npm run share new',
  ]
}

/** A line whenever somebody comes or goes. Answers how to stop that. */
function tellVisitors({ aws, door }: SharedRoom) {
  return aws.events.on((event) => {
    if (event.kind !== 'connection' || event.change === 'refused') return
    const why = event.change === 'closed' && event.code === 1008 ? `, sent away: ${event.reason}` : ''
    note(painted('dim', `${new Date(event.at).toTimeString().slice(0, 8)} somebody ${event.change === 'opened' ? 'joined' : 'left'}${why} (${door.clients()} in the room)`))
  })
}

async function stopLocal() {
  const stopped = await stopSharing(roomFolder())
  say(stopped ? '✓ The room is closing. Its URL stays the same for the next npm run share.' : '✓ No room is open on this machine.')
  tellOfRoomOnAws()
}

/** Who has changed the cloud meanwhile would forget it. */
function tellOfRoomOnAws() {
  const room = readRoom()
  if (room?.cloud === 'aws') note(attention(`The room on aws (account ${room.account}, ${room.region}) stays until: npm run use aws region=${room.region}, then npm run share stop`))
}

async function shareThere() {
  const cloud = besideOthers(await chosenAws(readSettings()))
  const facts = readEventFacts()
  for (const [what, wanted, actual] of [['account', facts.account, cloud.account], ['region', facts.region, cloud.region]] as const)
    if (wanted && wanted !== actual) note(attention(`The ${what} of this event is ${wanted}, and you work in ${actual}.`))
  note(`Deploying the room from solutions/ to ${describeCloud(cloud)} …`)
  const url = await shareOnAws(cloud)
  say(painted('bold', `The room is open: the chat of steps 1 to ${openSteps()}, ${describeCloud(cloud)}`))
  for (const line of [...invitation(url, facts), ...openOnAws(), 'It stays until you take it down: npm run share stop']) tell(line)
}

function portFrom(text: string | undefined) {
  if (text === undefined) return undefined
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new KitError({ what: `port must be an integer from 1 to 65535, got "${text}".`, next: 'Try: npm run share port=4568' })
  return port
}
