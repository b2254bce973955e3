// A test reporter, in plain JavaScript because the runner loads it before tsx: Node's own `spec`, which also counts what the matrix is about,
// just before the runner's summary. Where MATRIX_RESULT names a file, a run of the whole matrix leaves there what it measured, with the checks that
// the cells noted in MATRIX_CHECKS.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { spec as Spec } from 'node:test/reporters'

export default async function* tally(source) {
  const started = Date.now()
  const keep = (counts) => {
    if (process.env.MATRIX_RESULT && isWhole(counts)) write(process.env.MATRIX_RESULT, measured(counts, Date.now() - started, checksIn(process.env.MATRIX_CHECKS)))
  }
  yield* Readable.from(withoutSkipped(withCounts(source, keep))).pipe(new Spec())
}

/** The runner's events, and a diagnostic per count before its summary; then `counts`, by question, is also for `keep`. */
export async function* withCounts(source, keep = () => {}) {
  const counts = {}
  let told = false
  for await (const event of source) {
    count(event, counts)
    if (!told && isSummary(event)) {
      told = true
      for (const message of shown(counts)) yield { type: 'test:diagnostic', data: { nesting: 0, message } }
      keep(counts)
    }
    yield event
  }
}

/** Leaves out the cells that were not asked for: Node 20 lists each as skipped. A test is told by two events, one after the other. */
export async function* withoutSkipped(source) {
  let started
  for await (const event of source) {
    if (/^test:(enqueue|dequeue|complete)$/.test(event.type)) continue // of the order in which tests run, not in which they are told
    const isSkipped = event.type === 'test:pass' && event.data.skip !== undefined && started?.data.name === event.data.name
    if (started && !isSkipped) yield started
    started = event.type === 'test:start' ? event : undefined
    if (!started && !isSkipped) yield event
  }
}

/** Each file of the matrix asks one question, and each test in a suite of it is one cell. */
function count({ type, data: { nesting, file, details, skip } }, counts) {
  if (!file || nesting === 0 || skip !== undefined || details?.type === 'suite' || (type !== 'test:pass' && type !== 'test:fail')) return
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

/** Of a part alone nobody wants to read on a page. */
const isWhole = ({ mistakes, starters, solutions, alternatives }) => Boolean(mistakes && starters && solutions && alternatives)

/** `counts`: per question how many cells there were and how many failed. `checks`: by the id of a mistake, the check that failed because of it. */
export const measured = (counts, ms, checks = {}) => ({ at: new Date().toISOString(), ms, node: process.versions.node, cores: os.availableParallelism(), counts, checks })

/** Lines like `wrong-key table-key`. */
const checksIn = (file) => file && existsSync(file) ? Object.fromEntries(readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(' '))) : {}

function write(file, result) {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(result, undefined, 2)}\n`)
}
