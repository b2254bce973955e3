import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { note } from '../lib/output.ts'
import { root } from '../lib/paths.ts'
import type { Command } from './command.ts'
import { filesEnding, guardedTests, runNode } from './guarded-tests.ts'

const usage = 'npm test'

export const command: Command = {
  summary: 'Type check, lint, and every test: the parts in process, starters that must fail, solutions that must pass, one mutant per step.',
  usage: `${usage} | npm test PART`,
  details: ['PART   only test files whose path contains this, without type check and lint'],
  example: 'npm test tools/verify',
  async run(parts) {
    const files = filesEnding('.test.ts').filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    if (files.length === 0) throw new KitError({ what: `No test file's path contains "${parts.join('" or "')}".`, next: usage })
    if (parts.length === 0 && !(await check('Types', 'typescript/bin/tsc', ['--noEmit']) && await check('Lint', 'oxlint/bin/oxlint', ['--quiet']))) return 1
    note('Tests …')
    return guardedTests(files)
  },
}

async function check(title: string, binary: string, args: string[]) {
  note(`${title} …`)
  const code = await runNode([packageBinary(binary), ...args])
  if (code !== 0) note(`✗ ${title}: see above.`)
  return code === 0
}

/** A package's command as a file for Node, so that no shell is needed on any system. */
const packageBinary = (binary: string) => path.join(root, 'node_modules', ...binary.split('/'))
