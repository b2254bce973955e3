import { describe, it } from 'node:test'
import { verify } from '../../verify/index.ts'
import { testAws } from '../../verify/testing.ts'
import { tryTree } from '../try-tree.ts'
import { alternatives, inTheConsole } from './alternatives.ts'
import { withAltered } from './altered.ts'
import { byConsole } from './by-console.ts'
import { allSteps, assertGreen, PATIENT, solutions } from './testing.ts'

/** Before there is a stage, before `$default` talks (verify would wait its turn for a stage of its own), and with everything. */
const upTo = (step: number) => step < 4 ? 3 : step < 6 ? 5 : allSteps.length

describe('another right way passes', () => {
  for (const { id, what, ...alteration } of alternatives)
    it(`${id}: ${what}`, PATIENT, () => withAltered(alteration, async (tree) => assertGreen(await tryTree(tree, { steps: allSteps, upTo }))))
})

describe('a chat made in the console passes, step by step, without a stack', () => {
  for (const [what, names] of Object.entries(inTheConsole))
    it(`under ${what}`, PATIENT, async () => {
      const world = await testAws()
      try {
        const click = byConsole(world, names)
        for (const step of allSteps) {
          await click(step)
          assertGreen(await verify({ cloud: world.cloud, steps: [step], tree: solutions }), [step])
        }
        assertGreen(await verify({ cloud: world.cloud, steps: allSteps, tree: solutions }))
      } finally {
        await world.stop()
      }
    })
})
