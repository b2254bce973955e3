import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filterPattern } from './filter-pattern.ts'

describe('filter patterns', () => {
  const cases: [pattern: string, message: string, matches: boolean][] = [
    ['', 'anything', true],
    ['ERROR', 'an ERROR', true],
    ['ERROR', 'an error', false],
    ['ERROR', 'ERRORCODE: -1', true],
    ['two words', 'words: two', true],
    ['two words', 'two', false],
    ['"two words"', 'two words', true],
    ['"two words"', 'words two', false],
    ['"say \\"hi\\""', 'they say "hi"', true],
    ['-START', 'START RequestId', false],
    ['ERROR -harmless', 'ERROR harmless', false],
    ['?ERROR ?WARN', 'WARN x', true],
    ['?ERROR ?WARN', 'INFO x', false],
    ['"Task timed out"', '2026 Task timed out after 3.00 seconds', true],
  ]
  for (const [pattern, message, matches] of cases)
    it(`lets ${pattern || 'an empty one'} ${matches ? 'match' : 'pass over'} ${message}`, () => assert.equal(filterPattern(pattern)(message), matches))

  for (const pattern of ['{ $.level = "error" }', '[ip, user]', '%\\d+%'])
    it(`refuses ${pattern} as not built`, () => assert.throws(() => filterPattern(pattern), { name: 'InvalidParameterException', message: /not built into the local AWS/ }))
  for (const pattern of ['a.b', '"open', 'x"y"'])
    it(`refuses ${pattern} as no pattern`, () => assert.throws(() => filterPattern(pattern), { name: 'InvalidParameterException', message: 'Invalid filter pattern' }))
})
