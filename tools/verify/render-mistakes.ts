import { plural } from '../lib/output.ts'
import { examplesOf, type Entry } from '../mistakes/index.ts'
import { field, paint, type RenderOptions } from './render.ts'

/** How many are told with cause and fix where several show as the same line. */
const MOST_TOLD = 3

/** What `npm run explain` answers: one mistake in full, or several with what tells them apart, the likeliest first. */
export const renderMistakes = (entries: Entry[], options: RenderOptions = {}) =>
  entries.length === 1 ? renderMistake(entries[0]!, options) : renderSeveral(entries, options)

/** One mistake in full. */
export function renderMistake(entry: Entry, options: RenderOptions = {}) {
  const { id, mistake: { symptom, cause, fix, todo, at, docs } } = entry
  const example = examplesOf(entry)[0]?.split('\n').at(-1)
  const lines = fields([
    ['seen', symptom],
    ['cause', cause],
    ['fix', fix],
    ['at', at && todo ? `${at}, TODO ${todo}` : at],
    ['look', lookAt(entry)],
    ['like', example && !symptom.includes(example) ? example : undefined],
    ['page', docs],
  ], 10)
  return [paint('bold', id, options), ...lines].join('\n')
}

function renderSeveral(entries: Entry[], options: RenderOptions) {
  const told = entries.slice(0, MOST_TOLD).flatMap((entry, i) => [
    paint('bold', `${i + 1} ${entry.id}`, options),
    ...fields([['cause', entry.mistake.cause], ['fix', entry.mistake.fix], ['look', lookAt(entry)]], 2),
  ])
  const others = entries.slice(MOST_TOLD).map(({ id }) => id)
  return [
    `${plural(entries.length, 'mistake shows', 'mistakes show')} like this, the likeliest first. "look" tells them apart.`,
    ...told,
    ...others.length > 0 ? [...fields([['or', others.join(', ')]], 2)] : [],
    `Next: look, first to last. More: npm run explain ${entries[0]!.id}`,
  ].join('\n')
}

const fields = (all: [string, string | undefined][], most: number) => all.flatMap(([label, text]) => text ? field(label, text, most) : [])

/** Where to look whether it is this one. */
function lookAt({ step, place, mistake: { tell, machine } }: Entry) {
  if (tell) return tell
  if (machine) return `npm run doctor looks at it (${machine.subject}).`
  if (step) return `npm run verify:step-${step} names it, if it is that.`
  return place === 'stack' ? 'npm run deploy names it, if it is that.' : undefined
}
