import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manualClock } from '../local-aws/index.ts'
import { openTestDoor } from '../local-aws/door/testing.ts'
import { openPerson } from './testing.ts'

const MINUTE = 60_000

/** Somebody who chats in a shared room whose clock, like their own, is moved by hand. */
async function inSharedRoom(test: (person: ReturnType<typeof openPerson>, pass: (minutes: number) => void) => Promise<void>) {
  const clock = manualClock()
  const room = await openTestDoor({
    clock,
    functions: { say: ({ body }) => ({ statusCode: 200, body: JSON.parse(body).data }) },
    routes: { sendMessage: { function: 'say', twoWay: true } },
  })
  const person = openPerson({ url: room.door.url, isTerminal: true, connection: { waitsMs: [1], now: clock.now } })
  try {
    await person.until(/Connected to/)
    await test(person, (minutes) => clock.advance(minutes * MINUTE))
  } finally {
    person.press('\u0003')
    await person.ended
    await room.stop()
  }
}

describe('a chat in a shared room', () => {
  it('is told after ten silent minutes why the connection ended, and comes back by itself', () => inSharedRoom(async (person, pass) => {
    pass(10)
    await person.until(/No connection: nobody said anything for 10 minutes \(1001 Going away\)\. Trying again in \d+ ms[\s\S]*Connected again\./)
    person.press('back\r')

    await person.until(/› back/)
  }))

  it('lasts for two hours, is told so, and comes back by itself', () => inSharedRoom(async (person, pass) => {
    for (let minutes = 8; minutes < 120; minutes += 8) {
      pass(8)
      person.press(`after ${minutes} minutes\r`)
      await person.until(new RegExp(`› after ${minutes} minutes`))
    }
    assert.doesNotMatch(person.printed(), /No connection/)
    pass(8)
    await person.until(/No connection: a connection may last two hours, and they are over \(1001 Going away\)[\s\S]*Connected again\./)
    person.press('still here\r')

    await person.until(/› still here/)
  }))
})
