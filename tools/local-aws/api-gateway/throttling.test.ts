import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manualClock } from '../clock.ts'
import { createBucket } from './token-bucket.ts'

/** How many of `most` attempts are let through. */
const passing = (bucket: ReturnType<typeof createBucket>, most = 100) => Array.from({ length: most }, () => bucket.take()).filter(Boolean).length

describe('a token bucket', () => {
  it('lets a burst through, and then what comes back in time', () => {
    const clock = manualClock()
    const bucket = createBucket(clock, { rate: 2, burst: 5 })

    assert.equal(passing(bucket), 5)
    clock.advance(400)
    assert.equal(passing(bucket), 0)
    clock.advance(600)
    assert.equal(passing(bucket), 2)
    clock.advance(60_000)
    assert.equal(passing(bucket), 5)
  })

  it('lets nothing through at a rate or burst of 0', () => {
    const clock = manualClock()
    const buckets = [createBucket(clock, { rate: 0, burst: 5 }), createBucket(clock, { rate: 5, burst: 0 })]
    clock.advance(60_000)

    assert.deepEqual(buckets.map((bucket) => passing(bucket)), [0, 0])
  })

  it('counts parts of a token, and is not fooled by a clock that goes back', () => {
    let now = 10_000
    const bucket = createBucket({ now: () => now, after: () => ({ cancel() {} }) }, { rate: 0.5, burst: 1 })
    bucket.take()
    now -= 9_000
    assert.equal(bucket.take(), false)
    now += 1_000
    assert.equal(bucket.take(), false)
    now += 1_000
    assert.equal(bucket.take(), true)
  })
})
