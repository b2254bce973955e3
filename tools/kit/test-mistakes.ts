import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { KitError } from '../lib/kit-error.ts'
import { note } from '../lib/output.ts'
import { root } from '../lib/paths.ts'
import type { Command } from './command.ts'
import { filesEnding, guardedTests } from './guarded-tests.ts'

const usage = 'npm run test:mistakes'

export const command: Command = {
  summary: 'The whole matrix: every mistake is named, every starter leads to its first TODO, every solution and every other right way passes.',
  usage: `${usage} | ${usage} PART`,
  details: ['PART   mistakes, starters, solutions or alternatives; left out: all, in about two minutes'],
  example: `${usage} alternatives`,
  async run(parts) {
    const files = filesEnding('.matrix.ts').filter((file) => parts.length === 0 || parts.some((part) => path.basename(file).startsWith(part)))
    if (files.length === 0) throw new KitError({ what: `The matrix has no part "${parts.join('" or "')}".`, next: `${usage} help` })
    note('Each cell deploys to a local AWS of its own and verifies …')
    return guardedTests(files, { reporter: pathToFileURL(path.join(root, 'tools/kit/matrix/tally.mjs')).href })
  },
}
