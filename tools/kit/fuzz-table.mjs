// A test reporter, in plain JavaScript because the runner loads it before tsx: Node's own `spec`, and behind it a table of what was sent and
// what went wrong, from the lines `fuzz {…}` and `seed N` that the tests leave.
import { Readable } from 'node:stream'
import { spec as Spec } from 'node:test/reporters'

export default async function* fuzzTable(source) {
  const tallies = []
  let seed = ''
  async function* watched() {
    for await (const event of source) {
      if (event.type === 'test:diagnostic') {
        const { message } = event.data
        if (message.startsWith('fuzz ')) tallies.push(JSON.parse(message.slice(5)))
        if (message.startsWith('seed ')) seed = message
      }
      yield event
    }
  }
  yield* Readable.from(watched()).pipe(new Spec())
  yield tableOf(tallies, seed)
}

/** One line per kind of input, and their sum. */
export function tableOf(tallies, seed) {
  const sum = (name) => tallies.reduce((total, tally) => total + tally[name], 0)
  const rows = [
    ['what', 'inputs', 'crashes', '5xx', 'hangs'],
    ...tallies.map(({ what, inputs, crashes, serverErrors, hangs }) => [what, inputs, crashes, serverErrors, hangs]),
    ['all', sum('inputs'), sum('crashes'), sum('serverErrors'), sum('hangs')],
  ]
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => String(row[at]).length)))
  const lines = rows.map((row) => row.map((cell, at) => (at === 0 ? String(cell).padEnd(widths[at]) : String(cell).padStart(widths[at]))).join('  '))
  return `\n${lines.join('\n')}\n${seed}\n`
}
