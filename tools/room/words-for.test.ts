import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { closingInWords, errorFrameInWords, networkTroubleInWords, refusalInWords } from './words-for.ts'

const MINUTE = 60_000

describe('the end of a connection, in words', () => {
  it('tells two hours, ten silent minutes and a stopping host apart, which all say 1001', () => {
    assert.match(closingInWords(1001, 'Going away', { connectedMs: 120 * MINUTE, silentMs: MINUTE }), /two hours/)
    assert.match(closingInWords(1001, 'Going away', { connectedMs: 20 * MINUTE, silentMs: 10 * MINUTE }), /10 minutes/)
    assert.match(closingInWords(1001, 'Going away', { connectedMs: 20 * MINUTE, silentMs: 9 * MINUTE }), /it stops, or starts anew/)
  })

  it('keeps the reason that was given', () => {
    const lasted = { connectedMs: 0, silentMs: 0 }
    assert.equal(closingInWords(1008, 'Too many messages.', lasted), 'the other side closed the connection: Too many messages. (1008)')
    assert.equal(closingInWords(1011, '', lasted), 'the other side closed the connection: without a reason (1011)')
    assert.match(closingInWords(1006, '', lasted), /network/)
  })
})

const frame = (message: string) => `{"message": "${message}", "connectionId":"abc=", "requestId":"def="}`
const withCode = (code: string) => Object.assign(new Error(code), { code })

describe('an error frame, in words', () => {
  it('says what Forbidden means, and what it does not', () => {
    assert.match(errorFrameInWords(frame('Forbidden'), 'own')!, /^Forbidden: no route of the deployed stage takes this message.*nothing about rights/)
  })

  it('sends the owner to the logs, and a guest to whoever shares the room', () => {
    assert.match(errorFrameInWords(frame('Internal server error'), 'own')!, /npm run logs/)
    assert.doesNotMatch(errorFrameInWords(frame('Internal server error'), 'shared')!, /npm run/)
  })

  it('keeps what the room says about its limits', () => {
    assert.match(errorFrameInWords(frame('Too Many Requests: 10 messages at once'), 'shared')!, /^Too Many Requests: 10 messages at once: .*slow down/)
  })

  it('is no other text, nor what somebody said', () => {
    for (const text of ['Forbidden', '{"message":"Forbidden"}', '{"message":1,"connectionId":"a","requestId":"b"}', '[]', 'null', '"x"']) assert.equal(errorFrameInWords(text, 'own'), undefined)
  })
})

describe('a refused handshake, in words', () => {
  it('holds status, what was said, and what to do', () => {
    assert.deepEqual(refusalInWords(403, '{"message":"Forbidden"}', 'wss://a/beta', 'own'), {
      what: 'The chat did not let you in: 403, "Forbidden".', where: 'wss://a/beta', next: 'Look whether the stage exists and has a deployment, and what an authorizer says: npm run verify:step-4',
    })
    assert.match(refusalInWords(503, 'The room is full.', 'ws://a', 'shared').next!, /Wait a minute/)
    assert.match(refusalInWords(500, '', 'ws://a', 'own').next!, /npm run logs/)
  })
})

describe('a network that is not there, in words', () => {
  it('tells a closed room from a wrong name', () => {
    assert.match(networkTroubleInWords(withCode('ECONNREFUSED'), 'ws://a', 'shared').next!, /whether the room is open/)
    assert.match(networkTroubleInWords(withCode('ENOTFOUND'), 'ws://a', 'own').next!, /another one/)
    assert.match(networkTroubleInWords(withCode('EHOSTUNREACH'), 'ws://a', 'own').what, /EHOSTUNREACH/)
  })
})
