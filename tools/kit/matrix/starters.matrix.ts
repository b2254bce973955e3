import { describe, it } from 'node:test'
import { runStarter } from './mutants.ts'
import { allSteps, assertLeadsToFirstTodo, PATIENT } from './testing.ts'

describe('a starter fails and leads to its first TODO', () => {
  for (const number of allSteps)
    it(`step ${number}`, PATIENT, async () => assertLeadsToFirstTodo(await runStarter(number)))
})
