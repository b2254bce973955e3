import { say } from '../lib/output.ts'
import { stepsFrom } from './arguments.ts'
import type { Command } from './command.ts'
import { currentStep, nextHint } from './progress.ts'

const usage = 'npm run hint'

export const command: Command = {
  summary: 'Shows the next hint: first a nudge, then a pointer, then nearly the answer.',
  usage: `${usage} | npm run hint N`,
  details: ['N     the step; left out: the step you are at'],
  example: 'npm run hint',
  async run([what = String(currentStep().number)]) {
    for (const { number, title, hints } of stepsFrom(what, usage)) {
      const shown = await nextHint(number, hints.length)
      say(`Step ${number}  ${title}`)
      hints.slice(0, shown).forEach((hint, index) => say(`  ${index + 1} of ${hints.length}  ${hint.replaceAll('\n', '\n          ')}`))
      say(shown < hints.length ? 'More: npm run hint' : `That was the last one. The solution: npm run solve ${number}`)
    }
  },
}
