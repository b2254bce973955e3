import { once } from 'node:events'
import { WebSocket } from 'ws'

/** What went over one room; `strange` is what is none of its messages, an error frame for one. Every member must hear each message once, in the order in which they were sent. */
export type Heard = { messages: number, deliveries: number, lost: number, twice: number, disordered: number, strange: string[], joined: number, latenciesMs: number[] }
type Member = { socket: WebSocket, heard: number[] }

const PATIENCE_MS = 20_000

/** A connection that only holds on. */
export async function hold(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url)
  socket.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('close', () => reject(new Error(`${url} was refused or closed`)))
  })
  return socket
}

export async function leave(socket: WebSocket) {
  if (socket.readyState === socket.CLOSED) return
  const closed = once(socket, 'close')
  socket.close()
  await closed
}

/**
 * Members that speak in turn: the next one says something when all have heard the last one. From time to time one leaves and another comes.
 *
 * @param url of the chat; the room's name is added
 * @param changeEvery after so many messages a member is replaced; 0: never
 */
export async function openRoom({ url, name, size, changeEvery = 0 }: { url: string, name: string, size: number, changeEvery?: number }) {
  const tally: Heard = { messages: 0, deliveries: 0, lost: 0, twice: 0, disordered: 0, strange: [], joined: 0, latenciesMs: [] }
  let members: Member[] = []
  let number = 0
  let look = () => {}

  async function join() {
    const member: Member = { socket: await hold(`${url}?room=${name}`), heard: [] }
    member.socket.on('message', (data) => {
      const said = new RegExp(`^${name} (\\d+)$`).exec(String(data))
      if (!said) tally.strange.push(`${new Date().toISOString()} ${data}`)
      else member.heard.push(Number(said[1]))
      look()
    })
    members.push(member)
    tally.joined++
  }
  async function say() {
    const id = number++
    const speaker = members[id % members.length]!
    const at = performance.now()
    const allHeard = new Promise<void>((resolve) => {
      const patience = setTimeout(resolve, PATIENCE_MS)
      look = () => {
        if (!members.every(({ heard }) => heard.at(-1) === id)) return
        clearTimeout(patience)
        resolve()
      }
    })
    speaker.socket.send(JSON.stringify({ action: 'send', room: name, data: `${name} ${id}` }))
    await allHeard
    tally.latenciesMs.push(performance.now() - at)
    tally.messages++
    for (const member of members) count(member, id)
  }
  function count(member: Member, id: number) {
    tally.deliveries += member.heard.length
    if (!member.heard.includes(id)) tally.lost++
    tally.twice += member.heard.filter((other) => other === id).length > 1 ? 1 : 0
    tally.disordered += member.heard.filter((other) => other !== id).length
    member.heard = []
  }

  for (let i = 0; i < size; i++) await join()
  return {
    tally,
    async talk(until: () => boolean) {
      while (!until()) {
        await say()
        if (changeEvery === 0 || number % changeEvery !== 0) continue
        await leave(members.shift()!.socket)
        await join()
      }
    },
    async close() {
      await Promise.all(members.map(({ socket }) => leave(socket)))
      members = []
    },
  }
}

export const added = (tallies: Heard[]): Heard => tallies.reduce((sum, other) => ({
  messages: sum.messages + other.messages, deliveries: sum.deliveries + other.deliveries, lost: sum.lost + other.lost, twice: sum.twice + other.twice,
  disordered: sum.disordered + other.disordered, strange: [...sum.strange, ...other.strange], joined: sum.joined + other.joined, latenciesMs: [...sum.latenciesMs, ...other.latenciesMs],
}))

/** The value below which `share` of the numbers lie. */
export const quantile = (numbers: number[], share: number) => numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? Number.NaN
