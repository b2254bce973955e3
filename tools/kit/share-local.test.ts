import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openClient, until, type Client } from '../local-aws/api-gateway/gateway-testing.ts'
import { lanAddress } from '../local-aws/door/testing.ts'
import { isPasscode } from '../room/passcode.ts'
import { chatFrame } from '../room/typed.ts'
import { shareLocally, sharing, stopSharing, type ShareOptions, type SharedRoom } from './share-local.ts'
import { talkThroughWscat } from './wscat-talk.ts'

const freePort = () => new Promise<number>((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as net.AddressInfo
    server.close(() => resolve(port))
  })
})
const passcodeOf = ({ url }: SharedRoom) => new URL(url).pathname.slice(1)

describe('a room on the LAN', () => {
  let home: string
  let host: string
  let room: SharedRoom | undefined
  const open = async (options: Partial<ShareOptions> = {}) => room = await shareLocally({ home, ...options })
  before(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'workshop-room-'))
    host = await lanAddress()
  })
  after(async () => {
    await room?.stop()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  })

  it('is joined by two real wscat processes, who hear each other', { timeout: 60_000 }, async () => {
    const { url, aws } = await open({ host, port: await freePort() })

    const heard = await talkThroughWscat(url, 'Ground Control to Major Tom', (listener) => aws.events.on((event) => { if (event.kind === 'connection' && event.change === 'opened') listener() }))

    assert.equal(heard, 'Ground Control to Major Tom')
    assert.ok(isPasscode(passcodeOf(room!)))
    assert.equal(new URL(url).hostname, host)
  })

  it('never tells the functions the passcode', async () => {
    const lines: string[] = []
    room!.aws.events.on((event) => { lines.push(JSON.stringify(event)) })
    const client = await openClient(room!.url)
    client.send(chatFrame('hello'))
    await client.next()
    await client.close()

    assert.ok(lines.length > 3 && !lines.some((line) => line.includes(passcodeOf(room!))))
  })

  it('comes back under the same URL after a restart, whatever address and port are usual', { timeout: 60_000 }, async () => {
    const { url } = room!
    const client = await openClient(url)
    await room!.stop()
    assert.deepEqual(await client.closed, { code: 1001, reason: 'Going away' })

    const again = await open(host.startsWith('127.') ? {} : { host })

    assert.equal(again.url, url)
    const back = await openClient(url)
    back.send(chatFrame('here again'))
    assert.equal(await back.next(), 'here again')
    await back.close()
  })

  it('says so where its port is taken, rather than change its URL', { timeout: 60_000 }, async () => {
    const { door } = room!
    await room!.stop()
    const other = net.createServer().listen(door.port, door.host)
    await new Promise((resolve) => { other.once('listening', resolve) })

    await assert.rejects(open(), { name: 'KitError', message: `Port ${door.port} is in use by another program.` })

    await new Promise((resolve) => { other.close(resolve) })
    assert.equal(sharing(home), undefined)
  })

  it('refuses an address that is not this machine’s', { timeout: 60_000 }, async () => {
    await assert.rejects(open({ host: '203.0.113.9' }), { name: 'KitError', message: '203.0.113.9 is no address of this machine.' })
  })

  it('has another passcode when asked for one', { timeout: 60_000 }, async () => {
    const old = room!.url

    const fresh = await open({ fresh: true })

    assert.notEqual(fresh.url, old)
    await assert.rejects(openClient(fresh.url.replace(passcodeOf(fresh), new URL(old).pathname.slice(1))), /refused with 403/)
    assert.equal(fresh.door.port, Number(new URL(old).port))
  })

  it('tells each of sixty people each message once, while one floods and one talks rubbish', { timeout: 120_000 }, async () => {
    const people = await Promise.all(Array.from({ length: 60 }, () => openClient(room!.url)))
    const heard = people.map((person) => collected(person))
    const [flooder, rude] = [await openClient(room!.url), await openClient(room!.url)]
    for (let i = 0; i < 2_000; i++) flooder.send('{"action":"flood"}')
    for (let i = 0; i < 5; i++) rude.send(`{"action":${i}`)

    const said = people.flatMap((_, i) => [`${i} one`, `${i} two`])
    for (const [i, person] of people.entries()) for (const word of ['one', 'two']) person.send(chatFrame(`${i} ${word}`))
    await until(() => heard.every((frames) => frames.length >= said.length), 'everybody heard as much as was said', 90_000)

    for (const frames of heard) assert.deepEqual(frames.toSorted(), said.toSorted())
    assert.equal((await flooder.closed).code, 1008)
    await Promise.all([...people, rude].map((person) => person.close()))
    await until(() => room!.door.clients() === 0, 'the room is empty')
  })

  it('ends no process that only has the number of an old one', async () => {
    const elsewhere = path.join(home, 'elsewhere')
    mkdirSync(path.join(elsewhere, 'local'), { recursive: true })
    const { url, account, region } = room!.aws
    const forged = { pid: process.pid, url, token: 'of another time', account, region, startedAt: '' }
    writeFileSync(path.join(elsewhere, 'local/running.json'), JSON.stringify(forged))

    assert.equal(await stopSharing(elsewhere), false)
  })
})

/** Every frame from now on. */
function collected({ socket }: Client): string[] {
  const frames: string[] = []
  socket.on('message', (data: Buffer) => { frames.push(data.toString()) })
  return frames
}
