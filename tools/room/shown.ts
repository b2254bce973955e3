import { stripVTControlCharacters } from 'node:util'
import { wrapped } from '../lib/columns.ts'

const MAX_SHOWN = 2_000

/**
 * A text of somebody else as it is safe to print: without the sequences that move the cursor or change the title, with what else cannot be
 * seen made visible, its further lines indented below the first.
 */
export function shownText(text: string, indent = ''): string {
  const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}… (${text.length - MAX_SHOWN} more characters)` : text
  return stripVTControlCharacters(cut)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', '  ')
    // C0 and C1 without the line break; marks that turn the direction of what follows.
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .trimEnd()
    .replaceAll('\n', `\n${indent}`)
}

const SAID = /^(?:\d\d:\d\d:\d\d . | {11})/

/**
 * A text broken between words where a terminal of so many columns would break within one. What goes on stands below the words of a message.
 * 0 columns: nobody knows, so it stays as it is.
 */
export const fitted = (text: string, columns: number) => columns > 0
  ? text.split('\n').flatMap((line) => wrapped(line, columns - 1, { indent: ' '.repeat(SAID.test(stripVTControlCharacters(line)) ? 11 : 2) })).join('\n')
  : text
