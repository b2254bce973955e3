import type { Entry } from '../../tools/mistakes/index.ts'
import { catalogue, folderOf } from './catalogue.ts'
import type { EventFacts } from '../../tools/lib/event-facts.ts'
import { eventPieces } from './event.ts'
import { bySymptom, byStep, subjectList, subjectPage } from './lists.ts'
import { mistakePage, type Sources } from './mistake-page.ts'
import { proofPage, type Measured } from './proof-page.ts'

/** A file below `content/generated/`. */
export type Generated = { path: string, text: string }

const NOTHING_DECIDED: EventFacts = { minutes: 120 }

/**
 * Every generated file of the site.
 *
 * @param byHand values of `docs`, such as `troubleshooting/forbidden`, whose page is written by hand; they get their list as `_lists/forbidden.md`
 * @param measured what the last run of the whole matrix measured here, if there was one
 * @param event what the facilitator decided
 */
export function generatedPages(mistakes: Entry[], sources: Sources, { byHand = [], measured, event = NOTHING_DECIDED }: { byHand?: string[], measured?: Measured, event?: EventFacts } = {}): Generated[] {
  const pages = catalogue(mistakes)
  const subjects = [...new Set(mistakes.map(({ mistake }) => mistake.docs))]
  return [
    ...eventPieces(event),
    { path: 'by-symptom.md', text: bySymptom(pages) },
    { path: 'by-step.md', text: byStep(pages) },
    { path: 'proof.md', text: proofPage(pages, sources, measured) },
    ...subjects.filter((docs) => !byHand.includes(docs)).map((docs) => ({ path: `subjects/${nameOf(docs)}.md`, text: subjectPage(docs, pages) })),
    ...byHand.map((docs) => ({ path: `_lists/${nameOf(docs)}.md`, text: `${subjectList(docs, pages)}\n` })),
    ...pages.map((page) => ({ path: `${folderOf(page.entry.place)}/${page.entry.id}.md`, text: mistakePage(page, pages, sources) })),
  ]
}

const nameOf = (docs: string) => docs.split('/').at(-1)!
