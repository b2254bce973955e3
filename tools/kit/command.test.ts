import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { asksForHelp } from './command.ts'

describe('asksForHelp', () => {
  it('hears --help anywhere, and the word help where a command begins', () => {
    for (const args of [['help'], ['--help'], ['2', '-h'], ['step-1', 'help']]) assert.equal(asksForHelp(args), true, args.join(' '))
  })

  it('takes help for a word like others further on', () => {
    for (const args of [[], ['2'], ['step-1'], ['error:', 'help', 'me']]) assert.equal(asksForHelp(args), false, args.join(' '))
  })
})
