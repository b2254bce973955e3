import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { Lambda } from '@aws-sdk/client-lambda'
import { openClient, until, type Client } from '../../local-aws/api-gateway/gateway-testing.ts'
import { lanAddress } from '../../local-aws/door/testing.ts'
import { isPasscode } from '../../room/passcode.ts'
import { chatFrame } from '../../room/typed.ts'
import { shareLocally, sharing, stopSharing, type ShareOptions, type SharedRoom } from './on-lan.ts'
import { talkThroughWscat } from '../wscat-talk.ts'

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

  it('refuses what is no address of this machine, and all of them at once', { timeout: 60_000 }, async () => {
    for (const wrong of ['203.0.113.9', '0.0.0.0', '::', 'localhost'])
      await assert.rejects(open({ host: wrong }), { name: 'KitError', message: `${wrong} is no address of this machine.` })
  })

  it('has another passcode when asked for one', { timeout: 60_000 }, async () => {
    const old = room!.url

    const fresh = await open({ fresh: true })

    assert.notEqual(fresh.url, old)
    await assert.rejects(openClient(fresh.url.replace(passcodeOf(fresh), new URL(old).pathname.slice(1))), /refused with 403/)
    assert.equal(fresh.door.port, Number(new URL(old).port))
  })

  it('opens nothing else, not even to who has the keys of its owner', async () => {
    const { door, aws } = room!
    const client = { endpoint: `http://${door.host}:${door.port}`, region: aws.region, credentials: aws.keys, maxAttempts: 1 }
    const [database, functions] = [new DynamoDB(client), new Lambda(client)]
    const management = new ApiGatewayManagementApi({ ...client, endpoint: `${client.endpoint}/${passcodeOf(room!)}` })

    for (const call of [() => database.listTables(), () => functions.listFunctions(), () => management.postToConnection({ ConnectionId: 'abc=', Data: 'hi' })])
      await assert.rejects(call, ({ $response }: { $response: { statusCode: number } }) => $response.statusCode === 426)
    for (const one of [database, functions, management]) one.destroy()
  })

  it('lets who floods say ten things, and nobody else notices', { timeout: 60_000 }, async (test) => {
    const invocations: string[] = []
    const stopCounting = room!.aws.events.on((event) => { if (event.kind === 'invocation') invocations.push(event.functionName) })
    const people = await Promise.all(Array.from({ length: 5 }, () => openClient(room!.url)))
    const heard = people.map((person) => collected(person))
    const [flooder, rude, binary] = [await openClient(room!.url), await openClient(room!.url), await openClient(room!.url)]
    for (let i = 0; i < 2_000; i++) flooder.send(chatFrame('flood'))
    for (const rubbish of ['{', 'null', '[]', '\0', `"${'x'.repeat(8_000)}"`, 'x'.repeat(30_000)]) rude.send(rubbish)
    binary.send(Buffer.from([1, 2, 3]))

    const began = performance.now()
    for (const person of people) person.send(chatFrame('hello'))
    const ours = () => heard.map((frames) => frames.filter((frame) => frame === 'hello').length)
    await until(() => ours().every((count) => count === people.length), 'everybody heard everybody', 40_000)
    test.diagnostic(`beside a flood everybody heard everybody after ${Math.round(performance.now() - began)} ms`)

    assert.equal((await flooder.closed).code, 1008)
    assert.equal((await binary.closed).code, 1003)
    await rude.close()
    await Promise.all(people.map((person) => person.close()))
    await until(() => room!.door.clients() === 0, 'the room is empty')
    stopCounting()
    // A bucket of ten, refilled by one a second for as long as the flood took.
    for (const frames of heard) assert.ok(frames.filter((frame) => frame === 'flood').length <= 12)
    assert.ok(invocations.filter((name) => name === 'sendMessageToConnectedClient').length <= people.length + 12)
    assert.deepEqual(ours(), people.map(() => people.length))
  })

  it('tells each of sixty people each of five messages that all say at once, exactly once', { timeout: 240_000 }, async (test) => {
    const people = await Promise.all(Array.from({ length: 60 }, () => openClient(room!.url)))
    const heard = people.map((person) => collected(person))
    const [flooder, rude] = [await openClient(room!.url), await openClient(room!.url)]
    for (let i = 0; i < 2_000; i++) flooder.send('{"action":"flood"}')
    for (let i = 0; i < 5; i++) rude.send(`{"action":${i}}`)

    const said = people.flatMap((_, i) => [1, 2, 3, 4, 5].map((word) => `${i} says ${word}`))
    const began = performance.now()
    for (const [i, person] of people.entries()) for (const word of said.slice(5 * i, 5 * i + 5)) person.send(chatFrame(word))
    await until(() => heard.every((frames) => frames.length >= said.length), 'everybody heard as much as was said', 200_000)
    test.diagnostic(`${said.length} messages to ${people.length} people: all heard after ${Math.round(performance.now() - began)} ms`)

    for (const frames of heard) assert.deepEqual(frames.toSorted(), said.toSorted())
    assert.equal((await flooder.closed).code, 1008)
    await Promise.all([...people, rude].map((person) => person.close()))
    await until(() => room!.door.clients() === 0, 'the room is empty')
  })

  it('is a chat of an account with ten invocations at a time: past the door somebody may be throttled, and is told', { timeout: 60_000 }, async () => {
    const { aws } = room!
    const control = new ApiGatewayV2({ endpoint: aws.url, region: aws.region, credentials: aws.keys })
    const [api] = (await control.getApis({})).Items!
    control.destroy()
    const url = `${aws.url.replace('http', 'ws')}/${api!.ApiId}/beta`
    const people: Client[] = []
    while (people.length < 40) people.push(await openClient(url))
    const heard = people.map((person) => collected(person))

    for (const [i, person] of people.entries()) person.send(chatFrame(`said by ${i}`))
    const own = (i: number) => heard[i]!.filter((frame) => frame === `said by ${i}` || frame.startsWith('{"message": "Internal server error"'))
    await until(() => people.every((_, i) => own(i).length > 0), 'everybody heard their own words, or that they were lost', 40_000)

    const lost = people.filter((_, i) => own(i)[0] !== `said by ${i}`).length
    assert.ok(people.every((_, i) => own(i).length === 1), 'one or the other')
    await until(() => heard.every((frames) => frames.filter((frame) => frame.startsWith('said by')).length === people.length - lost), 'everybody heard what was not lost', 40_000)
    await Promise.all(people.map((person) => person.close()))
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
