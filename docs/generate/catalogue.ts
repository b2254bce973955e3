import type { Entry } from '../../tools/mistakes/index.ts'
import { literalOf } from './literal.ts'

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
  const literals = mistakes.map(literalOf)
  return mistakes.map((entry, index) => {
    const label = entry.id.replaceAll('-', ' ')
    const isShared = literals.filter((other) => other.toLowerCase() === literals[index]!.toLowerCase()).length > 1
    return { entry, label, title: isShared ? `${literals[index]} (${label})` : literals[index]!, slug: `/troubleshooting/${folderOf(entry.place)}/${entry.id}` }
  })
}

/** `01-connect` is `connect` on the site. */
export const folderOf = (place: string) => place.replace(/^\d+-/, '')

/** The others that the same line may mean. */
export const lookalikes = (page: Page, pages: Page[]) => {
  const lines = [page.title, literalOf(page.entry)]
  return pages.filter((other) => other !== page && (
    other.entry.mistake.says.some((pattern) => lines.some((line) => pattern.test(line)))
    || page.entry.mistake.says.some((pattern) => pattern.test(other.title))))
}
