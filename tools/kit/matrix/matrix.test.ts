import { describe, it } from 'node:test'
import { tryTree } from '../try-tree.ts'
import { cells } from './cells.ts'
import { runMutant, runStarter } from './mutants.ts'
import { allSteps, assertAccused, assertGreen, assertLeadsToFirstTodo, PATIENT, solutions } from './testing.ts'

// Each of these starts a local AWS of its own, deploys with the CDK's toolkit, and verifies, so a few stand for all; `npm run test:mistakes` runs every one.

describe('the solutions', () => {
  it('pass every step', PATIENT, async () => assertGreen(await tryTree(solutions, { steps: allSteps })))
})

describe('a starter', () => {
  for (const number of allSteps)
    it(`of step ${number} fails, and leads to its first TODO`, PATIENT, async () => assertLeadsToFirstTodo(await runStarter(number)))
})

describe('a mutant', () => {
  for (const number of allSteps) {
    const entry = cells('deployed').find(({ step }) => step === number)!
    it(`of step ${number} is named by its own id: ${entry.id}`, PATIENT, async () => assertAccused(await runMutant(entry, { withEarlier: true }), entry.id))
  }
})
