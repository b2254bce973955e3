import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

const { tableOf } = await import(new URL('fuzz-table.mjs', import.meta.url).href)

describe('the table of npm run test:fuzz', () => {
  it('has a line per kind of input, their sum, and the seed', () => {
    const tallies = [{ what: 'frames', inputs: 10_000, crashes: 0, serverErrors: 0, hangs: 1 }, { what: 'awsQuery', inputs: 500, crashes: 2, serverErrors: 0, hangs: 0 }]

    assert.deepEqual(tableOf(tallies, 'seed 7').trim().split('\n'), [
      'what      inputs  crashes  5xx  hangs',
      'frames     10000        0    0      1',
      'awsQuery     500        2    0      0',
      'all        10500        2    0      1',
      'seed 7',
    ])
  })
})
