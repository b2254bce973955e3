import { styleText } from 'node:util'
import { widthOf } from './columns.ts'
import { formatFailure, KitError } from './kit-error.ts'

type Style = 'green' | 'red' | 'yellow' | 'cyan' | 'bold' | 'dim' | 'whiteBright' | 'bgBlack'

/** Colours and cursor movement only where a person looks at a terminal and has not said no (NO_COLOR, ACCESSIBLE, TERM=dumb). */
export const isInteractive = ({ environment = process.env, stream = process.stdout as { isTTY?: boolean } } = {}) =>
  Boolean(stream.isTTY) && !environment.ACCESSIBLE && environment.TERM !== 'dumb' && !environment.CI
export const usesColour = ({ environment = process.env, stream = process.stdout as { isTTY?: boolean } } = {}) =>
  environment.NO_COLOR ? false : Boolean(environment.FORCE_COLOR) || isInteractive({ environment, stream })

/** `text` in a style, or as it is where colours are not wanted. Meaning never rests on it alone. */
export const painted = (style: Style | Style[], text: string, colour = usesColour()) => colour ? styleText(style, text, { validateStream: false }) : text

/** A result: one line or more on standard output. */
export function say(text = '') {
  process.stdout.write(`${text}\n`)
}

/** Progress and remarks: on standard error, so that results can be piped. */
export function note(text: string) {
  process.stderr.write(`${text}\n`)
}

/** Prints what went wrong: a named mistake in three lines, anything else as our own fault, the stack only with `--verbose`. */
export function printFailure(error: unknown, { verbose = process.argv.includes('--verbose') } = {}) {
  if (error instanceof KitError) note(painted('red', formatFailure(error.failure), usesColour({ stream: process.stderr })))
  else note(formatFailure({ what: `The kit itself failed: ${error instanceof Error ? error.message : String(error)}`, next: 'Run it again with -- --verbose and show the output to the facilitator.' }))
  if (verbose && error instanceof Error) note(error.stack ?? '')
}

/** Columns side by side, as wide as their widest cell. */
export function table(rows: string[][]): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, widthOf(cell))), [])
  return rows.map((row) => row.map((cell, i) => i === row.length - 1 ? cell : cell + ' '.repeat(widths[i]! - widthOf(cell))).join('  ').trimEnd()).join('\n')
}

/** Milliseconds as people read them: `41 ms`, `1.2 s`, `2 min 5 s`. */
export function duration(ms: number) {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

export const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`
