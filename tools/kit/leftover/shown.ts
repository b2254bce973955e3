import { plural, table } from '../../lib/output.ts'
import type { Leftover } from './find.ts'

const BY: Record<Leftover['by'], string> = { name: '', tag: 'known by its tag', use: 'a function of the chat uses it' }

/** One line per thing: what it is, what it costs to leave it, why it is taken for a chat's where its name does not say so. Code is one line for all. */
export function shownLeftovers(leftovers: Leftover[]): string {
  const rows = leftovers.filter(({ kind }) => kind !== 'code').map(({ kind, name, by, cost }) => [`  ${kind}`, name, `costs ${cost.text}`, BY[by]])
  const files = leftovers.length - rows.length
  if (files > 0) rows.push(['  code', plural(files, 'file'), 'costs a fraction of a cent a month', 'in the bucket of cdk bootstrap'])
  return table(rows)
}

/** Whose things there are, for someone who looks after a shared account. What goes with a stack is only counted. */
export function shownBySuffix(leftovers: Leftover[]): string {
  return suffixesIn(leftovers).map((suffix) => {
    const theirs = leftovers.filter((one) => one.suffix === suffix)
    const stack = theirs.find(({ kind }) => kind === 'stack')
    const who = suffix === undefined ? 'without a suffix' : `suffix ${suffix}`
    return stack ? `${who}\n  stack  ${stack.name} and ${plural(theirs.length - 1, 'thing')} of its name` : `${who}\n${shownLeftovers(theirs)}`
  }).join('\n')
}

/** Each suffix once; undefined is the chat without one, and comes last. */
export const suffixesIn = (leftovers: Leftover[]) => [...new Set(leftovers.map(({ suffix }) => suffix))].toSorted()

/** What goes on costing money, in one sentence. */
export function shownCost(leftovers: Leftover[]): string {
  const paid = leftovers.filter(({ cost }) => cost.paid)
  if (leftovers.length === 0) return 'Nothing of it is left, and nothing costs money.'
  if (paid.length === 0) return 'None of it costs money while nobody uses it.'
  const kinds = [...new Set(paid.map(({ kind }) => kind))].map((kind) => plural(paid.filter((one) => one.kind === kind).length, kind === 'code' ? 'file of code' : kind, kind === 'code' ? 'files of code' : undefined))
  return `What still costs money: ${kinds.join(', ')}.`
}
