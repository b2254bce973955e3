import { steps } from '../../tools/steps.ts'
import { folderOf, type Page } from './catalogue.ts'
import { cell, frontMatter, plain, prose } from './markdown.ts'

/** Where people see it, in the order in which they look. The first that fits counts. */
const PLACES: { heading: string, shows(page: Page): boolean }[] = [
  { heading: 'As a message in the chat', shows: ({ title }) => /^\{|"message":|answered with "/.test(title) },
  { heading: 'In wscat, or another client', shows: ({ title, entry }) => entry.place === 'client' || /^wscat\b(?! cannot)|Unexpected server response/.test(title) },
  { heading: 'In the log of a function', shows: ({ title, entry }) => entry.step !== undefined && holdsError(title) },
  { heading: 'In a terminal: npm, the kit, the CDK, the AWS CLI', shows: ({ title, entry: { mistake } }) => holdsError(title) || mistake.says.some((pattern) => pattern.test(title)) || !mistake.symptom.startsWith(title) },
  { heading: 'No line at all: what people notice', shows: () => true },
]
const holdsError = (title: string) => /[A-Z]\w+(Exception|Error)\b|\bE[A-Z]{4,}|not authorized|Cannot find|Runtime\.|Supplied|Value null|conditions on the keys/.test(title)

/** The list of `pages` by where they show. */
export function bySymptom(pages: Page[]): string {
  const headingOf = (page: Page) => PLACES.find(({ shows }) => shows(page))!.heading
  const sections = PLACES.flatMap(({ heading }) => {
    const found = pages.filter((page) => headingOf(page) === heading)
    return found.length > 0 ? [`## ${heading}`, table(sorted(found))] : []
  })
  return [
    frontMatter({ title: 'By symptom', slug: '/troubleshooting/by-symptom', description: 'Every mistake that the kit knows, by what people see.' }),
    `What people see, by where they see it. ${pages.length} entries, and each says how it is told from its neighbours.`,
    ...sections,
  ].join('\n\n') + '\n'
}

/** The list of `pages` by the step, or the place, where they are made. */
export function byStep(pages: Page[]): string {
  const places = [...new Set(pages.map(({ entry }) => entry.place))]
  const sections = places.flatMap((place) => [`## ${placeTitle(place)} {#${anchorOf(place)}}`, table(pages.filter(({ entry }) => entry.place === place))])
  return [
    frontMatter({ title: 'By step', slug: '/troubleshooting/by-step', description: 'Every mistake that the kit knows, by the step where it is made.' }),
    'What may go wrong in each step, in the order in which a person would think of it.',
    ...sections,
  ].join('\n\n') + '\n'
}

/** The page of one subject: what a mistake's `docs` names. */
export const subjectPage = (docs: string, pages: Page[]) => [
  frontMatter({ title: subjectTitle(docs), slug: `/${docs}`, description: `Mistakes: ${subjectTitle(docs)}` }),
  subjectList(docs, pages),
].join('\n\n') + '\n'

export const subjectList = (docs: string, pages: Page[]) => table(pages.filter(({ entry }) => entry.mistake.docs === docs))

/** `Step 1: Remember who connects`, or `The account`. */
export function placeTitle(place: string) {
  const step = steps.find(({ id }) => id === place)
  return step ? `Step ${step.number}: ${step.title}` : `The ${folderOf(place).replaceAll('-', ' ')}`
}

/** Of the section about a place in the list by step: `step-1`, `account`. */
export const anchorOf = (place: string) => /^\d/.test(place) ? `step-${Number.parseInt(place, 10)}` : place

const SUBJECTS: Record<string, string> = {
  'connect': 'Connecting',
  'send-message': 'Sending a message',
  'stale-connections': 'Connections that are no more',
  'deploy': 'Stage and deployment',
  'account': 'The account',
  'machine': 'Your machine',
  'client': 'The client',
  'policy-propagation': 'Policies that are not everywhere yet',
}

export function subjectTitle(docs: string) {
  const name = docs.split('/').at(-1)!
  const words = name.replaceAll('-', ' ')
  return SUBJECTS[name] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

const table = (pages: Page[]) => [
  '| you see | because |',
  '|---|---|',
  ...pages.map(({ title, slug, entry }) => `| [${plain(title)}](${slug}) | ${cell(prose(entry.mistake.cause))} |`),
].join('\n')

const sorted = (pages: Page[]) => pages.toSorted((a, b) => a.title.localeCompare(b.title, 'en'))
