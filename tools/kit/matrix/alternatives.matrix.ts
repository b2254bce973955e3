import { describe, it } from 'node:test'
import { verify } from '../../verify/index.ts'
import { buildByHand, testAws } from '../../verify/testing.ts'
import { tryTree } from '../try-tree.ts'
import { alternatives } from './alternatives.ts'
import { withAltered } from './altered.ts'
import { allSteps, assertGreen } from './testing.ts'

describe('another right way passes', () => {
  for (const { id, what, ...alteration } of alternatives)
    it(`${id}: ${what}`, () => withAltered(alteration, async (tree) => assertGreen(await tryTree(tree, { steps: allSteps }))))
})

describe('a chat built by hand passes, without a stack, by the calls of the console, under names of its own', () => {
  for (const number of allSteps)
    it(`verified as far as step ${number}`, async () => {
      const world = await testAws()
      try {
        await buildByHand(world, { upTo: number })
        const steps = allSteps.filter((step) => step <= number)
        assertGreen(await verify({ cloud: world.cloud, steps }), steps)
      } finally {
        await world.stop()
      }
    })
})
