import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openClient } from '../local-aws/api-gateway/gateway-testing.ts'
import { lanAddress } from '../local-aws/door/testing.ts'
import { chatFrame } from '../room/typed.ts'
import { run } from './process-testing.ts'

const kill = (child: ChildProcess) => { if (child.exitCode === null) child.kill('SIGKILL') }
const OPEN = /npx wscat -c (ws:\S+)[\s\S]*Ctrl-C closes the room/

describe('npm run share', () => {
  let home: string
  let host: string
  const started: ChildProcess[] = []
  const share = (...words: string[]) => {
    const running = run(home, ['share', ...words])
    started.push(running.child)
    return running
  }
  before(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'workshop-share-'))
    host = await lanAddress()
  })
  after(() => {
    for (const child of started) kill(child)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  })

  it('opens a room, says what is open and to whom, and npm run chat talks in it', { timeout: 120_000 }, async () => {
    const room = share(`host=${host}`)
    const url = await room.until(OPEN)
    assert.match(room.printed(), /█▀|▄/)
    assert.match(room.printed(), new RegExp(`Open +the chat's WebSocket at ${host}:\\d+, nothing else`))
    assert.match(room.printed(), /To whom .*\nClosed .*control plane, @connections/)

    const guest = await openClient(url)
    const person = run(home, ['chat', 'shared', 'name=Ada'])
    started.push(person.child)
    await person.until(/Connected to/)
    person.type('hello')
    assert.equal(await guest.next(), 'Ada: hello')
    guest.send(chatFrame('hi Ada'))
    await person.until(/ {3}hi Ada/)
    person.child.stdin.end()
    assert.equal(await person.ended, 0)
    await guest.close()
  })

  it('is opened once, and closed from another terminal', { timeout: 120_000 }, async () => {
    const second = run(home, ['share'])
    assert.equal(await second.ended, 1)
    assert.match(second.printed(), /The room is open already, in process \d+\./)

    const stop = run(home, ['share', 'stop'])
    assert.equal(await stop.ended, 0)
    assert.match(stop.printed(), /The room is closing/)
  })

  it('explains a word or port that it does not know', async () => {
    for (const [words, message] of [[['loudly'], /"loudly" is not expected here/], [['port=80a'], /port must be an integer from 1 to 65535, got "80a"/]] as const) {
      const refused = run(home, ['share', ...words])
      assert.equal(await refused.ended, 1)
      assert.match(refused.printed(), message)
    }
  })
})

describe('npm run chat', () => {
  it('asks for a URL where nobody shared one, and refuses what is none', async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'workshop-chat-'))
    const [nobody, wrong] = [run(home, ['chat', 'shared']), run(home, ['chat', 'example.com'])]

    assert.deepEqual(await Promise.all([nobody.ended, wrong.ended]), [1, 1])
    assert.match(nobody.printed(), /Nobody has shared a room[\s\S]*Ask the facilitator for the URL/)
    assert.match(wrong.printed(), /"example.com" is no URL that begins with ws:\/\/ or wss:\/\//)
    rmSync(home, { recursive: true, force: true })
  })
})
