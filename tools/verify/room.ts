import { setTimeout as sleep } from 'node:timers/promises'
import { retry } from 'zx'
import type { ChosenCloud } from '../lib/cloud.ts'
import type { Frame, FunctionName } from '../mistakes/evidence.ts'
import { unless, type Aws } from './aws.ts'
import { CheckFailed, fail } from './check.ts'
import { ROUTE_OF, type Chat } from './find.ts'
import { disconnectEvent, messageEvent } from './gateway-events.ts'
import { invoke, type Invocation } from './invoke.ts'
import type { Patience } from './patience.ts'
import { refsIn } from './refs.ts'
import type { Rows } from './rows.ts'
import { openSocket, type Client, type Joining } from './socket.ts'

/** One stage of the participant's API, with clients of ours in it. */
export type Room = {
  stage: string
  /** made by verify for this run */
  own: boolean
  rows: Rows
  /** Knocks once. Without a row of its own the client has an empty `connectionId`. */
  knock(): Promise<Joining>
  /** Lets `count` clients in through `$connect`, each with its row. Throws CheckFailed where that does not work. */
  join(count: number): Promise<Client[]>
  /** Closes a client's socket and waits until posts to it are answered with 410. */
  leave(client: Client): Promise<void>
  /** Ends a client's connection through the API: DELETE @connections/ID. */
  end(client: Client): Promise<void>
  /** Invokes a function as the gateway does when `from` sends `body`. */
  message(name: FunctionName, from: Client, body: string): Promise<Invocation>
  /** Invokes a function as the gateway does when the connection of `client` has ended. */
  farewell(name: FunctionName, client: Client): Promise<Invocation>
  /** Those of `clients` whose rows are still there after `withinMs`. */
  stillThere(clients: Client[], withinMs: number): Promise<Client[]>
  /** Who of `clients` has received a text that contains `words`, once everything posted so far has arrived. */
  whoHeard(clients: Client[], words: string): Promise<Client[]>
  /** A text nobody has said before. */
  words(): string
}

export type RoomOptions = {
  aws: Aws, cloud: ChosenCloud, chat: Chat, patience: Patience, apiId: string, stage: string, own: boolean, rows: Rows, nonce: string
  /** counts the sockets of the run */
  nextNumber(): number
  /** hands a socket, or the id of a row, to the clean-up */
  mine(thing: { client?: Client, connectionId?: string }): void
}

export function openRoom({ aws, cloud, chat, patience, apiId, stage, own, rows, nonce, nextNumber, mine }: RoomOptions): Room {
  const connections = aws.connections(apiId, stage)

  async function knock(): Promise<Joining> {
    const number = nextNumber()
    const joining = await knockAt(cloud.webSocketUrl(apiId, stage), { number, nonce, patience, isNew: own })
    if (joining.client) mine({ client: joining.client })
    return joining
  }

  /** GetConnection answers the User-Agent (B3), so that a new row tells whose socket it is, and rows of other people are left alone. */
  async function nameClients(clients: Client[], before: Set<string>) {
    for (const connectionId of await rows.ids()) {
      if (before.has(connectionId)) continue
      const connection = await unless(['GoneException', 'BadRequestException'], connections.getConnection({ ConnectionId: connectionId }))
      const client = clients.find(({ number }) => agentOf(nonce, number) === connection?.Identity?.UserAgent)
      if (!client) continue
      client.connectionId = connectionId
      mine({ connectionId })
    }
  }

  const sender = ({ connectionId }: Client) => ({ apiId, stage, region: cloud.region, connectionId })
  async function nameOf(name: FunctionName) {
    const found = await chat.function(name)
    if (!found) throw new CheckFailed(fail(`There is no function ${chat.names[name]}.`))
    return found.name
  }

  return {
    stage, own, rows,
    async knock() {
      const before = new Set(await rows.ids())
      const joining = await knock()
      if (joining.client) await nameClients([joining.client], before)
      return joining
    },
    async join(count) {
      const before = new Set(await rows.ids())
      const joinings = await Promise.all(Array.from({ length: count }, knock))
      const refused = joinings.find(({ client }) => !client)
      if (refused) throw new CheckFailed(fail(`A client that wanted in was refused: ${refused.handshake.status ?? refused.handshake.error}.`, { handshake: refused.handshake, refs: refsIn(refused.handshake.body) }))

      const clients = joinings.map(({ client }) => client!)
      await nameClients(clients, before)
      if (clients.some(({ connectionId }) => !connectionId))
        throw new CheckFailed(fail(`A client got in, but ${rows.table} has no row with its connection id. That is step 1: npm run verify:step-1`))
      return clients
    },
    async leave(client) {
      await client.close()
      // The gateway learns of the close within milliseconds (B1.9), but after us.
      const isGone = async () => !await unless('GoneException', connections.getConnection({ ConnectionId: client.connectionId })) || undefined
      await retry(20, '50ms', async () => { if (!await isGone()) throw new Error(`The connection of client ${client.number} was closed and is still there after a second.`) })
    },
    end: async ({ connectionId }) => { await connections.deleteConnection({ ConnectionId: connectionId }) },
    async message(name, from, body) {
      return invoke(aws, await nameOf(name), messageEvent({ ...sender(from), body, routeKey: ROUTE_OF[name] }))
    },
    farewell: async (name, client) => invoke(aws, await nameOf(name), disconnectEvent(sender(client))),
    async stillThere(clients, withinMs) {
      const deadline = Date.now() + withinMs
      let left = clients
      for (;;) {
        const ids = new Set(await rows.ids())
        left = left.filter(({ connectionId }) => ids.has(connectionId))
        if (left.length === 0 || Date.now() >= deadline) return left
        await sleep(100)
      }
    },
    async whoHeard(clients, words) {
      // A text of ours, posted after theirs: whoever has it and not theirs will never hear theirs.
      const over = `${OVER} ${nonce} ${Math.random().toString(16).slice(2, 8)}`
      await Promise.all(clients.map(async (client) => {
        await unless(['GoneException', 'BadRequestException'], connections.postToConnection({ ConnectionId: client.connectionId, Data: over }))
        await client.hears((text) => text === over, 2_000)
        if (patience.patient) await client.hears((text) => text.includes(words), 1_000)
      }))
      return clients.filter(({ frames }) => frames.some((text) => text.includes(words)))
    },
    words: () => `verify: hello ${nonce}${Math.random().toString(16).slice(2, 6)}`,
  }
}

const agentOf = (nonce: string, number: number) => `verify/${nonce}/${number}`

/** Knocks as one of our clients; where a stage is new, until it serves. */
export async function knockAt(url: string, { number, nonce, patience, isNew }: { number: number, nonce: string, patience: Patience, isNew: boolean }): Promise<Joining> {
  const open = async () => {
    const joining = await openSocket(url, { number, userAgent: agentOf(nonce, number) })
    return isNew && joining.handshake.status === 403 ? undefined : joining
  }
  return await patience.until('A new stage needs a moment until it serves', 15, open) ?? { handshake: { status: 403 } }
}

const OVER = 'verify: over'
/** Whether a text is the one that verify posts after those it waits for. */
export const isOver = (text: string) => text.startsWith(OVER)

/** What these clients have received, as evidence: without what verify itself posted. */
export const framesOf = (clients: Client[]): Frame[] => clients.flatMap(({ number, frames }) => frames.filter((text) => !isOver(text)).map((text) => ({ client: number, text })))

/** What a participant's client sends to say something. */
export const saying = (data: unknown) => JSON.stringify({ action: 'sendMessage', data })
