import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { killAtEvents } from './stack-kills.ts'
import { createGraveyard } from './victim-process.ts'
import { killWhileWriting } from './write-kills.ts'

async function yardFor(test: TestContext) {
  const yard = await createGraveyard()
  test.after(() => yard.remove())
  return yard
}

// A sample; all of it: npm run test:endurance kills
describe('a local AWS that is killed', { concurrency: true }, () => {
  it('rolls an unfinished deploy back when it starts again, and leaves nothing behind', async (test) => {
    assert.deepEqual(await killAtEvents(await yardFor(test), 'create', [25]), { points: 1, rests: { ROLLBACK_COMPLETE: 1 } })
  })

  it('has all that it answered', async (test) => {
    const { kills, lost } = await killWhileWriting(await yardFor(test), [400])

    assert.deepEqual({ kills, lost }, { kills: 1, lost: {} })
  })
})
