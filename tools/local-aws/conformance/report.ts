import { table } from '../../lib/output.ts'
import { compareIds, type Fact, type Section } from './fact.ts'
import type { Result } from './run.ts'

/** Of a row, the outcome of its worst fact. */
export type Row = { id: string, section: string, results: Result[], outcome: Result['outcome'] | 'uncertain' }

/** The rows of the sheets that the results are about, in their order. */
export function rowsOf(results: Result[]): Row[] {
  const byId = new Map<string, Result[]>()
  for (const result of results) byId.set(result.fact.id, [...byId.get(result.fact.id) ?? [], result])
  return [...byId].map(([id, own]) => ({
    id, section: own[0]!.section, results: own, outcome: outcomeOf(own),
  })).toSorted((a, b) => compareIds(a.id, b.id))
}

function outcomeOf(results: Result[]): Row['outcome'] {
  const has = (outcome: Result['outcome']) => results.some((result) => result.outcome === outcome)
  if (has('differs')) return 'differs'
  if (results.every(({ fact }) => fact.mark === 'U')) return 'uncertain'
  if (has('passes')) return 'passes'
  return has('local only') ? 'local only' : 'not answered'
}

/** The whole report: what differs, what is not answered and why, what is uncertain and how it was decided, and the table. */
export function reportOf(results: Result[]): string {
  const rows = rowsOf(results)
  const lists = [differing(results), unansweredList(results), uncertain(results)].filter((list) => list !== '')
  return [...lists, countTable(rows, results), shareOf(rows)].join('\n\n')
}

/** In the order of the sheets. */
const listed = (results: Result[]) => results.toSorted((a, b) => compareIds(a.fact.id, b.fact.id))

const title = ({ id, mark, says }: Fact) => `${id} ${mark} ${says}`

function differing(results: Result[]) {
  const lines = results.filter(({ outcome }) => outcome === 'differs').map(({ fact, seen }) => `✗ ${title(fact)}\n    ${fact.source}, ${fact.date}\n    ${seen?.replaceAll('\n', '\n    ')}`)
  return lines.length > 0 ? ['Differs from AWS', ...lines].join('\n') : ''
}

function unansweredList(results: Result[]) {
  const lines = listed(results).filter(({ fact, outcome }) => outcome === 'not answered' && fact.mark !== 'U').map(({ fact }) => `  ${title(fact)}\n      ${fact.why}`)
  return lines.length > 0 ? ['Not answered, and why', ...lines].join('\n') : ''
}

function uncertain(results: Result[]) {
  const lines = listed(results).filter(({ fact, outcome }) => fact.mark === 'U' && outcome !== 'differs').map(({ fact }) => `  ${fact.id} ${fact.says}${fact.why ? `: ${fact.why}` : ''}`)
  return lines.length > 0 ? ['Uncertain, and what was decided', ...lines].join('\n') : ''
}

function countTable(rows: Row[], results: Result[]) {
  const sections = [...new Set(results.map(({ section }) => section))]
  const count = (some: Row[], outcome: Row['outcome']) => String(some.filter((row) => row.outcome === outcome).length)
  const line = (name: string, some: Row[], proofs: number) =>
    [
      name, String(some.length), String(proofs), count(some, 'passes'), count(some, 'differs'), count(some, 'not answered'),
      count(some, 'uncertain'), count(some, 'local only'),
    ]
  return table([
    ['section', 'rows', 'proofs', 'pass', 'differs', 'not answered', 'uncertain', 'local only'],
    ...sections.map((name) => line(
      name, rows.filter(({ section }) => section === name), results.filter(({ section, fact }) => section === name && fact.prove).length,
    )),
    line('all', rows, results.filter(({ fact }) => fact.prove).length),
  ])
}

/** At most one in ten of the rows that are certain may stand unanswered. */
function shareOf(rows: Row[]) {
  const certain = rows.filter(({ outcome }) => outcome !== 'uncertain')
  const open = certain.filter(({ outcome }) => outcome === 'not answered').length
  return `${open} of ${certain.length} rows that are documented, observed or measured are not answered.`
}

/** What a run on an account would do, without doing it. */
export function planOf(sections: Section[]): string {
  const lines = sections.map(({ title: name, facts }) => {
    const proofs = facts.filter(({ prove, needs }) => prove && !needs).length
    const kept = facts.filter(({ needs }) => needs)
    const needs = [...new Set(kept.map((fact) => fact.needs!))].join(', ')
    return [name, String(new Set(facts.map(({ id }) => id)).size), String(proofs), String(kept.length), needs]
  })
  return table([['section', 'rows', 'proofs on AWS', 'local only', 'because they need'], ...lines])
}
