import { text } from 'node:stream/consumers'
import { KitError } from '../lib/kit-error.ts'
import { say, usesColour } from '../lib/output.ts'
import { explain, linesIn, mistakes } from '../mistakes/index.ts'
import { renderMistakes } from '../verify/render-mistakes.ts'
import type { Command } from './command.ts'

const usage = 'npm run explain ID'

export const command: Command = {
  summary: 'Explains a mistake that verify named, or a line that you saw.',
  usage: `${usage} | npm run explain "a line"`,
  details: ['ID        as verify prints it behind "more"', '"a line"   any line you saw: of wscat, a log, a stack event; also several, from standard input'],
  example: 'npm run explain status-code-410',
  async run(words) {
    const asked = words.length > 0 ? words.join(' ') : process.stdin.isTTY ? '' : (await text(process.stdin)).trim()
    if (!asked) throw new KitError({ what: 'Nothing to explain.', next: `${usage}, or paste the line that you saw between quotes` })
    const entries = explain(asked)
    if (entries.length === 0) throw nothingKnown(asked)
    say(renderMistakes(entries, { colour: usesColour() }))
  },
}

/** Lines that only go with others, and what to paste in their place. The first that fits counts. */
const INSTEAD: [RegExp, string][] = [
  [/^(START|END|REPORT|INIT_START) |\tDuration: /, 'These lines of a log say that the function ran. Paste the one with ERROR between START and END: npm run logs.'],
  [/^at .+(:\d+:\d+|\(<anonymous>\))\)?$/, 'This is the inside of a stack trace. Paste the line above it, which names the error.'],
  [/A complete log of this run can be found in|npm (ERR!|error) *$/, 'Paste the first line of npm that says "npm error code …", and the one after it.'],
  [/Resource (creation|update) cancell?ed|ROLLBACK_IN_PROGRESS/, 'This only follows from another failure. Paste the reason of the first event that ends in _FAILED.'],
  [/^(Connected|connected) \(press CTRL\+C to quit\)/, 'The client got in. Paste what you sent, and what came back.'],
]
const ANYTHING = 'Paste the line that names an error (…Exception, …Error, a code like ECONNRESET), what wscat prints after "error:", or what you sent and got. Or look: npm run verify, npm run doctor.'

function nothingKnown(asked: string) {
  const lines = linesIn(asked)
  const similar = lines.length === 1 ? similarIds(lines[0]!) : []
  const shown = lines.length === 1 ? `"${lines[0]!.slice(0, 60)}"` : `any of these ${lines.length} lines`
  return new KitError({
    what: `The kit knows no mistake that is called or shows as ${shown}.`,
    next: similar.length > 0 ? `Did you mean ${similar.map((id) => `npm run explain ${id}`).join(', or ')}?` : instead(lines),
  })
}

const instead = (lines: string[]) => INSTEAD.find(([pattern]) => lines.some((line) => pattern.test(line)))?.[1] ?? ANYTHING

/** Ids that have most words of one that was mistyped. */
function similarIds(asked: string) {
  const words = asked.toLowerCase().split(/[\s-]+/).filter((word) => word.length > 3)
  if (words.length === 0 || words.length > 4) return []
  return mistakes.map(({ id }) => id).filter((id) => words.filter((word) => id.split('-').includes(word)).length > words.length / 2).slice(0, 3)
}
