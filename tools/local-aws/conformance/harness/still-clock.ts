import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { localCloud } from '../../../lib/cloud.ts'
import { manualClock } from '../../clock.ts'
import { start } from '../../index.ts'
import { createWorld, type World } from './world.ts'

/** A world of its own whose time stands still until `advance(ms)`. What goes on by itself there (functions that become Active) goes on only then. */
export async function withStillClock(prove: (world: World, advance: (ms: number) => Promise<void>) => Promise<void>) {
  const state = await mkdtemp(path.join(tmpdir(), 'conformance-clock-'))
  const clock = manualClock(Date.now())
  const local = await start({ state, port: 0, clock })
  const { world } = createWorld({ cloud: localCloud(local), local, warn: () => {} })
  try {
    await prove(world, async (ms) => {
      clock.advance(ms)
      await new Promise((resolve) => { setImmediate(resolve) })
    })
  } finally {
    world.aws.destroy()
    await local.stop()
    await rm(state, { recursive: true, force: true, maxRetries: 5 })
  }
}
