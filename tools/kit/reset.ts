import { KitError } from '../lib/kit-error.ts'
import { say } from '../lib/output.ts'
import { steps } from '../steps.ts'
import { stepsFrom } from './arguments.ts'
import type { Command } from './command.ts'
import { replaceStep } from './replace-step.ts'
import { pristineStarters } from './starters.ts'

const usage = 'npm run reset N'

export const command: Command = {
  summary: 'Puts a step back to its starter. What you wrote is saved first.',
  usage,
  details: [`N     the step, 1 to ${steps.length}, or several as 1-4`, 'To get yours back: npm run solve undo'],
  example: 'npm run reset 2',
  async run([what, ...rest]) {
    if (!what || rest.length) throw new KitError({ what: 'reset needs the number of one step.', next: usage })
    for (const step of stepsFrom(what, usage)) {
      const changed = await replaceStep(step, pristineStarters(), 'reset')
      say(changed.length === 0
        ? `steps/${step.id} is the starter already.`
        : [`Reset step ${step.number}:`, ...changed.map((file) => `  steps/${file}`), 'To get yours back: npm run solve undo'].join('\n'))
    }
  },
}
