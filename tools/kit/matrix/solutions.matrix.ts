import { describe, it } from 'node:test'
import { tryTree } from '../try-tree.ts'
import { allSteps, assertGreen, PATIENT, solutions } from './testing.ts'

describe('the solutions', () => {
  it('pass each step, deployed one after the other', PATIENT, async () => assertGreen(await tryTree(solutions, { steps: allSteps })))

  it('pass each step under a suffix', PATIENT, async () => assertGreen(await tryTree(solutions, { steps: allSteps, suffix: 'ada' })))

  it('pass each step, whatever later ones are deployed with it', PATIENT, async () => {
    assertGreen(await tryTree(solutions, { steps: allSteps, upTo: allSteps.at(-1) }))
  })

  it('pass a step again that passed before', PATIENT, async () => assertGreen(await tryTree(solutions, { steps: [2, 2], upTo: 2 }), [2, 2]))
})
