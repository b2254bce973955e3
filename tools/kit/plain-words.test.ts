import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { looksLike, meaningOf } from '../../solutions/07-friendly/words.ts'

const whyOf = (text: string) => {
  const meaning = meaningOf(text)
  assert.equal(meaning.kind, 'refused')
  return (meaning as { why: string }).why
}

describe('what people type in step 7', () => {
  for (const [text, words] of [
    ['hello', 'hello'], ['  hello \n', 'hello'], ['two\r\nlines', 'two lines'], ['{smile}', '{smile}'], ['a / b', 'a / b'],
    ['\u001b[2J\u0007boo', '[2J boo'], ['left \u202eright', 'left  right'], ['👩‍🚀 Grüße 你好 🏳️‍🌈', '👩‍🚀 Grüße 你好 🏳️‍🌈'],
  ] as const)
    it(`is said: ${JSON.stringify(text)}`, () => assert.deepEqual(meaningOf(text), { kind: 'say', words }))

  it('is a command after a slash, in any case', () => {
    assert.deepEqual(['/who', '/BYE', '/name Ada Lovelace ', '/Name 李 🦊'].map(meaningOf), [{ kind: 'who' }, { kind: 'bye' }, { kind: 'name', name: 'Ada Lovelace' }, { kind: 'name', name: '李 🦊' }])
  })

  for (const [text, why] of [
    ['', /no words/], ['\u0000\n', /no words/], ['x'.repeat(1_001), /1001 characters/], ['🦊'.repeat(1_001), /1001 characters/],
    ['{"action":"sendmessage","data":"hello"}', /No route takes that JSON/], ['/dance', /no such command/], ['/', /no such command/], ['/👻', /no such command/],
    ['/name', /Which name/], [`/name ${'n'.repeat(25)}`, /25 characters/], ['/name Ada: I owe you', /made of letters/], ['/name 🦊', /made of letters/],
    ['/name A\u200bda', /made of letters/], ['/name Guest-4f2a', /have not chosen/], ['/name gu3st', undefined], ['/name \u0410da', /mixes alphabets/],
  ] as const)
    it(`is ${why ? 'refused in words' : 'taken'}: ${JSON.stringify(text.slice(0, 40))}`, () => {
      if (why) assert.match(whyOf(text), why)
      else assert.notEqual(meaningOf(text).kind, 'refused')
    })

  it('says of names that look alike that they do', () => {
    for (const other of ['ADA', 'ada.', 'Adá', 'A d a', 'Ａｄａ', 'Ada 🦊']) assert.ok(looksLike('Ada', other), other)
    for (const other of ['Bob', 'Adam', 'Ida']) assert.ok(!looksLike('Ada', other), other)
    assert.ok(looksLike('Bill', 'B1ll') && looksLike('Otto', '0tto'))
  })
})
