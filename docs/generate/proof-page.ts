import { alternatives, inTheConsole } from '../../tools/kit/matrix/alternatives.ts'
import { cells, proofOf, type Proof } from '../../tools/kit/matrix/cells.ts'
import { duration, plural } from '../../tools/lib/output.ts'
import { steps } from '../../tools/steps.ts'
import type { Entry } from '../../tools/mistakes/index.ts'
import type { Page } from './catalogue.ts'
import { anchorOf, placeTitle } from './lists.ts'
import { cell, code, frontMatter, plain } from './markdown.ts'
import { checksNaming, type Sources } from './mistake-page.ts'

/**
 * What `npm run test:mistakes` leaves behind: per question how many cells there were and how many failed, and the check by which verify came upon
 * a mistake.
 */
export type Measured = {
  /** ISO 8601 */
  at: string
  ms: number
  node: string
  cores: number
  counts: Record<'mistakes' | 'starters' | 'solutions' | 'alternatives', { all: number, failed: number }>
  checks: Record<string, string>
}

/** What the kit claims of verify, cell by cell, from the same lists as its tests. */
export function proofPage(pages: Page[], sources: Sources, measured?: Measured): string {
  const places = [...new Set(pages.map(({ entry }) => entry.place))]
  return [
    frontMatter({ title: 'What is proven', slug: '/proof', description: 'Every mistake that the kit names, how it is made to happen, and the other right ways that pass.' }),
    'A check that accuses the wrong thing is worse than none. So each mistake on this site is made to happen, and the kit has to name that one before any other. '
      + 'What is right has to pass, also where it is done in another way than the solutions do it. One command runs all of it, each cell on a local AWS of its own:',
    '```sh\nnpm run test:mistakes\n```',
    'The lists below are those that the command runs through.',
    totals(),
    measuredHere(measured),
    '## How a mistake is proven',
    ['| proof | how | mistakes |', '|---|---|---|', ...PROOFS.map(({ proof, how }) => `| ${SHORT[proof]} | ${how} | ${cells(proof).length} |`)].join('\n'),
    '## The mistakes',
    ...places.flatMap((place) => [`### ${placeTitle(place)} {#${anchorOf(place)}}`, mistakeTable(pages.filter(({ entry }) => entry.place === place), sources, measured)]),
    '## Other right ways, which pass',
    'Each is put in place of what the solutions do. Every step has to pass with it.',
    ['| id | what is done otherwise |', '|---|---|', ...alternatives.map(({ id, what }) => `| ${code(id)} | ${cell(plain(what))} |`)].join('\n'),
    'And the whole chat made by hand, as in the console, with no stack at all:',
    Object.keys(inTheConsole).map((what) => `- under ${plain(what)}`).join('\n'),
    '## Starters and solutions',
    `Each of the ${steps.length} starters fails, and what it prints names its first TODO, while the steps before it pass. The solutions pass every step: deployed one after the other, all `
      + 'at once, under a suffix, and once more after they have passed.',
  ].join('\n\n') + '\n'
}

const PROOFS: { proof: Proof, how: string }[] = [
  { proof: 'deployed', how: 'made in working solutions, in the deployed cloud or by the local AWS, then deployed; `verify` names it first, in its step. The steps before pass: verified with it where it reaches beyond the files of its step, else they are those of the solutions' },
  { proof: 'observed', how: 'only AWS does it: `verify` is handed what would be observed there, and names it first' },
  { proof: 'lines', how: '`explain` is handed the lines that people see, and names it first' },
  { proof: 'machine', how: '`doctor` is handed the facts of such a machine or account, and names it first' },
]
const SHORT: Record<Proof, string> = { deployed: 'deployed', observed: 'observed', lines: 'read', machine: 'diagnosed' }

const totals = () => {
  const all = PROOFS.reduce((sum, { proof }) => sum + cells(proof).length, 0)
  return `**${plural(all, 'mistake')}**, **${plural(alternatives.length + Object.keys(inTheConsole).length, 'other right way')}**, **${plural(steps.length, 'starter')}**.`
}

function measuredHere(measured?: Measured) {
  if (!measured) return ':::note\n\nNot run yet where this site was built. After a run the next build shows here what came of it.\n\n:::'
  const { at, ms, node, cores, counts: { mistakes, starters, solutions, alternatives: others } } = measured
  return [
    `The last whole run where this site was built: ${at.slice(0, 10)}, ${duration(ms)} on ${plural(cores, 'processor')}, Node ${node}.`,
    [
      '| question | cells | as it should be |', '|---|---|---|',
      `| is the mistake named first? | ${mistakes.all} | ${mistakes.all - mistakes.failed} |`,
      `| does the starter lead to its first TODO? | ${starters.all} | ${starters.all - starters.failed} |`,
      `| do the solutions pass? | ${solutions.all} | ${solutions.all - solutions.failed} |`,
      `| do the other right ways pass? | ${others.all} | ${others.all - others.failed} |`,
    ].join('\n'),
  ].join('\n\n')
}

const mistakeTable = (pages: Page[], sources: Sources, measured?: Measured) => [
  '| people see | proof | check that fails |', '|---|---|---|',
  ...pages.map(({ title, slug, entry }) => `| [${plain(title)}](${slug}) ${code(entry.id)} | ${SHORT[proofOf(entry)]} | ${failing(entry, sources, measured)} |`),
].join('\n')

/** As measured, else as the condition names it; many mistakes do not mind which check meets them. */
function failing(entry: Entry, sources: Sources, measured?: Measured) {
  if (['lines', 'machine'].includes(proofOf(entry))) return '—'
  const seen = measured?.checks[entry.id]
  return seen ? code(seen) : checksNaming(entry, sources).map(code).join(' ') || 'any that meets it'
}
