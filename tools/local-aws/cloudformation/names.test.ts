import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { generatedName } from './names.ts'

describe('generatedName', () => {
  it('joins stack, logical id and 12 characters (G2.11)', () => {
    assert.match(generatedName('ChatStack', 'Fn', 64), /^ChatStack-Fn-[A-Za-z0-9]{12}$/)
  })

  it('cuts both parts to stay within the limit', () => {
    const name = generatedName('S'.repeat(100), 'L'.repeat(100), 64)

    assert.equal(name.length, 64)
    assert.match(name, /^S{25}-L{25}-/)
  })
})
