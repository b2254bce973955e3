import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manualClock } from './clock.ts'

describe('manualClock', () => {
  it('runs what became due, in order, at its own time', () => {
    const clock = manualClock(0)
    const seen: [string, number][] = []
    clock.after(20, () => seen.push(['b', clock.now()]))
    clock.after(10, () => {
      seen.push(['a', clock.now()])
      clock.after(5, () => seen.push(['nested', clock.now()]))
    })
    clock.after(50, () => seen.push(['late', clock.now()]))

    clock.advance(30)

    assert.deepEqual(seen, [['a', 10], ['nested', 15], ['b', 20]])
    assert.equal(clock.now(), 30)
  })

  it('leaves out what was cancelled', () => {
    const clock = manualClock(0)
    let ran = false
    clock.after(10, () => { ran = true }).cancel()

    clock.advance(10)

    assert.equal(ran, false)
  })
})
