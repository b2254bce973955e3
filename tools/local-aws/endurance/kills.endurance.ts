import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { killWhileBroadcasting } from './broadcast-kills.ts'
import { endurance } from './options.ts'
import { killAtEvents, scenarios, type ScenarioName } from './stack-kills.ts'
import { createGraveyard, type Graveyard } from './victim-process.ts'
import { killWhileWriting } from './write-kills.ts'

/** More than any of the operations has. */
const MOST_EVENTS = 200
const KILLS = 12

const { every, seed } = endurance()
const pointsOf = (name: ScenarioName) => {
  const step = every ?? (name.endsWith('fails') ? 4 : 1)
  return Array.from({ length: Math.ceil(MOST_EVENTS / step) }, (_, index) => 1 + index * step)
}
/** Different each time, the same for the same seed. */
const moments = Array.from({ length: KILLS }, (_, index) => 50 + (seed * (index + 7) * 7_919) % 900)

describe('a local AWS that is killed', () => {
  let yard: Graveyard
  beforeEach(async () => { yard = await createGraveyard() })
  afterEach(() => yard.remove())

  for (const name of Object.keys(scenarios) as ScenarioName[]) {
    it(`after each event of a stack's ${name}, brings the stack to rest and leaves nothing behind`, async (test) => {
      const { points, rests } = await killAtEvents(yard, name, pointsOf(name))

      test.diagnostic(`${name}: killed at ${points} points, recovered ${points}, lost answers 0; at rest in ${JSON.stringify(rests)}`)
      assert.ok(points > 0)
    })
  }

  it('while every service is written to, has all that it answered, once and whole', async (test) => {
    const { kills, answered, lost } = await killWhileWriting(yard, moments)

    test.diagnostic(`writes: killed ${kills} times (seed ${seed}), answered ${JSON.stringify(answered)}, lost ${JSON.stringify(lost)}`)
    assert.deepEqual(lost, {})
  })

  it('during a broadcast, knows everyone whom it had let in, and goes on', async (test) => {
    const points = (['frame', 'request', 'invocation'] as const).flatMap((kind) => (kind === 'invocation' ? [1] : [1, 2, 5, 8]).map((count) => ({ kind, count })))
    const { kills, clients, heardBefore, lostRows } = await killWhileBroadcasting(yard, points)

    test.diagnostic(`broadcasts: killed ${kills} times, ${clients} clients let in, ${heardBefore} messages heard before, rows lost ${lostRows}`)
    assert.equal(lostRows, 0)
  })
})
