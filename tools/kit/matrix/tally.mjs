// A test reporter, in plain JavaScript because the runner loads it before tsx: Node's own `spec`, which also counts what the matrix is about,
// just before the runner's summary.
import path from 'node:path'
import { Readable } from 'node:stream'
import { spec as Spec } from 'node:test/reporters'

export default async function* tally(source) {
  yield* Readable.from(withCounts(source)).pipe(new Spec())
}

/** The runner's events, and a diagnostic per count before its summary. */
export async function* withCounts(source) {
  const counts = {}
  let told = false
  for await (const event of source) {
    count(event, counts)
    if (!told && isSummary(event)) {
      told = true
      for (const message of shown(counts)) yield { type: 'test:diagnostic', data: { nesting: 0, message } }
    }
    yield event
  }
}

/** Each file of the matrix asks one question, and each test in a suite of it is one cell. */
function count({ type, data: { nesting, file, details } }, counts) {
  if (!file || nesting === 0 || details?.type === 'suite' || (type !== 'test:pass' && type !== 'test:fail')) return
  const question = path.basename(file).split('.')[0]
  counts[question] ??= { all: 0, failed: 0 }
  counts[question].all++
  if (type === 'test:fail') counts[question].failed++
}

/** `tests 12` is the first line of the runner's summary. */
const isSummary = ({ type, data: { nesting, message } }) => type === 'test:diagnostic' && nesting === 0 && /^tests \d+$/.test(message)

const shown = ({ mistakes, starters, solutions, alternatives }) => [
  ...mistakes ? [`mistakes ${mistakes.all}`, `own id first ${mistakes.all - mistakes.failed}`] : [],
  ...starters ? [`starters ${starters.all}`, `first TODO named ${starters.all - starters.failed}`] : [],
  ...alternatives ? [`alternatives ${alternatives.all}`, `alternatives rejected ${alternatives.failed}`] : [],
  ...solutions || alternatives ? [`wrongly accused ${(solutions?.failed ?? 0) + (alternatives?.failed ?? 0)}`] : [],
]
