import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isConnectionId, newConnectionId, newMessageId, newRequestId } from './ids.ts'

describe('ids', () => {
  it('A6.2 make connection ids of 20 characters in base64url that end in ==', () => {
    assert.match(newConnectionId(Date.now()), /^[\w-]{18}==$/)
  })

  it('A6.8 tell a connection id from one that was changed anywhere', () => {
    const id = newConnectionId(Date.now())

    assert.ok(isConnectionId(id))
    for (let at = 0; at < 18; at++) {
      const changed = `${id.slice(0, at)}${id[at] === 'A' ? 'B' : 'A'}${id.slice(at + 1)}`
      assert.ok(!isConnectionId(changed), changed)
    }
    for (const wrong of ['', 'AAAAAAAAAAAAAAA=', 'testConnectionId', `${id}=`, id.slice(0, -2), ` ${id}`]) assert.ok(!isConnectionId(wrong), wrong)
  })

  it('A6.3 make message ids that are no connection ids', () => {
    const id = newConnectionId(Date.now())
    const messageId = newMessageId(id, Date.now())

    assert.equal(messageId.length, 20)
    assert.equal(messageId.slice(-6), id.slice(-6))
    assert.ok(!isConnectionId(messageId))
  })

  it('A6.4 make request ids of 16 characters that end in =', () => {
    assert.match(newRequestId(), /^[\w-]{15}=$/)
  })

  it('are different each time', () => {
    const now = Date.now()

    assert.equal(new Set(Array.from({ length: 5_000 }, () => newConnectionId(now))).size, 5_000)
  })
})
