import { explain, mistakes } from '../../../tools/mistakes/index.ts'
import { catalogue, type Page } from '../../generate/catalogue.ts'

/** More than this is not read: patterns run over each line while somebody types. */
export const MOST_CHARACTERS = 20_000
const LONGEST_LINE = 2000

export type Finding = {
  page: Page
  /** the first of the lines that made it likely */
  line?: string
}

const pages = new Map(catalogue(mistakes).map((page) => [page.entry.id, page]))

/** What the pasted text may mean, the likeliest first; the same as `npm run explain` says. */
export function diagnose(pasted: string): Finding[] {
  const lines = pasted.slice(0, MOST_CHARACTERS).split(/\r?\n/).map((line) => line.slice(0, LONGEST_LINE)).filter((line) => line.trim())
  if (lines.length === 0) return []
  return explain(lines.join('\n')).map(({ id, mistake }) => ({
    page: pages.get(id)!,
    line: lines.find((text) => mistake.says.some((pattern) => pattern.test(text)))?.trim(),
  }))
}
