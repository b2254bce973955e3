import { randomBytes } from 'node:crypto'
import type { ChosenCloud } from '../lib/cloud.ts'
import type { Aws } from './aws.ts'
import { CheckFailed, fail, pass, type Fail, type Outcome } from './check.ts'
import type { Chat } from './find.ts'
import type { Patience, Tell } from './patience.ts'
import { openMockApi } from './mock-api.ts'
import { openProbeStage } from './probe-stage.ts'
import { knockAt, openRoom, type Room } from './room.ts'
import { openRows, type Rows } from './rows.ts'
import type { Client } from './socket.ts'

/** What verify itself brings into the participant's cloud: sockets, rows, a stage. `end` removes it all. */
export type Probe = {
  /** four hexadecimal digits that mark this run */
  nonce: string
  /** The participant's stage where it lets clients in, else one of our own. Throws CheckFailed where there is no API or table. */
  room(): Promise<Room>
  /**
   * Runs `attempt` in the participant's stage, and where that is missing or fails, on one of our own with the routes of this moment:
   * what their stage serves is a question of its own (step 4).
   */
  inAnyRoom(attempt: (room: Room) => Promise<Outcome | undefined>): Promise<Outcome | undefined>
  /** The room in the participant's stage, whatever it does. Undefined: there is no stage. */
  theirRoom(): Promise<Room | undefined>
  /** The room in a stage of our own, deployed from the routes of this moment. */
  ownRoom(): Promise<Room>
  /** A client of an API of our own, whose routes `keys` are mocks. */
  mockClient(keys: string[]): Promise<Client>
  rows(): Promise<Rows>
  /** Marks a row to be removed at the end of the check. */
  mine(connectionId: string): void
  /** Closes the sockets and removes the rows of a check. */
  clear(): Promise<void>
  /** Removes everything; to be called once, also after an abort. */
  end(): Promise<void>
}

export function createProbe({ aws, cloud, chat, patience, tell = () => {} }: { aws: Aws, cloud: ChosenCloud, chat: Chat, patience: Patience, tell?: Tell }): Probe {
  const nonce = randomBytes(2).toString('hex')
  const clients = new Set<Client>()
  const ids = new Set<string>()
  const mockApis = new Map<string, ReturnType<typeof openMockApi>>()
  let sockets = 0
  let stage: Promise<{ name: string, remove(): Promise<void> }> | undefined

  async function rows() {
    const table = await chat.table()
    if (!table) throw new CheckFailed(fail(`There is no table ${chat.names.table}.`))
    return openRows(aws, table.name)
  }

  async function roomOf(name: string, own: boolean) {
    const api = await chat.api()
    return openRoom({
      aws, cloud, chat, patience, apiId: api!.id, stage: name, own, rows: await rows(), nonce,
      nextNumber: () => ++sockets,
      mine({ client, connectionId }) {
        if (client) clients.add(client)
        if (connectionId) ids.add(connectionId)
      },
    })
  }

  async function theirRoom() {
    const theirs = await chat.stage()
    return theirs && roomOf(theirs.name, false)
  }

  async function ownRoom() {
    const api = await chat.api()
    if (!api) throw new CheckFailed(fail(`There is no WebSocket API ${chat.names.api}.`))
    if ((await chat.routes()).length === 0) throw new CheckFailed(fail('The API has no route yet, so nothing can be deployed.'))
    stage ??= openProbeStage({ aws, apiId: api.id, nonce, patience })
    return roomOf((await stage).name, true)
  }

  async function mockClient(keys: string[]) {
    const name = keys.join()
    if (!mockApis.has(name)) mockApis.set(name, openMockApi({ aws, nonce, patience }, keys))
    const { apiId, stage: mocks } = await mockApis.get(name)!
    const { client, handshake } = await knockAt(cloud.webSocketUrl(apiId, mocks), { number: ++sockets, nonce, patience, isNew: true })
    if (!client) throw new Error(`The API of mocks that verify made does not let its clients in: ${handshake.status ?? handshake.error}`)
    clients.add(client)
    return client
  }

  let chosen: Promise<Room> | undefined
  async function choose() {
    const theirs = await theirRoom()
    const knock = await theirs?.knock()
    return theirs && knock?.client?.connectionId ? theirs : ownRoom()
  }

  async function clear() {
    const closing = [...clients].map((client) => client.close())
    clients.clear()
    await Promise.all(closing)
    const left = [...ids]
    ids.clear()
    if (left.length === 0) return
    const table = await rows()
    await Promise.all(left.map((id) => table.remove(id)))
  }

  return {
    nonce, rows, theirRoom, ownRoom, mockClient, clear,
    room: () => chosen ??= choose(),
    async inAnyRoom(attempt) {
      const theirs = await theirRoom()
      const outcome = theirs && await settled(() => attempt(theirs))
      if (theirs && outcome?.status !== 'fail') return outcome

      await clear()
      const own = await settledRoom(ownRoom, outcome)
      if ('status' in own) return own
      return await settled(() => attempt(own)) ?? (theirs && pass(`tried on a stage of verify's own with the routes of this moment: ${theirs.stage} does not do so, or not yet`))
    },
    mine: (connectionId) => { ids.add(connectionId) },
    async end() {
      if (clients.size + ids.size + mockApis.size > 0 || stage) tell({ kind: 'clean-up', what: 'Removing the probes' })
      const made = await Promise.all([stage, ...mockApis.values()].map((one) => one?.catch(() => undefined)))
      stage = undefined
      mockApis.clear()
      try {
        await clear()
      } finally {
        for (const one of made) await one?.remove()
      }
    },
  }
}

async function settled(attempt: () => Promise<Outcome | undefined>): Promise<Outcome | Fail | undefined> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof CheckFailed) return error.outcome
    throw error
  }
}

/** The room, or the failure that was seen in the participant's own stage where ours cannot be made for whatever reason. */
async function settledRoom(open: () => Promise<Room>, seen: Outcome | undefined): Promise<Room | Outcome> {
  try {
    return await open()
  } catch (error) {
    if (seen) return seen
    if (error instanceof CheckFailed) return error.outcome
    throw error
  }
}
