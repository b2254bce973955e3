import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countdown } from './countdown.ts'

const waits = (...seconds: number[]) => seconds.map((secondsLeft) => ({ kind: 'wait' as const, reason: 'A new policy takes its time', secondsLeft }))

describe('the countdown', () => {
  it('is a line now and then without a terminal', () => {
    const lines: string[] = []
    const { tell, done } = countdown({ output: { write: () => assert.fail('no cursor tricks') }, print: (text) => lines.push(text), isTerminal: false })

    for (const wait of waits(60, 58, 56, 40, 38)) tell(wait)
    tell({ kind: 'wait', reason: 'A stage needs a minute', secondsLeft: 90 })
    done()

    assert.deepEqual(lines, ['  … A new policy takes its time (60 s left)', '  … A new policy takes its time (40 s left)', '  … A stage needs a minute (90 s left)'])
  })

  it('is one line in a terminal, which goes when the wait is over', () => {
    let written = ''
    const { tell, done } = countdown({ output: { write: (text) => { written += text } }, isTerminal: true })

    for (const wait of waits(60, 58)) tell(wait)
    done()
    done()

    assert.equal(written, '\r\u001B[2K  … A new policy takes its time (60 s left)\r\u001B[2K  … A new policy takes its time (58 s left)\r\u001B[2K')
  })
})
