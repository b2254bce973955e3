import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { root } from '../../lib/paths.ts'
import { table } from '../../lib/output.ts'
import { begin, destroy, stackOf } from './chat-stack.ts'
import { openClients, type Clients } from './inventory.ts'
import { endurance } from './options.ts'
import { added, hold, leave, openRoom, quantile, type Heard } from './room.ts'
import { roomTemplate } from './room-template.ts'
import { createGraveyard } from './victim-process.ts'

const { minutes } = endurance()
/** An account has ten invocations at a time (D4.18), and one may still be ending when the next begins: two for each room, one for who comes. */
const ROOMS = 4
const MEMBERS = 50
const IDLE = 1_800
const CHANGE_EVERY = 25
const FLOOR_MS = 10_000
const MAX_GROWTH_BYTES = 64 * 1_048_576

/** `used`: bytes of JavaScript after a collection; the process holds on to more (`rss`), as V8 sees fit. */
type Sample = { used: number, rss: number, descriptors: number }

describe('a local AWS under load', () => {
  it(`for ${minutes} min delivers every message once, in order, and grows no further`, async (test) => {
    const floor = await measureFloor()
    const yard = await createGraveyard()
    test.after(() => yard.remove())
    const victim = await yard.start()
    const clients = openClients(victim.client)
    const sample = async (): Promise<Sample> => ({ used: await victim.usedBytes(), ...seenFromOutside(victim.pid) })
    // What is opened once and stays: the database, the keeper of function processes.
    await begin(clients, 'createStack', roomTemplate)
    await stackOf(clients)
    await destroy(clients)
    const bare = await sample()
    await begin(clients, 'createStack', roomTemplate)
    const { Outputs } = (await stackOf(clients))!
    const url = `${victim.client.endpoint.replace('http', 'ws')}/${Outputs![0]!.OutputValue}/beta`

    const idle: WebSocket[] = []
    while (idle.length < IDLE) idle.push(...await Promise.all([hold(url), hold(url)]))
    const samples: Sample[] = []
    const endsAt = Date.now() + minutes * 60_000
    const isOver = () => Date.now() > endsAt
    let comings = idle.length

    const [heard] = await Promise.all([
      talk(url, isOver, CHANGE_EVERY),
      (async () => {
        while (!isOver()) {
          await leave(idle.shift()!)
          idle.push(await hold(url))
          comings++
          await delay(100)
        }
      })(),
      (async () => {
        for (; !isOver(); await delay(5_000)) samples.push(await sample())
      })(),
    ])
    if (heard.strange.length > 0) for (const line of await errorsOf(clients)) test.diagnostic(line)
    const held = idle.filter((socket) => socket.readyState === socket.OPEN).length
    for (let i = 0; i < idle.length; i += 100) await Promise.all(idle.slice(i, i + 100).map(leave))
    assert.equal(await destroy(clients), 'DELETE_COMPLETE')
    const left = await settled(sample, bare.descriptors)
    await victim.stop()

    const [second, third] = [1, 2].map((part) => samples.slice(Math.floor(samples.length * part / 3), Math.floor(samples.length * (part + 1) / 3)).map(({ used }) => used))
    for (const line of lines({ heard, floor, held, comings, samples, bare, left })) test.diagnostic(line)
    assert.deepEqual(troubles(heard), troubles({ ...heard, lost: 0, twice: 0, disordered: 0, strange: [] }))
    assert.equal(heard.deliveries, heard.messages * MEMBERS)
    assert.equal(held, IDLE)
    assert.ok(quantile(third!, 0.5) - quantile(second!, 0.5) < MAX_GROWTH_BYTES, 'memory grew from the second to the last third')
    assert.ok(left <= bare.descriptors, `${left} descriptors, ${bare.descriptors} before`)
  })
})

async function talk(url: string, until: () => boolean, changeEvery = 0): Promise<Heard> {
  const rooms = []
  for (let i = 0; i < ROOMS; i++) rooms.push(await openRoom({ url, name: `room-${i}`, size: MEMBERS, changeEvery }))
  await Promise.all(rooms.map((room) => room.talk(until)))
  for (const room of rooms) await room.close()
  return added(rooms.map(({ tally }) => tally))
}

/** The same rooms, where the server is nothing but ws. */
async function measureFloor() {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'plain-server.ts')], { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [port] = await once(child, 'message')
  let endsAt = Infinity
  const talking = talk(`ws://127.0.0.1:${port}/`, () => Date.now() > (endsAt === Infinity ? endsAt = Date.now() + FLOOR_MS : endsAt))
  const heard = await talking
  child.disconnect()
  await once(child, 'exit')
  return heard
}

/** What the functions say went wrong, so that one need not guess. */
async function errorsOf({ logs }: Clients) {
  const { events = [] } = await logs.filterLogEvents({ logGroupName: '/aws/lambda/send', filterPattern: '?ERROR ?Status' })
  return events.slice(0, 5).map(({ timestamp, message }) => `${new Date(timestamp!).toISOString()} ${message!.slice(0, 800)}`)
}

/** Waits until no more descriptors are open than before, but not for ever; answers how many there are. */
async function settled(sample: () => Promise<Sample>, wanted: number) {
  const patience = Date.now() + 15_000
  for (;;) {
    const { descriptors } = await sample()
    if (descriptors <= wanted || Date.now() > patience) return descriptors
    await delay(100)
  }
}

/** Only Linux tells it at no cost; 0 elsewhere. */
const seenFromOutside = (pid: number) => process.platform === 'linux'
  ? { rss: Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096, descriptors: readdirSync(`/proc/${pid}/fd`).length }
  : { rss: 0, descriptors: 0 }

const troubles = ({ lost, twice, disordered, strange }: Heard) => ({ lost, twice, disordered, strange })

type Figures = { heard: Heard, floor: Heard, held: number, comings: number, samples: Sample[], bare: Sample, left: number }

function lines({ heard, floor, held, comings, samples, bare, left }: Figures): string[] {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`
  const row = (name: string, { latenciesMs, messages }: Heard, ms: number) =>
    [name, `${quantile(latenciesMs, 0.5).toFixed(1)} ms`, `${quantile(latenciesMs, 0.99).toFixed(1)} ms`, `${Math.round(messages * MEMBERS / ms * 1000)}`]
  const course = (of: 'used' | 'rss') => [bare, samples[0]!, samples[Math.floor(samples.length / 2)]!, samples.at(-1)!].map((sample) => megabytes(sample[of])).join(', ')
  return [
    `${held + ROOMS * MEMBERS} connections held, ${comings + heard.joined} came and went in ${minutes} min`,
    `${heard.messages} messages, ${heard.deliveries} deliveries; lost ${heard.lost}, twice ${heard.twice}, out of order ${heard.disordered}, strange ${heard.strange.length}`,
    `memory before, at the beginning, in the middle, at the end: in use ${course('used')}; held ${course('rss')}`,
    `descriptors ${bare.descriptors} before, ${Math.max(...samples.map(({ descriptors }) => descriptors))} most, ${left} afterwards`,
    ...table([[`to a room of ${MEMBERS}`, 'median', '99 %', 'deliveries per second'], row('local AWS', heard, minutes * 60_000), row('bare ws (the floor)', floor, FLOOR_MS)]).split('\n'),
  ]
}
