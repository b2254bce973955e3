import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../lib/paths.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { filesEnding, guardedTests } from './guarded-tests.ts'

const usage = 'npm run test:fuzz'

export const command: Command = {
  summary: 'Sends broken requests to the local AWS, many and new ones each time: never a crash, never a hang, always an answer in the shape of AWS.',
  usage,
  details: ['runs=N   inputs per protocol; default 10000', 'seed=N   the same inputs as in the run that printed this seed'],
  example: `${usage} runs=2000`,
  async run(args) {
    const { values: { runs = '10000', seed } } = parsed(args, { runs: { type: 'string' }, seed: { type: 'string' } }, usage)
    process.env.FUZZ_RUNS = runs
    process.env.FUZZ_SEED = seed ?? String(Date.now() % 2 ** 31)
    return guardedTests(filesEnding('.fuzz.test.ts'), { reporter: pathToFileURL(path.join(root, 'tools/kit/fuzz-table.mjs')).href })
  },
}
