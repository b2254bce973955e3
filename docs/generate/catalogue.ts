import type { Entry } from '../../tools/mistakes/index.ts'
import { literalOf, withoutStop } from './literal.ts'

/** A mistake as the site shows it. Pure data from pure functions: this runs in the generator and in the browser. */
export type Page = {
  entry: Entry
  /** what people see; each page has another one */
  title: string
  /** a few words for lists: the id without its dashes */
  label: string
  /** from the site's root: `/troubleshooting/connect/wrong-key` */
  slug: string
}

/** The pages of all mistakes, in the order of the list. */
export function catalogue(mistakes: Entry[]): Page[] {
  const titles = distinct([
    mistakes.map(literalOf),
    mistakes.map(({ mistake }) => withoutStop(mistake.symptom)),
    mistakes.map((entry) => `${literalOf(entry)} (${labelOf(entry)})`),
  ])
  return mistakes.map((entry, index) => ({ entry, title: titles[index]!, label: labelOf(entry), slug: `/troubleshooting/${folderOf(entry.place)}/${entry.id}` }))
}

const labelOf = ({ id }: Entry) => id.replaceAll('-', ' ')

/** For each place the first of the candidates that no other place has in the same list. */
const distinct = (candidates: string[][]) => candidates[0]!.map((_, index) => candidates.find((list) => isOnce(list, index))?.[index] ?? candidates.at(-1)![index]!)
const isOnce = (list: string[], index: number) => list.filter((other) => other.toLowerCase() === list[index]!.toLowerCase()).length === 1

/** `01-connect` is `connect` on the site. */
export const folderOf = (place: string) => place.replace(/^\d+-/, '')

/** The others that the same line may mean. */
export const lookalikes = (page: Page, pages: Page[]) => {
  const lines = [page.title, literalOf(page.entry)]
  return pages.filter((other) => other !== page && (
    other.entry.mistake.says.some((pattern) => lines.some((line) => pattern.test(line)))
    || page.entry.mistake.says.some((pattern) => pattern.test(other.title))))
}
