import assert from 'node:assert/strict'
import { once } from 'node:events'
import path from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { WebSocket } from 'ws'
import { buildByHand, testAws } from '../../verify/testing.ts'
import { conformance, reportOf } from '../conformance/index.ts'

/** Where `npm run test:sdk-newest` has put it. */
const folder = process.env.NEWEST_SDK!

describe('the newest SDK', () => {
  it('is what clients get here, while the local AWS keeps its own', async () => {
    const hers = import.meta.resolve('@aws-sdk/client-dynamodb')

    assert.ok(hers.startsWith(pathToFileURL(path.join(folder, 'node_modules/')).href), hers)
  })

  it('finds every fact as the sheets say', async (test) => {
    const results = await conformance({ heard: () => {}, warn: (line) => assert.fail(line) })

    for (const line of reportOf(results).split('\n').slice(-4)) test.diagnostic(line)
    assert.deepEqual(results.filter(({ outcome }) => outcome === 'differs').map(({ fact: { id, says }, seen }) => `${id} ${says}: ${seen}`), [])
  })

  it('builds the chat by hand, and people talk in it', async () => {
    const room = await testAws()
    try {
      const { apiId } = await buildByHand(room)
      const people = [1, 2].map(() => new WebSocket(room.cloud.webSocketUrl(apiId, 'prod')))
      await Promise.all(people.map((person) => once(person, 'open')))
      const heard = people.map((person) => once(person, 'message'))
      people[0]!.send(JSON.stringify({ action: 'sendMessage', data: 'Ground Control to Major Tom' }))

      assert.deepEqual((await Promise.all(heard)).map(([data]) => String(data)), ['Ground Control to Major Tom', 'Ground Control to Major Tom'])
      for (const person of people) person.close()
      await Promise.all(people.map((person) => once(person, 'close')))
    } finally {
      await room.stop()
    }
  })
})
