import { structuredPatch } from 'diff'
import { steps } from '../../tools/steps.ts'
import { examplesOf, type Entry } from '../../tools/mistakes/index.ts'
import { awsPageOf } from './aws-pages.ts'
import { lookalikes, type Page } from './catalogue.ts'
import { block, code, frontMatter, plain, prose } from './markdown.ts'

/** What the generator reads from the kit besides the mistakes themselves. */
export type Sources = {
  /** title of each check, by its id */
  checks: Map<string, string>
  /** the text of a mistake's file */
  fileOf: (entry: Entry) => string
  /** the text of a file of `solutions/` */
  solution: (file: string) => string
  /** names of the npm scripts */
  scripts: string[]
}

/** One mistake: what people see, why, what to do, and how the kit knows. */
export function mistakePage(page: Page, pages: Page[], sources: Sources): string {
  const { entry, title, label, slug } = page
  const { mistake } = entry
  return [
    frontMatter({ title, sidebar_label: label, slug, description: mistake.cause }),
    ...mistake.symptom.startsWith(title) ? [] : [prose(mistake.symptom)],
    `**Cause.** ${prose(mistake.cause)}`,
    `**Fix.** ${prose(mistake.fix)}`,
    ...mistake.tell ? [`**Is it this?** ${prose(mistake.tell)}`] : [],
    ...whereToFix(entry),
    ...change(entry, sources),
    ...alsoPossible(page, pages),
    '## How the kit tells it',
    ...tellsBy(entry, sources),
    ...proof(entry),
    '## Read more',
    readMore(entry),
  ].join('\n\n') + '\n'
}

function whereToFix({ mistake: { at, todo } }: Entry) {
  if (!at) return []
  return [`**File.** ${code(at)}${todo ? `, TODO ${todo}` : ''}`]
}

function alsoPossible(page: Page, pages: Page[]) {
  const others = lookalikes(page, pages)
  if (others.length === 0) return []
  const shown = others.map(({ slug, title, entry: { mistake } }) => `- [${plain(title)}](${slug}): ${prose(mistake.cause)}${mistake.tell ? ` *Is it that?* ${prose(mistake.tell)}` : ''}`)
  return ['## The same line may also mean', shown.join('\n')]
}

/** Ids of the checks that a mistake's condition names; none where any check may meet it. */
export function checksNaming(entry: Entry, { checks, fileOf }: Sources): string[] {
  const matcher = matcherIn(fileOf(entry))
  return [...checks.keys()].filter((check) => matcher.includes(`'${check}'`))
}

function tellsBy(entry: Entry, sources: Sources) {
  const { checks, fileOf, scripts } = sources
  const { mistake, step, id } = entry
  const matcher = matcherIn(fileOf(entry))
  const failing = checksNaming(entry, sources).map((check) => `“${plain(checks.get(check)!)}” (${code(check)})`).join(' or ')
  const ways = [
    mistake.break.kind === 'machine' && scripts.includes('doctor') ? '`npm run doctor` looks at the machine.' : '',
    failing && `The check ${failing} fails${step ? ` in step ${step}` : ''}, and what was observed fits this and not its neighbours.`,
    !failing && matcher && mistake.break.kind !== 'machine' ? `Whichever check fails${step ? ` in step ${step} or later` : ''}, what was observed fits this and not its neighbours.` : '',
    mistake.says.length > 0 ? `\`npm run explain\` and [the box](/troubleshooting) know it by what people see, for example:` : '',
  ].filter(Boolean)
  return [
    ways.join(' ') || `Ask for it by its name: \`npm run explain ${id}\`.`,
    ...mistake.says.length > 0 ? [block(examplesOf(entry).join('\n')), folded('What it looks for, as patterns', block(mistake.says.map(String).join('\n')))] : [],
    ...matcher ? [folded('The condition, as code', block(matcher, 'ts'))] : [],
  ]
}

/** What `matches` is in the file of a mistake, or what doctor sees; empty where it is written in another way. */
function matcherIn(file: string) {
  const found = /^ {2}matches: ([\s\S]*?),?\n {2}(?=[a-z]+[:(])/m.exec(file) ?? /^ {4}seen: ([\s\S]*?),?\n {2}\}/m.exec(file)
  const never = /^\(\) => false$/
  return found && !never.test(found[1]!) ? found[1]! : ''
}

/** From the mistake to what the solution says, in whole lines. */
function change({ mistake: { break: spoiled } }: Entry, { solution }: Sources) {
  if (spoiled.kind !== 'edit') return []
  const files = [...new Set(spoiled.edits.map(({ file }) => file))]
  const changes = files.map((file) => {
    const right = solution(file)
    const wrong = spoiled.edits.filter((one) => one.file === file).reduce((text, { find, replace }) => text.replace(find, () => replace), right)
    return block(difference(wrong, right), 'diff', `solutions/${file}`)
  })
  return ['For example, from the mistake to what the solution says:', ...changes]
}

const difference = (before: string, after: string) =>
  structuredPatch('', '', before, after, '', '', { context: 1 }).hunks
    .map(({ lines }) => lines.filter((line) => !line.startsWith('\\')).join('\n')).join('\n …\n')

/** How the kit's tests show that it tells this mistake from the others. */
function proof(entry: Entry): string[] {
  const { id, mistake: { break: spoiled } } = entry
  const isShownAbove = spoiled.kind === 'lines' && examplesOf(entry).join('\n').includes(spoiled.lines.join('\n'))
  const first = `proves that verify then names ${code(id)} first.`
  switch (spoiled.kind) {
    case 'edit': return [`The kit makes the change above the other way round, deploys it, and ${first}`]
    case 'spoil': return [`The kit changes what it deployed, by the same calls that a person would make in the console, and ${first}`]
    case 'fault': return [`The kit makes the local AWS misbehave in this way, and ${first}`]
    case 'observed': return [`The local AWS does not do this, so nothing is deployed: the kit hands over what would be observed, and ${first}`]
    case 'machine': return [`The kit describes a machine or an account that is like this, and proves that doctor then names ${code(id)}.`]
    case 'lines': return isShownAbove ? ['The kit proves that it thinks of this first when it reads that.'] : ['The kit proves that it thinks of this first when it reads:', block(spoiled.lines.join('\n'))]
  }
}

function readMore(entry: Entry) {
  const aws = awsPageOf(entry)
  const step = steps.find(({ number }) => number === entry.step)
  return [
    ...aws ? [`- AWS: [${plain(aws.title)}](${aws.url})`] : [],
    `- [More of this kind](/${entry.mistake.docs})`,
    ...step ? [`- Step ${step.number}: [${plain(step.title)}](/steps/${step.name})`] : [],
  ].join('\n')
}

const folded = (summary: string, content: string) => `<details>\n<summary>${plain(summary)}</summary>\n\n${content}\n\n</details>`
