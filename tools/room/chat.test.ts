import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { openPerson, openTestRoom, type Answer } from './testing.ts'
import { chatFrame } from './typed.ts'

type Room = Awaited<ReturnType<typeof openTestRoom>>
type Person = ReturnType<typeof openPerson>

/** A room with one person in it, both gone afterwards. */
const inRoom = (options: Partial<Parameters<typeof openPerson>[0]> & { answer?: Answer }, test: (person: Person, room: Room) => Promise<void>) => async () => {
  const { answer, ...rest } = options
  const room = await openTestRoom({ answer })
  const person = openPerson({ url: room.url, isTerminal: true, ...rest })
  try {
    await person.until(/Connected to/)
    await test(person, room)
  } finally {
    person.press('\u0003')
    person.endInput()
    await person.ended
    await room.stop()
  }
}

const error = (message: string) => `{"message": "${message}", "connectionId":"abc=", "requestId":"def="}`

/** A room whose chat has step 7: plain text is said, and commands are answered to whoever types them. */
const keepingNames: Answer = (frame, client) => {
  if (frame.startsWith('{')) return false
  const [, name] = /^\/name (.*)/.exec(frame) ?? []
  if (name) client.send(`You are ${name} now.`)
  else client.send(frame === '/who' ? 'Ada (you)' : `Ada: ${frame}`)
  return true
}

