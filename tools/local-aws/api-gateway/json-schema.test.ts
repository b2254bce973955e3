import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fitsSchema, isSchema } from './json-schema.ts'

describe('fitsSchema', () => {
  const cases: [string, object, unknown[], unknown[]][] = [
    ['a type', { type: 'string' }, ['x', ''], [1, null, {}, []]],
    ['one of several types', { type: ['integer', 'null'] }, [1, null], [1.5, '1']],
    ['an enumeration', { enum: ['a', { b: 1 }] }, ['a', { b: 1 }], ['b', {}]],
    ['bounds of numbers', { minimum: 1, maximum: 3, exclusiveMaximum: true, multipleOf: 0.5 }, [1, 2.5, 'text'], [0.5, 3, 1.25]],
    ['lengths and patterns of texts, anywhere in them', { minLength: 2, maxLength: 3, pattern: 'b|^x' }, ['ab', 'xyz', 4], ['b', 'abcd', 'ac']],
    ['lists', { items: { type: 'integer' }, minItems: 1, uniqueItems: true }, [[1, 2], 'text'], [[], [1, 1], ['1']]],
    ['lists by place', { items: [{ type: 'integer' }, { type: 'string' }] }, [[1, 'a'], [1, 'a', null], []], [['a']]],
    ['members that must be there', { required: ['a'], properties: { a: { type: 'string' } } }, [{ a: 'x' }, 'text'], [{}, { a: 1 }, { constructor: 1 }]],
    ['no other members', { properties: { a: {} }, additionalProperties: false, minProperties: 1 }, [{ a: 1 }], [{ b: 1 }, {}]],
    ['other members of a kind', { additionalProperties: { type: 'number' } }, [{ a: 1 }], [{ a: 'x' }]],
    ['all, any, one and none', { allOf: [{ type: 'integer' }], anyOf: [{ minimum: 5 }, { maximum: 1 }], oneOf: [{ minimum: 7 }, { enum: [0, 9] }], not: { enum: [8] } }, [7, 0], [9, 8, 3, 6]],
    ['definitions', { definitions: { 'a/b': { type: 'string' } }, properties: { a: { $ref: '#/definitions/a~1b' } } }, [{ a: 'x' }], [{ a: 1 }]],
    ['itself', { properties: { next: { $ref: '#' } }, additionalProperties: false }, [{ next: { next: {} } }], [{ next: { other: 1 } }]],
    ['nothing that is known', { format: 'email', title: 'x', constructor: 1 }, ['x', null], []],
  ]
  for (const [what, schema, fitting, unfit] of cases) it(`knows ${what}`, () => {
    assert.deepEqual(fitting.filter((value) => !fitsSchema(value, schema)), [])
    assert.deepEqual(unfit.filter((value) => fitsSchema(value, schema)), [])
  })

  it('ends over circles and messages without end', () => {
    let deep: unknown = 1
    for (let i = 0; i < 50_000; i++) deep = { next: deep }

    assert.equal(fitsSchema(1, { $ref: '#' }), false)
    assert.equal(fitsSchema(deep, { properties: { next: { $ref: '#' } } }), false)
    assert.equal(fitsSchema('a'.repeat(40), { pattern: '^(a+)+b$' }), false)
  })
})

describe('isSchema', () => {
  it('refuses keywords whose values mean nothing', () => {
    for (const schema of [1, null, [], { type: 'text' }, { required: 'a' }, { properties: { a: 1 } }, { items: 1 }, { enum: 1 }, { multipleOf: 0 }, { allOf: {} }, { maxLength: -1 }, { pattern: '(' }, { $ref: '#/definitions/nobody' }])
      assert.equal(isSchema(schema), false, JSON.stringify(schema))
    assert.equal(isSchema({ $schema: 'http://json-schema.org/draft-04/schema#', title: 'x', type: 'object', properties: { a: { type: ['string', 'null'] } } }), true)
  })
})
