import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { buildByHand, handlerOf, testAws } from '../../verify/testing.ts'
import { browserPerson, type BrowserOptions } from './browser-person.ts'
import { emptyHome, PATIENCE_MS } from './client-process.ts'
import type { Person } from './person.ts'
import { program } from './programs.ts'
import { pythonPerson } from './python-person.ts'
import { wscatPerson } from './wscat-person.ts'

/** The solution's `$connect`, and before it a door that some do not get through: `?as=stranger`, `?as=trouble`. */
const DOOR = `
  import { handler as remember } from './solutions/01-connect/putConnectedClientToDDB.ts'
  export async function handler(event) {
    const { as } = event.queryStringParameters ?? {}
    if (as === 'trouble') throw new Error('trouble')
    return as === 'stranger' ? { statusCode: 401, body: 'Who are you?' } : remember(event)
  }
`

describe('the chat', { timeout: PATIENCE_MS }, () => {
  let room: Awaited<ReturnType<typeof testAws>>
  let home: Awaited<ReturnType<typeof emptyHome>>
  let [apiId, url] = ['', '']
  const people: Person[] = []
  const sit = <P extends Person>(person: P) => {
    people.push(person)
    return person
  }
  const python = (at = url, origin?: string) => sit(pythonPerson(at, { aws: room.local, home: home.folder, origin }))
  const wscat = (at = url, origin?: string) => sit(wscatPerson(at, { home: home.folder, origin }))
  const browser = async (at = url, page: Omit<BrowserOptions, 'profile'> = {}) =>
    sit(await browserPerson(at, { profile: mkdtempSync(path.join(home.folder, 'browser-')), ...page }))

  before(async () => {
    program('websockets') // both are missed at once, before anybody has sat down
    program('chromium');
    [room, home] = await Promise.all([testAws(), emptyHome()])
    apiId = (await buildByHand(room, { code: { connect: handlerOf(DOOR) } })).apiId
    url = room.cloud.webSocketUrl(apiId, 'prod')
  })
  afterEach(async () => { await Promise.all(people.splice(0).map((person) => person.leave())) })
  after(async () => {
    await room?.stop()
    await home?.remove()
  })

  /** Resolves once so many got in; wscat itself does not say so. */
  const admitted = (count: number) => new Promise<string[]>((resolve) => {
    const ids: string[] = []
    const stop = room.local.events.on((event) => {
      if (event.kind === 'connection' && event.change === 'opened' && ids.push(event.connectionId) === count) {
        stop()
        resolve(ids)
      }
    })
  })

  it('lets websockets, wscat and Chromium talk in one room: everyone hears everything once', async () => {
    const allIn = admitted(3)
    const everyone = [python(), wscat(), await browser()]
    await allIn
    const words = ['This is Ground Control to Major Tom', "You've really made the grade", 'Now leave the capsule – “if you dare” 🚀']

    for (const [index, person] of everyone.entries()) {
      person.say(JSON.stringify({ action: 'sendMessage', data: words[index] }))
      await Promise.all(everyone.map((other) => other.hears(words[index]!)))
    }
    everyone[0]!.say(JSON.stringify({ action: 'sendMessage', data: 'the end' })) // what was heard twice has come by then
    await Promise.all(everyone.map((other) => other.hears('the end')))

    for (const person of everyone) assert.deepEqual(person.heard(), [...words, 'the end'])
  })

  for (const [what, change, status] of [
    ['a stage that does not exist', (at: string) => at.replace(/prod$/, 'gamma'), 403],
    ['a function that says no', (at: string) => `${at}?as=stranger`, 401],
    ['a function that fails', (at: string) => `${at}?as=trouble`, 502],
  ] as const) it(`refuses the handshake with ${status} for ${what}`, async () => {
    const [one, two, three] = [python(change(url)), wscat(change(url)), await browser(change(url))]

    assert.equal((await one.sees('refused')).status, status)
    assert.equal((await two.sees('refused')).status, status)
    assert.deepEqual(await three.sees('closed'), { kind: 'closed', code: 1006, reason: '' }) // browsers hide the status
  })

  it('refuses a foreign Origin, and takes one of this machine', async () => {
    const strangers = [python(url, 'http://stranger.example'), python(url, 'null'), wscat(url, 'http://stranger.example')]

    for (const stranger of strangers) assert.equal((await stranger.sees('refused')).status, 403)
    await python(url, 'http://localhost:3000').sees('open')
  })

  it('refuses a page from elsewhere in a browser, and one in a sandbox', async () => {
    const strangers = await Promise.all([browser(url, { host: 'stranger.example' }), browser(url, { isBoxed: true })])

    for (const stranger of strangers) assert.deepEqual(await stranger.sees('closed'), { kind: 'closed', code: 1006, reason: '' })
  })

  it('closes with the code and the reason that AWS gives', async () => {
    const [binary, long] = [python(), await browser()]
    await Promise.all([binary.sees('open'), long.sees('open')])

    binary.sayBinary(Uint8Array.of(1, 2, 3))
    long.say('x'.repeat(32_769))

    assert.deepEqual(await binary.sees('closed'), { kind: 'closed', code: 1003, reason: 'Binary is not supported' }) // A10.6
    assert.equal((await long.sees('closed')).code, 1009) // A10.7
  })

  it('tells everyone when a connection is deleted', async () => {
    const allIn = admitted(2)
    const everyone = [python(), await browser()]

    for (const ConnectionId of await allIn) await room.aws.connections(apiId, 'prod').deleteConnection({ ConnectionId })

    const closed = { kind: 'closed', code: 1000, reason: 'Connection Closed Normally' } // A10.11
    for (const person of everyone) assert.deepEqual(await person.sees('closed'), closed)
  })
})
