import { stripVTControlCharacters } from 'node:util'

const WIDE = /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u
const NO_WIDTH = /\p{Mark}|\u200d/u

/** How many columns a terminal gives to a text, as far as that can be known. Colours take none. */
export const widthOf = (text: string) =>
  [...stripVTControlCharacters(text)].reduce((sum, letter) => sum + (NO_WIDTH.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1), 0)

type WrapOptions = {
  /** stands before what goes on. @default nothing */
  indent?: string
  /** whether a word that is longer than a line is broken anywhere; else it stays whole, as a URL should */
  breaksWords?: boolean
}

/** A text as lines of at most so many columns, broken at blanks. */
export function wrapped(text: string, columns: number, { indent = '', breaksWords = false }: WrapOptions = {}): string[] {
  const longest = new RegExp(`.{1,${columns - indent.length}}`, 'g')
  const [first = '', ...words] = text.split(' ').flatMap((word) => (breaksWords && word.match(longest)) || word)
  const lines: string[] = []
  let line = first
  for (const word of words) {
    if (widthOf(line) + 1 + widthOf(word) > columns && widthOf(line) > indent.length) {
      lines.push(line)
      line = indent + word
    } else line += ` ${word}`
  }
  return [...lines, line]
}
