import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parsed, stepsFrom } from './arguments.ts'

describe('stepsFrom', () => {
  const numbers = (text: string) => stepsFrom(text, 'npm run verify N').map(({ number }) => number)

  for (const [text, expected] of [['2', [2]], ['1-3', [1, 2, 3]], ['3,1', [1, 3]], ['step-4', [4]], ['1, 1', [1]]] as const)
    it(`reads "${text}"`, () => assert.deepEqual(numbers(text), expected))

  for (const text of ['', 'two', '0', '99', '1-99', '3-1', '-1', '1.5'])
    it(`refuses "${text}" and says what a step is`, () => assert.throws(() => numbers(text), { name: 'KitError', message: /A step is a number from 1 to/ }))
})

describe('parsed', () => {
  const options = { json: { type: 'boolean' }, steps: { type: 'string' } } as const

  it('understands plain words, because PowerShell drops the dashes', () => {
    assert.deepEqual({ ...parsed(['json', 'steps=2', 'dir'], options, '', { words: 1 }).values }, { json: true, steps: '2' })
    assert.deepEqual({ ...parsed(['--json', '--steps', '2'], options, '').values }, { json: true, steps: '2' })
  })

  it('refuses what it does not know, with the right usage', () => {
    assert.throws(() => parsed(['--jsonn'], options, 'npm run try -- DIR'), { name: 'KitError', message: /--jsonn/, failure: { what: "Unknown option '--jsonn'.", where: '--jsonn', next: 'npm run try -- DIR' } })
  })
})
