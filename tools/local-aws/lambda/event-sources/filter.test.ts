import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { recordOf } from './batch.ts'
import { readPattern } from './filter.ts'

const record = (body: unknown) => recordOf({
  MessageId: 'id', ReceiptHandle: 'handle', Body: typeof body === 'string' ? body : JSON.stringify(body), MD5OfBody: 'md5', Attributes: { SenderId: 'AIDA' },
  MessageAttributes: { kind: { DataType: 'String', StringValue: 'chat' } },
}, 'arn:aws:sqs:us-east-1:000000000000:work', 'us-east-1')
const fits = (pattern: object, body: unknown) => readPattern(JSON.stringify(pattern))(record(body))

describe('a filter of a queue', () => {
  const cases: [what: string, pattern: object, wanted: unknown, unwanted: unknown][] = [
    ['one value', { body: { a: ['x'] } }, { a: 'x' }, { a: 'y' }],
    ['one of two values', { body: { a: ['x', 'y'] } }, { a: 'y' }, { a: 'z' }],
    ['two members', { body: { a: ['x'], b: ['y'] } }, { a: 'x', b: 'y' }, { a: 'x', b: 'z' }],
    ['a member deep inside', { body: { a: { b: ['x'] } } }, { a: { b: 'x' } }, { a: 'x' }],
    ['a number, which is no text', { body: { a: [1] } }, { a: 1 }, { a: '1' }],
    ['null', { body: { a: [null] } }, { a: null }, {}],
    ['one of a list', { body: { a: ['x'] } }, { a: ['w', 'x'] }, { a: ['w'] }],
    ['what is there', { body: { a: [{ exists: true }] } }, { a: 0 }, { b: 0 }],
    ['what is not there', { body: { a: [{ exists: false }] } }, { b: 0 }, { a: 0 }],
    ['a beginning', { body: { a: [{ prefix: 'yes' }] } }, { a: 'yes-value' }, { a: 'no-value' }],
    ['an end', { body: { a: [{ suffix: '.png' }] } }, { a: 'a.png' }, { a: 'a.jpg' }],
    ['either case', { body: { a: [{ 'equals-ignore-case': 'YES' }] } }, { a: 'yes' }, { a: 'no' }],
    ['anything but these', { body: { a: [{ 'anything-but': ['x', 'y'] }] } }, { a: 'z' }, { a: 'x' }],
    ['anything but such a beginning', { body: { a: [{ 'anything-but': { prefix: 'x' } }] } }, { a: 'y' }, { a: 'xy' }],
    ['what is larger', { body: { n: [{ numeric: ['>', 100] }] } }, { n: 101 }, { n: 100 }],
    ['what lies between', { body: { n: [{ numeric: ['>=', 100, '<', 200] }] } }, { n: 100 }, { n: 200 }],
    ['a plain body', { body: ['plain'] }, 'plain', { plain: 'plain' }],
    ['JSON, where the body is none', { body: { a: [{ exists: false }] } }, {}, 'plain'],
    ['inherited names', { body: { constructor: [{ exists: false }] } }, {}, { constructor: 1 }],
  ]
  for (const [what, pattern, wanted, unwanted] of cases)
    it(`wants ${what}`, () => assert.deepEqual([fits(pattern, wanted), fits(pattern, unwanted)], [true, false]))

  it('looks at the rest of the message, too', () => {
    assert.equal(fits({ messageAttributes: { kind: { stringValue: ['chat'] } } }, 'x'), true)
    assert.equal(fits({ attributes: { SenderId: ['AROA'] } }, 'x'), false)
  })

  for (const pattern of ['null', '"simple string"', '{"eventSource":"aws:sqs"}', '{"eventSource":[]}', '{', undefined, '{"body":{"a":[{"prefix":1}]}}', '{"a":[{"odd":1}]}', '{"a":[{"numeric":["~",1]}]}'])
    it(`is refused where it says ${pattern}`, () => assert.throws(() => readPattern(pattern), { name: 'InvalidParameterValueException', message: 'Invalid filter pattern definition.' }))

  it('says what is not built', () => {
    assert.throws(() => fits({ body: { a: [{ wildcard: 'x*' }] } }, {}), { name: 'NotImplemented' })
  })
})
