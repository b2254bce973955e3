import path from 'node:path'
import { existsSync } from 'node:fs'
import { KitError } from '../lib/kit-error.ts'
import { say, usesColour } from '../lib/output.ts'
import { steps } from '../steps.ts'
import { isGreen } from '../verify/index.ts'
import { render } from '../verify/render.ts'
import { parsed, stepsFrom } from './arguments.ts'
import type { Command } from './command.ts'
import { tryTree } from './try-tree.ts'

const usage = 'npm run try -- DIR'

export const command: Command = {
  summary: 'Runs any tree shaped like steps/ through a fresh local AWS: deploys up to each step and verifies it.',
  usage,
  details: ['DIR         what it lacks comes from solutions/', '--steps N   which steps, as 2 or 1-4; default: all', '--json      one JSON document'],
  example: 'npm run try -- solutions --steps 1-2',
  async run(args) {
    const { values, positionals: [tree] } = parsed(args, { steps: { type: 'string' }, json: { type: 'boolean' } }, usage, { words: 1 })
    if (!tree || !existsSync(tree)) throw new KitError({ what: tree ? `There is no folder ${tree}.` : 'Which folder?', next: `${usage}, for instance: npm run try -- solutions` })
    const numbers = stepsFrom(values.steps ?? `1-${steps.length}`, usage).map(({ number }) => number)
    const interrupted = new AbortController()
    process.once('SIGINT', () => interrupted.abort())

    const report = await tryTree(path.resolve(tree), { steps: numbers, signal: interrupted.signal })
    say(values.json ? JSON.stringify(report, null, 2) : render(report, { colour: usesColour() }))
    return isGreen(report) ? 0 : 1
  },
}
