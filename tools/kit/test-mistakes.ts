import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { KitError } from '../lib/kit-error.ts'
import { note } from '../lib/output.ts'
import { inWorkshop, root } from '../lib/paths.ts'
import { mistakes } from '../mistakes/index.ts'
import { steps } from '../steps.ts'
import type { Command } from './command.ts'
import { filesEnding, guardedTests } from './guarded-tests.ts'
import { alternatives } from './matrix/alternatives.ts'

const usage = 'npm run test:mistakes'

export const command: Command = {
  summary: 'The whole matrix: every mistake is named, every starter leads to its first TODO, every solution and every other right way passes.',
  usage: `${usage} | ${usage} PART`,
  details: [
    'PART   mistakes, starters, solutions or alternatives; the id of a mistake or of another right way; the number of a step',
    'Left out: all, in about five minutes. The next build of the site shows what it measured.',
  ],
  example: `${usage} status-code-410`,
  async run(parts) {
    const { files, named } = chosen(parts)
    note('Each cell deploys to a local AWS of its own and verifies …')
    const checks = inWorkshop('matrix-checks.txt')
    mkdirSync(path.dirname(checks), { recursive: true })
    rmSync(checks, { force: true })
    return guardedTests(files, {
      named,
      reporter: pathToFileURL(path.join(root, 'tools/kit/matrix/tally.mjs')).href,
      environment: { MATRIX_RESULT: inWorkshop('matrix.json'), MATRIX_CHECKS: checks }, // the site shows them: docs/generate/proof-page.ts
    })
  },
}

/** Whole files of the matrix by what they ask, or cells by their names. */
function chosen(parts: string[]) {
  const all = filesEnding('.matrix.ts')
  const files = all.filter((file) => parts.some((part) => path.basename(file) === `${part}.matrix.ts`))
  if (parts.length === 0 || files.length === parts.length) return { files: parts.length === 0 ? all : files, named: [] }

  const unknown = parts.filter((part) => patternOf(part) === undefined)
  if (unknown.length > 0) throw new KitError({ what: `The matrix has no part "${unknown.join('" and no "')}".`, next: `${usage} help` })
  return { files: all.filter((file) => /(mistakes|alternatives|starters)\.matrix/.test(file)), named: parts.map((part) => patternOf(part)!) }
}

/** What the names of cells look like: `01-connect/wrong-key`, `step 1`, `node-24: the newest runtime`. */
function patternOf(part: string) {
  const step = steps.find(({ number }) => String(number) === part)
  if (step) return `^(${step.id}/.*|step ${step.number})$`
  if (mistakes.some(({ id }) => id === part)) return `^[^/ ]+/${part}$`
  return alternatives.some(({ id }) => id === part) ? `^${part}: ` : undefined
}