describe('the chat in a terminal', () => {
  it('says what is typed, and marks it as the person’s own when it comes back', inRoom({ name: 'Ada' }, async (person, room) => {
    person.press('hello\r')
    await person.until(/\d\d:\d\d:\d\d › Ada: hello/)

    room.say('Bob: hi')
    await person.until(/\d\d:\d\d:\d\d {3}Bob: hi/)
    assert.deepEqual(room.frames, ['{"action":"sendMessage","data":"Ada: hello"}'])
  }))

  it('prints the plain line for wscat', inRoom({}, async (person, room) => {
    await person.until(new RegExp(`npx wscat -c ${room.url}`))
  }))

  it('keeps what is being typed when somebody else speaks', inRoom({}, async (person, room) => {
    person.press('half a sen')
    await person.until(/half a sen/)
    room.say('interruption')
    await person.until(/interruption\n> half a sen/)
    person.press('tence\r')

    await person.until(/› half a sentence/)
  }))

  it('brings back what was typed before with the arrow key', inRoom({}, async (person, room) => {
    person.press('first\r')
    await person.until(/› first/)
    person.press('\u001b[A')
    await person.until(/> first/)
    person.press(' again\r')

    await person.until(/› first again/)
    assert.equal(room.frames.length, 2)
  }))

  it('takes several pasted lines as one message', inRoom({}, async (person, room) => {
    person.press('one\rtwo\rthree\r')
    await person.until(/› one\n +two\n +three/)

    assert.deepEqual(room.frames.map((frame) => JSON.parse(frame).data), ['one\ntwo\nthree'])
  }))

  it('waits for Enter where a paste does not end with one', inRoom({}, async (person, room) => {
    person.press('one\rtwo')
    await person.until(/1 more above this line/)
    assert.deepEqual(room.frames, [])
    person.press('\r')

    await person.until(/› one\n +two/)
  }))

  it('mends bent quotes in pasted JSON, and sends other JSON as it is', inRoom({ answer: () => true }, async (person, room) => {
    person.press('{“action”:“sendMessage”,“data”:“hi”}\r')
    await person.until(/straight ones/)
    person.press('{"action":"other"}\r')
    await person.until(/→ \{"action":"other"\}/)

    person.press('/raw {"action\r')
    await person.until(/→ \{"action\n/)
    await room.framesReach(3)
    assert.deepEqual(room.frames, ['{"action":"sendMessage","data":"hi"}', '{"action":"other"}', '{"action'])
  }))

  it('explains an error frame, and shows it as it came', inRoom({ answer: (_, client) => (client.send(error('Forbidden')), true) }, async (person) => {
    person.press('hello\r')

    await person.until(/! Forbidden: no route takes this message.*\n +\{"message": "Forbidden", "connectionId":"abc="/)
  }))

  it('tells what nobody heard', inRoom({ echoMs: 20, answer: () => true }, async (person) => {
    person.press('hello?\r')

    await person.until(/Not heard back yet: "hello\?"/)
  }))

  it('lets no text of others move the cursor', inRoom({}, async (person, room) => {
    room.say('\u001b[2Jgone?\u001b]0;title\u0007')
    await person.until(/gone\?/)

    assert.ok(!person.raw().includes('\u001b[2J') && !person.raw().includes('\u001b]0'))
  }))

  it('clears as many rows as a typed line took, also where the terminal does not know its size', async () => {
    for (const [columns, up] of [[20, '\u001b[3A'], [0, '\u001b[1A']] as const) await inRoom({ columns }, async (person) => {
      person.press(`${'x'.repeat(45)}\r`)
      await person.until(/› x{45}/)

      assert.ok(person.raw().includes(`${up}\u001b[0J`))
    })()
  })

  it('takes a name, shows the URL, and helps', inRoom({}, async (person, room) => {
    person.press('/name Ada\r')
    await person.until(/begins with "Ada: " now/)
    person.press('/url\r')
    await person.until(/· npx wscat -c ws:/)
    person.press('/help\r')
    await person.until(/\/raw TEXT/)
    person.press('hello\r')

    await person.until(/› Ada: hello/)
    assert.equal(room.frames.length, 1)
  }))

  it('passes words and commands on as they are to a chat that keeps names itself', inRoom({ keepsNames: true, name: 'Ada', answer: keepingNames }, async (person, room) => {
    await person.until(/You are Ada now/)
    person.press('hello\r')
    await person.until(/› Ada: hello/)
    person.press('/who\r')
    await person.until(/Ada \(you\)/)
    person.press('/name Bea\r')
    await person.until(/You are Bea now/)
    person.press('//shrug\r')
    await person.until(/› Bea: \/shrug/)

    assert.deepEqual(room.frames, ['/name Ada', 'hello', '/who', '/name Bea', chatFrame('Bea: /shrug')])
    assert.doesNotMatch(person.printed(), /none of mine/)
  }))

  it('says its name again to such a chat when it comes back', inRoom({ keepsNames: true, name: 'Ada', answer: keepingNames }, async (person, room) => {
    await person.until(/You are Ada now/)
    for (const client of room.server.clients) client.terminate()
    await person.until(/Connected again[\s\S]*You are Ada now/)

    assert.deepEqual(room.frames, ['/name Ada', '/name Ada'])
  }))

  it('leaves with Ctrl-C, Ctrl-D and /quit', async () => {
    for (const keys of ['\u0003', '\u0004', '/quit\r']) {
      const room = await openTestRoom()
      const person = openPerson({ url: room.url, isTerminal: true })
      await person.until(/Connected to/)
      person.press(keys)

      await person.ended
      await room.stop()
    }
  })
})

describe('a lost connection', () => {
  it('is told with its reason, and comes back', inRoom({}, async (person, room) => {
    for (const client of room.server.clients) client.close(1001, 'Going away')
    await person.until(/No connection: the other side is going away: it stops, or starts anew \(1001 Going away\)\. Trying again in/)
    await person.until(/Connected again/)
    person.press('back\r')

    await person.until(/› back/)
  }))

  it('loses neither what is being typed nor what was sent off meanwhile', async () => {
    const room = await openTestRoom()
    const person = openPerson({ url: room.url, isTerminal: true, connection: { waitsMs: [60_000] } })
    await person.until(/Connected to/)
    person.press('half')
    await room.stop()
    await person.until(/\(no connection\) > half/)
    person.press(' a word\r')
    await person.until(/Kept until there is a connection: "half a word"/)

    const again = await openTestRoom({ port: room.port })
    person.press('\r')
    await person.until(/Connected again[\s\S]*› half a word/)

    person.press('\u0003')
    await person.ended
    await again.stop()
  })

  it('goes on trying while nobody answers', async () => {
    const room = await openTestRoom()
    const person = openPerson({ url: room.url, isTerminal: true })
    await person.until(/Connected to/)
    await room.stop()
    await person.until(/Nobody listens there\. Trying again[\s\S]*Nobody listens there\. Trying again/)

    const again = await openTestRoom({ port: room.port })
    await person.until(/Connected again/)
    person.press('\u0003')
    await person.ended
    await again.stop()
  })

  it('says which messages it may have swallowed', inRoom({ answer: (_, client) => (client.terminate(), true) }, async (person) => {
    person.press('hello\r')

    await person.until(/Perhaps not sent: "hello"[\s\S]*No connection: the network/)
  }))

  it('is noticed where the network is silent', inRoom({ connection: { waitsMs: [1], silenceMs: 20 }, answer: () => true }, async (person, room) => {
    const [client] = room.server.clients
    ;(client as unknown as { _socket: { pause(): void } })._socket.pause()
    person.press('hello\r')

    await person.until(/No connection: the network[\s\S]*Connected again/)
  }))

  it('is an end where the chat says goodbye', async () => {
    const room = await openTestRoom()
    const person = openPerson({ url: room.url, isTerminal: true })
    await person.until(/Connected to/)
    for (const client of room.server.clients) client.close(1000, 'Connection Closed Normally')

    await person.ended
    assert.match(person.printed(), /The chat said goodbye/)
    await room.stop()
  })
})

describe('a chat that does not let one in', () => {
  it('fails in words', async () => {
    const server = http.createServer((_, response) => response.writeHead(403).end('The passcode is not right.')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/x`

    await assert.rejects(openPerson({ url, isTerminal: false }).ended, { name: 'KitError', message: 'The chat did not let you in: 403, "The passcode is not right.".' })

    server.closeAllConnections()
    await new Promise((resolve) => { server.close(resolve) })
    await assert.rejects(openPerson({ url, isTerminal: false }).ended, { name: 'KitError', message: 'Nobody listens there.' })
  })
})

describe('the chat without a terminal', () => {
  it('prints what is said on its output, plainly, and all else beside it, also with line ends of Windows', async () => {
    const room = await openTestRoom()
    const person = openPerson({ url: room.url, isTerminal: false })
    await person.until(/Connected to/)
    person.press('\ufeffone\r')
    await person.until(/› one/)
    person.press('\ntwo\r\n')
    person.endInput()
    await person.ended

    assert.match(person.said(), /^\d\d:\d\d:\d\d › one\n\d\d:\d\d:\d\d › two\n$/)
    assert.deepEqual(room.frames.map((frame) => JSON.parse(frame).data), ['one', 'two'])
    assert.match(person.remarks(), /^· Connected to/)
    assert.ok(!person.raw().includes('\u001b'))
    await room.stop()
  })
})
