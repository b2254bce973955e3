import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { note } from '../lib/output.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { filesEnding, guardedTests } from './guarded-tests.ts'

const usage = 'npm run test:endurance'
const OPTIONS = { minutes: { type: 'string' }, every: { type: 'string' }, seed: { type: 'string' } } as const

export const command: Command = {
  summary: 'Shows what the local AWS survives: kill -9 at every point, full disks, handlers that misbehave, minutes of load.',
  usage: `${usage} | ${usage} PART`,
  details: [
    'PART        kills, disk or soak; left out: all, in about a quarter of an hour', 'minutes=3   how long the soak goes on',
    'every=5     only every fifth point of each operation is a point to kill at', 'seed=1      the same moments to kill at as in the run that printed it',
  ],
  example: `${usage} soak minutes=3`,
  async run(args) {
    const { values, positionals } = parsed(args, OPTIONS, usage, { words: 3 })
    for (const [name, value] of Object.entries(values)) {
      if (!(Number(value) > 0)) throw new KitError({ what: `${name} must be a number above 0, got "${value}".`, next: `${usage} help` })
      process.env[`ENDURANCE_${name.toUpperCase()}`] = value
    }
    const files = filesEnding('.endurance.ts').filter((file) => positionals.length === 0 || positionals.some((part) => path.basename(file).startsWith(part)))
    if (files.length === 0) throw new KitError({ what: `Nothing is called "${positionals.join('" or "')}".`, next: `${usage} help` })
    note('Each test has local AWSs of its own …')
    return guardedTests(files)
  },
}
