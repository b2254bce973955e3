import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { widthOf, wrapped } from './columns.ts'

describe('a text in columns', () => {
  it('has a width', () => {
    assert.deepEqual(['abc', '日本', '😀', 'e\u0301', '\u001b[2mdim\u001b[0m'].map(widthOf), [3, 4, 2, 1, 3])
  })

  it('is broken at blanks', () => {
    assert.deepEqual(wrapped('one two three', 7), ['one two', 'three'])
    assert.deepEqual(wrapped('one two three', 7, { indent: '  ' }), ['one two', '  three'])
    assert.deepEqual(wrapped('', 7), [''])
  })

  it('keeps blanks that stand together', () => {
    assert.deepEqual(wrapped('  one  two three', 10), ['  one  two', 'three'])
  })

  it('keeps long words whole, or breaks them anywhere', () => {
    assert.deepEqual(wrapped('at abcdefghij', 4), ['at', 'abcdefghij'])
    assert.deepEqual(wrapped('abcdefghij', 4, { breaksWords: true }), ['abcd', 'efgh', 'ij'])
  })
})
