import type { World } from './harness/world.ts'

/** D: documented by AWS. O: observed on real AWS by others. M: measured on a client tool. U: uncertain, so the local AWS decides. */
export type Mark = 'D' | 'O' | 'M' | 'U'

/** What only an AWS in our own hands offers: time that can be moved, trouble on demand, a look inside. */
export type Need = 'clock' | 'faults' | 'events' | 'a second account'

/** One sentence about how AWS behaves. Several may share an id: a row of the sheets has one or more. */
export type Fact = {
  /** section, group and row, such as `B2.3`; without a row where the fact is about the whole group */
  id: string
  mark: Mark
  /** the fact in one sentence; of an uncertain one, what was decided */
  says: string
  /** short names of the sources, see README.md here */
  source: string
  /** of the recording or the page, `2026-09-25` or `2026-11` */
  date: string
  /** Throws where the cloud does otherwise. */
  prove?(world: World): Promise<void>
  /** why the local AWS does not answer it */
  why?: string
  /** absent: can be proven on any AWS */
  needs?: Need
}

type Prove = NonNullable<Fact['prove']>

/** A fact and its proof, on any AWS. */
export const fact = (
  id: string, mark: Mark, says: string, source: string, date: string, prove: Prove,
): Fact => ({ id, mark, says, source, date, prove })

/** A fact whose proof needs something that no account of AWS offers. */
export const localFact = (needs: Need, id: string, mark: Mark, says: string, source: string, date: string, prove: Prove): Fact =>
  ({ id, mark, says, source, date, prove, needs })

/** A fact that the local AWS does not answer, and why. */
export const unanswered = (
  id: string, mark: Mark, says: string, source: string, date: string, why: string,
): Fact => ({ id, mark, says, source, date, why })

export type Section = { title: string, facts: Fact[] }
export const section = (title: string, facts: Fact[]): Section => ({ title, facts })

/** Whether `id` is the row, group or letter asked for: `B2.3`, `B2`, `B`. */
export const isWithin = (id: string, asked: string) => id.startsWith(asked) && !(/\d$/.test(asked) && /^\d/.test(id.slice(asked.length)))

/** Rows in the order of the sheets: letter, group, row. */
export function compareIds(a: string, b: string) {
  const [letterA, groupA, rowA] = partsOf(a)
  const [letterB, groupB, rowB] = partsOf(b)
  return letterA.localeCompare(letterB) || groupA - groupB || rowA - rowB
}

function partsOf(id: string): [letter: string, group: number, row: number] {
  const [, letter = '', group = '0', row = '0'] = /^([A-Z])(\d*)(?:\.(\d+))?/.exec(id) ?? []
  return [letter, Number(group), Number(row)]
}
