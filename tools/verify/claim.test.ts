import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judge, KINDS, meets, notYetRight, type Claim } from './claim.ts'
import { kinds, type Kind } from './frames.ts'

const FORBIDDEN = '{"message": "Forbidden", "connectionId":"gbii945iEQAYKEidDA==", "requestId":"EP43LHv1IAMElag="}'
const chat = (given: Partial<Claim> = {}): Claim => ({ kind: 'chat', sends: '{"action": "sendMessage", "data": "hello"}', reads: 'hello', ...given })
const unknown = (reads: string): Claim => ({ kind: 'unknownAction', sends: '{"action": "dance"}', reads })

describe('a claim about a message', () => {
  const examples: Record<Kind, string> = {
    chat: '{"action": "sendMessage", "data": "hello"}', unknownAction: '{"action": "dance"}', otherCase: '{"action": "sendmessage"}',
    messageForAction: '{"message": "sendMessage"}', notJson: 'hello', noData: '{"action": "sendMessage"}',
  }
  for (const [kind, sends] of Object.entries(examples))
    it(`is about one kind of message: ${sends} is ${kind} and no other`, () => {
      assert.deepEqual(kinds.filter((one) => KINDS[one].isOne(sends, ['sendMessage'])), [kind])
    })

  it('calls no action unknown that is a route', () => {
    assert.equal(notYetRight(unknown('silence'), ['sendMessage']), undefined)
    assert.equal(notYetRight(unknown('silence'), ['sendMessage', 'dance'])?.status, 'fail')
  })

  for (const [reads, came] of [['hello', 'hello'], ['< hello', 'hello'], ['hello', 'Ada: hello'], ['hello', '{"text":"hello"}']] as const)
    it(`says ${reads}, which ${came} meets`, () => assert.ok(meets(chat({ reads }), came)))

  for (const reads of ['Forbidden', FORBIDDEN])
    it(`says ${reads}, which is the message of the gateway's error`, () => assert.ok(meets(unknown(reads), FORBIDDEN)))

  for (const [reads, came] of [['hell', 'hello'], ['Forbidden', 'hello'], ['{"action": "sendMessage", "data": "hello"}', 'hello']] as const)
    it(`says ${reads}, which ${came} does not meet`, () => assert.ok(!meets(chat({ reads }), came)))
})

describe('judge', () => {
  it('takes silence for what was claimed as silence', () => {
    assert.equal(judge(unknown('Silence'), { came: [] }), undefined)
    assert.equal(judge(unknown('silence'), { came: [FORBIDDEN] })?.status, 'fail')
  })

  it('says what was claimed and what came', () => {
    const outcome = judge(unknown('Forbidden'), { came: [] })

    assert.deepEqual(outcome, {
      status: 'fail', seen: 'A client sent {"action": "dance"} and read nothing. frames.unknownAction says "Forbidden".',
      claim: { ...unknown('Forbidden'), came: [] }, frames: [], refs: { connectionId: undefined, requestId: undefined },
    })
  })

  it('tells what came where other people are in the chat, and does not fail it', () => {
    const outcome = judge(unknown('silence'), { came: ['lovely weather'], shared: true })

    assert.equal(outcome?.status, 'pass')
    assert.match(outcome.note!, /other people may be in this chat: .* came "lovely weather"/)
  })

  it('fails an error of the gateway also where other people are in the chat', () => {
    assert.equal(judge(unknown('silence'), { came: ['lovely weather', FORBIDDEN], shared: true })?.status, 'fail')
  })

  it('fails words that nobody heard also where other people are in the chat', () => {
    assert.equal(judge(chat(), { came: ['lovely weather'], shared: true })?.status, 'fail')
  })
})
