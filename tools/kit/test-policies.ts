import { note } from '../lib/output.ts'
import type { Command } from './command.ts'
import { filesEnding, guardedTests } from './guarded-tests.ts'

export const command: Command = {
  summary: 'Takes each action out of each policy in docs/policies, one at a time, and shows on the local AWS that it is missed.',
  usage: 'npm run test:policies',
  details: ['About three minutes. npm test proves that the whole policies are enough.'],
  example: 'npm run test:policies',
  async run() {
    note('Each action is taken away once, and what needs it is tried …')
    return guardedTests(filesEnding('.slow.ts'))
  },
}
