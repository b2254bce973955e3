import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { say } from '../lib/output.ts'
import { root } from '../lib/paths.ts'
import { steps } from '../steps.ts'
import { stepsFrom } from './arguments.ts'
import type { Command } from './command.ts'
import { currentStep } from './progress.ts'
import { replaceStep, undoReplace } from './replace-step.ts'

const usage = 'npm run solve N'

export const command: Command = {
  summary: 'Puts the solution of a step into steps/. What you wrote is saved first.',
  usage: `${usage} | npm run solve undo`,
  details: [`N     the step, 1 to ${steps.length}; left out: the step you are at`, 'undo  brings back what you had'],
  example: 'npm run solve 2',
  async run([what = String(currentStep().number), ...rest]) {
    if (rest.length) throw new KitError({ what: `solve takes one step, got "${[what, ...rest].join(' ')}".`, next: usage })
    if (what === 'undo') {
      const { folder, why } = await undoReplace()
      return say(`Undid the ${why}: steps/${folder} is as you left it.`)
    }

    for (const step of stepsFrom(what, usage)) {
      const changed = await replaceStep(step, path.join(root, 'solutions'), 'solve')
      if (changed.length === 0) say(`steps/${step.id} has the solution already.`)
      else say([`Solved step ${step.number}:`, ...changed.map((file) => `  steps/${file}`), 'Read what changed: the reasons stand at the changed lines. Back to yours: npm run solve undo'].join('\n'))
    }
  },
}
