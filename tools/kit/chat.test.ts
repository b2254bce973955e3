import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { testAws } from '../verify/testing.ts'
import { keepsNames } from './chat.ts'
import { inTheConsole } from './matrix/alternatives.ts'
import { byConsole } from './matrix/by-console.ts'

describe('the chat command', () => {
  it('passes words on as they are once a function of step 7 takes them', { timeout: 120_000 }, async () => {
    const world = await testAws()
    try {
      const click = byConsole(world, Object.values(inTheConsole)[1]!)
      assert.equal(await keepsNames(world.cloud), false)
      for (const step of [1, 2, 3, 4, 6]) await click(step)
      assert.equal(await keepsNames(world.cloud), false)
      await click(7)

      assert.equal(await keepsNames(world.cloud), true)
    } finally {
      await world.stop()
    }
  })
})
