import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPatience, type Progress, type Time } from './patience.ts'

/** Time that passes only while somebody sleeps, or works for `workMs` at each attempt. */
function testTime() {
  let now = 0
  const time: Time = { now: () => now, async sleep(ms) { now += ms } }
  return { time, pass: (ms: number) => { now += ms } }
}

describe('patience', () => {
  it('tries once where nothing needs time', async () => {
    let tried = 0

    const answer = await createPatience({ patient: false }).until('Slow', 60, async () => { tried++; return undefined })

    assert.equal(answer, undefined)
    assert.equal(tried, 1)
  })

  it('tries until there is an answer, and says what it waits for and how long at most', async () => {
    const { time } = testTime()
    const told: Progress[] = []
    let tried = 0

    const answer = await createPatience({ patient: true, time, tell: (progress) => told.push(progress) }).until('Slow', 60, async () => ++tried === 3 ? 'there' : undefined)

    assert.equal(answer, 'there')
    assert.deepEqual(told, [{ kind: 'wait', reason: 'Slow', secondsLeft: 60 }, { kind: 'wait', reason: 'Slow', secondsLeft: 58 }])
  })

  it('gives up when the time is over, however long an attempt takes', async () => {
    const { time, pass } = testTime()
    let tried = 0

    const answer = await createPatience({ patient: true, time }).until('Slow', 29, async () => { tried++; pass(8_000); return undefined })

    assert.equal(answer, undefined)
    assert.equal(tried, 3)
  })

  it('takes false and zero for answers', async () => {
    const { time } = testTime()

    assert.equal(await createPatience({ patient: true, time }).until('Slow', 30, async () => false), false)
  })

  it('does not wait over an error', async () => {
    let tried = 0
    const wait = createPatience({ patient: true }).until('Slow', 1, async () => { tried++; throw new TypeError('no') })

    await assert.rejects(wait, TypeError)
    assert.equal(tried, 1)
  })

  it('ends at once when it is interrupted', async () => {
    const interrupted = new AbortController()
    const patience = createPatience({ patient: true, everyMs: 60_000, signal: interrupted.signal, tell: () => interrupted.abort() })

    assert.equal(await patience.until('Slow', 600, async () => undefined), undefined)
  })
})
