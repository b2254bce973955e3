import assert from 'node:assert/strict'
import { hostname } from 'node:os'
import { describe, it } from 'node:test'
import { isAbandoned } from './probe-stage.ts'

describe('a probe stage', () => {
  const now = Date.UTC(2026, 0, 1)
  const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000)

  it('is abandoned when its process on this machine has ended', () => {
    assert.ok(isAbandoned(`verify ab12, process 999999999 on ${hostname()}`, minutesAgo(0), now))
    assert.ok(!isAbandoned(`verify ab12, process ${process.pid} on ${hostname()}`, minutesAgo(60), now))
  })

  it('of another machine is abandoned after ten minutes', () => {
    assert.ok(!isAbandoned('verify ab12, process 1 on elsewhere.example', minutesAgo(9), now))
    assert.ok(isAbandoned('verify ab12, process 1 on elsewhere.example', minutesAgo(11), now))
    assert.ok(isAbandoned(undefined, minutesAgo(11), now))
  })
})
