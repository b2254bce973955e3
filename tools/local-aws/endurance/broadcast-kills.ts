import assert from 'node:assert/strict'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { begin, chatTemplate, stackOf } from './chat-stack.ts'
import { openClients, type Clients } from './inventory.ts'
import type { Graveyard, Victim } from './victim-process.ts'

export type BroadcastTally = { kills: number, clients: number, heardBefore: number, lostRows: number }

/**
 * Kills the local AWS after the events `points` of a broadcast (`frame`: one sent to a client; `invocation`: the function has ended), starts it again,
 * and asserts that whoever was let in before is still in the table, that people can chat at once, and that the dead are forgotten.
 */
export async function killWhileBroadcasting(yard: Graveyard, points: { kind: 'frame' | 'invocation' | 'request', count: number }[], people = 8): Promise<BroadcastTally> {
  const tally: BroadcastTally = { kills: 0, clients: 0, heardBefore: 0, lostRows: 0 }
  let victim = await yard.start()
  let clients = openClients(victim.client)
  await begin(clients, 'createStack', chatTemplate)
  assert.equal((await stackOf(clients))?.StackStatus, 'CREATE_COMPLETE')

  for (const point of points) {
    const room = await join(victim, clients, people)
    tally.clients += people
    await victim.arm(point)
    room.say('Ground Control to Major Tom')
    const wasAlive = await Promise.race([victim.dead.then(() => false), delay(5_000, true)])
    assert.equal(wasAlive, false, `${point.count} ${point.kind} events did not come`)
    await room.closed
    tally.heardBefore += room.heard.length
    assert.deepEqual(await yard.leftBehind(), [], 'processes and temporary files')
    tally.kills++

    victim = await yard.start()
    clients = openClients(victim.client)
    const rows = await rowsIn(clients)
    tally.lostRows += room.ids.filter((id) => !rows.includes(id)).length

    const again = await join(victim, clients, people)
    again.say('Commencing countdown')
    await again.allHeard('Commencing countdown')
    await until(async () => (await rowsIn(clients)).toSorted().join() === again.ids.toSorted().join())
    await again.leave()
  }
  await victim.stop()
  return tally
}

async function join({ client }: Victim, clients: Clients, people: number) {
  const { Outputs } = (await stackOf(clients))!
  const before = await rowsIn(clients)
  const heard: string[] = []
  const sockets: WebSocket[] = []
  for (let i = 0; i < people; i++) {
    const socket = new WebSocket(`${client.endpoint.replace('http', 'ws')}/${Outputs![0]!.OutputValue}/beta`)
    socket.on('message', (data) => { heard.push(String(data)) })
    socket.on('error', () => {})
    await once(socket, 'open')
    sockets.push(socket)
  }
  const closed = Promise.all(sockets.map((socket) => once(socket, 'close')))
  return {
    heard, closed,
    ids: (await rowsIn(clients)).filter((id) => !before.includes(id)),
    say(data: string) { sockets[0]!.send(JSON.stringify({ action: 'send', data })) },
    allHeard: (text: string) => until(async () => heard.filter((other) => other === text).length === people),
    async leave() {
      for (const socket of sockets) socket.close()
      await closed
    },
  }
}

const rowsIn = async ({ dynamodb }: Clients) => (await dynamodb.scan({ TableName: 'Clients' })).Items!.map(({ connectionId }) => connectionId!.S!)

async function until(isSo: () => Promise<boolean>) {
  const patience = Date.now() + 10_000
  while (!await isSo()) {
    assert.ok(Date.now() < patience, 'it did not come to pass within 10 s')
    await delay(10)
  }
}
