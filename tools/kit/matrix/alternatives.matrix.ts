import { describe, it } from 'node:test'
import { verify } from '../../verify/index.ts'
import { testAws } from '../../verify/testing.ts'
import { tryTree } from '../try-tree.ts'
import { alternatives } from './alternatives.ts'
import { withAltered } from './altered.ts'
import { byConsole, type Names } from './by-console.ts'
import { allSteps, assertGreen, PATIENT, solutions } from './testing.ts'

describe('another right way passes', () => {
  for (const { id, what, ...alteration } of alternatives)
    it(`${id}: ${what}`, PATIENT, () => withAltered(alteration, async (tree) => assertGreen(await tryTree(tree, { steps: allSteps }))))
})

const inTheConsole: Record<string, Names> = {
  'the names of the seed, the function as its heading spells it': {
    api: 'My Chat API', connect: 'putConnectedClientToDDB', sendMessage: 'SendMessageToConnectedClient', disconnect: 'removeDisconnectedClient', leave: 'sayGoodbye', table: 'WebsocketConnection', stage: 'beta',
  },
  'names of their own': { api: 'Lunch talk', connect: 'remember', sendMessage: 'shout', disconnect: 'forget', leave: 'wave', table: 'people.here', stage: 'v1' },
}

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
