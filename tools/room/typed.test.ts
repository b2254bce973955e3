import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chatFrame, readTyped, saidIn } from './typed.ts'

describe('what is typed', () => {
  it('is said, if it is plain words', () => {
    assert.deepEqual(readTyped('  Ground Control to Major Tom '), { kind: 'say', text: 'Ground Control to Major Tom' })
    assert.deepEqual(readTyped('she said “hi” {smile}'), { kind: 'say', text: 'she said “hi” {smile}' })
    assert.deepEqual(readTyped('{smile}'), { kind: 'say', text: '{smile}' })
    assert.deepEqual(readTyped('two\nlines'), { kind: 'say', text: 'two\nlines' })
    assert.deepEqual(readTyped('//raw'), { kind: 'say', text: '/raw' })
  })

  it('is nothing, if there is nothing to see', () => {
    assert.deepEqual(readTyped(' \n '), { kind: 'nothing' })
  })

  it('goes as it is, if it is JSON', () => {
    const frame = '{"action":"sendMessage","data":"hi"}'
    assert.deepEqual(readTyped(frame), { kind: 'raw', text: frame })
    assert.deepEqual(readTyped('{\n  "action": "x"\n}'), { kind: 'raw', text: '{\n  "action": "x"\n}' })
  })

  it('gets straight quotes, if somebody’s messenger bent those of JSON', () => {
    for (const bent of ['{“action”:“sendMessage”,“data”:“hi”}', '{„action“:„sendMessage“,„data“:„hi“}', '{«action»:«sendMessage»,\u00a0«data»:«hi»}']) {
      const typed = readTyped(bent)

      assert.ok(typed.kind === 'raw' && /straight ones/.test(typed.note ?? ''))
      assert.deepEqual(JSON.parse(typed.text), { action: 'sendMessage', data: 'hi' })
    }
  })

  it('is left to the person, if it begins like JSON and is none', () => {
    const typed = readTyped('{"action":"sendMessage","data":"hi"')

    assert.ok(typed.kind === 'refused' && /begins like JSON and is none \(.+\).*\/raw/.test(typed.why))
  })

  it('goes as it is after /raw, whatever it is', () => {
    assert.deepEqual(readTyped('/raw {"action'), { kind: 'raw', text: '{"action' })
    assert.equal(readTyped('/raw').kind, 'refused')
  })

  it('is a command after a slash, or left to the chat with a note', () => {
    assert.deepEqual(readTyped('/name Ada Lovelace'), { kind: 'command', name: 'name', argument: 'Ada Lovelace' })
    assert.deepEqual(readTyped('/QUIT'), { kind: 'command', name: 'quit', argument: '' })
    const who = readTyped('/who')
    assert.ok(who.kind === 'raw' && who.text === '/who' && who.note)
  })

  it('is refused, if it would break the connection', () => {
    const typed = readTyped('x'.repeat(33_000))

    assert.ok(typed.kind === 'refused' && /33000 bytes; one message may have 32 KB/.test(typed.why))
  })
})

describe('a chat message', () => {
  it('is framed as the seed has it, and read back', () => {
    assert.equal(chatFrame('say "hi"\n'), '{"action":"sendMessage","data":"say \\"hi\\"\\n"}')
    assert.equal(saidIn(chatFrame('hi')), 'hi')
    assert.deepEqual(['{"action":"sendMessage"}', '{"action":"x","data":"hi"}', 'hi', 'null', '3'].map(saidIn), Array(5).fill(undefined))
  })
})
