import { text } from 'node:stream/consumers'
import { KitError } from '../lib/kit-error.ts'
import { say, usesColour } from '../lib/output.ts'
import { explain } from '../mistakes/index.ts'
import { renderMistake } from '../verify/render.ts'
import type { Command } from './command.ts'

const usage = 'npm run explain ID'

export const command: Command = {
  summary: 'Explains a mistake that verify named, or a line that you saw.',
  usage: `${usage} | npm run explain "a line"`,
  details: ['ID        as verify prints it behind "more"', '"a line"   any line you saw: of wscat, a log, a stack event; also from standard input'],
  example: 'npm run explain status-code-410',
  async run(words) {
    const asked = words.length > 0 ? words.join(' ') : process.stdin.isTTY ? '' : (await text(process.stdin)).trim()
    if (!asked) throw new KitError({ what: 'Nothing to explain.', next: `${usage}, or paste the line that you saw between quotes` })
    const entries = explain(asked)
    if (entries.length === 0)
      throw new KitError({ what: `The kit knows no mistake called "${asked.slice(0, 60)}", and none that shows as such a line.`, next: 'npm run verify tells what works and what does not' })
    say(entries.slice(0, 3).map((entry) => renderMistake(entry, { colour: usesColour() })).join('\n\n'))
  },
}
