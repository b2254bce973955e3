import { stripVTControlCharacters } from 'node:util'

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

const WIDE = /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u
const NO_WIDTH = /\p{Mark}|\u200d/u

/** How many columns a terminal gives to a text, as far as that can be known. */
export const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (NO_WIDTH.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1), 0)

const SAID = /^(?:\d\d:\d\d:\d\d . | {11})/

/**
 * A text broken between words where a terminal of so many columns would break within one. What goes on stands below the words of a message;
 * a longer word, such as a URL, stays whole. 0 columns: nobody knows, so it stays as it is.
 */
export const wrapped = (text: string, columns: number) => columns > 0 ? text.split('\n').map((line) => wrappedLine(line, columns - 1)).join('\n') : text

function wrappedLine(line: string, columns: number) {
  const indent = ' '.repeat(SAID.test(stripVTControlCharacters(line)) ? 11 : 2)
  const [first = '', ...words] = line.split(' ')
  let result = first
  let width = visibleWidth(result)
  for (const word of words) {
    const isNext = width + 1 + visibleWidth(word) > columns && width > indent.length
    result += isNext ? `\n${indent}${word}` : ` ${word}`
    width = (isNext ? indent.length : width + 1) + visibleWidth(word)
  }
  return result
}

const visibleWidth = (text: string) => widthOf(stripVTControlCharacters(text))
