import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPatience, type Progress } from './patience.ts'

describe('patience', () => {
  it('tries once where nothing needs time', async () => {
    let tried = 0

    const answer = await createPatience({ patient: false }).until('Slow', 60, async () => { tried++; return undefined })

    assert.equal(answer, undefined)
    assert.equal(tried, 1)
  })

  it('tries until there is an answer, and says what it waits for and how long at most', async () => {
    const told: Progress[] = []
    let tried = 0

    const answer = await createPatience({ patient: true, everyMs: 1, tell: (progress) => told.push(progress) }).until('Slow', 0.004, async () => ++tried === 3 ? 'there' : undefined)

    assert.equal(answer, 'there')
    assert.deepEqual(told.map((progress) => progress.kind === 'wait' && progress.reason), ['Slow', 'Slow'])
  })

  it('gives up when the time is over', async () => {
    let tried = 0

    const answer = await createPatience({ patient: true, everyMs: 1 }).until('Slow', 0.003, async () => { tried++; return undefined })

    assert.equal(answer, undefined)
    assert.equal(tried, 3)
  })

  it('does not wait over an error', async () => {
    let tried = 0
    const wait = createPatience({ patient: true, everyMs: 1 }).until('Slow', 1, async () => { tried++; throw new TypeError('no') })

    await assert.rejects(wait, TypeError)
    assert.equal(tried, 1)
  })
})
