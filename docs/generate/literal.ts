import { examplesOf, linesIn, type Entry } from '../../tools/mistakes/index.ts'

/** Shorter ones, such as `ECONNRESET`, say too little to be a title when something longer is known. */
const TELLING_LENGTH = 12
const LONGEST_LINE = 110

/** What a person sees, as they see it: the symptom where it holds a line that people see, else such a line, else the symptom. */
export function literalOf(entry: Entry): string {
  const { symptom, says, break: spoiled } = entry.mistake
  if (says.some((pattern) => pattern.test(symptom))) return withoutStop(symptom)
  const pasted = (spoiled.kind === 'lines' ? spoiled.lines : examplesOf(entry).slice(0, 1).flatMap(linesIn).filter(isError))
    .find((one) => one.length >= TELLING_LENGTH && one.length <= LONGEST_LINE && says.some((pattern) => pattern.test(one)))
  const line = pasted?.trim() ?? says.map(readable).find(isTelling)
  return line ?? withoutStop(symptom)
}

/** A line that somebody searches for: it names an error, and neither a time of day nor a path of one machine. */
const isError = (line: string) => /(?:\b[Ee]rror|\w(?:Error|Exception)|^warning)\b/.test(line) && !/^\d{4}-\d\d-|\\/.test(line)

/** A line with many gaps, or one that begins in the middle and has a gap, says less than the symptom. */
function isTelling(line: string) {
  const gaps = line.split('…').length - 1
  return line.length >= TELLING_LENGTH && gaps <= 1 && !line.endsWith('…') && !(gaps > 0 && /^[a-z…]/.test(line))
}

/**
 * A pattern as a line that it matches, for people: the first of several alternatives, `…` for what may be anything.
 * Only the forms that the mistakes use are known; what is optional is left out. A pattern that ends in a space has more to come.
 */
export function readable(pattern: RegExp): string {
  const reader = { text: pattern.source, at: 0 }
  const line = alternatives(reader).replaceAll(/…[…\s]*…/g, ' … ').replaceAll(/\s+/g, ' ').replace(/[\s:,]+$/, '').trim()
  return pattern.source.endsWith(' ') && !line.endsWith('…') ? `${line} …` : line
}

type Reader = { text: string, at: number }

/** Reads to the end of the pattern or of the group, and answers the first alternative. */
function alternatives(reader: Reader): string {
  const found = [sequence(reader)]
  while (reader.text[reader.at] === '|') {
    reader.at++
    found.push(sequence(reader))
  }
  return found[0]!
}

function sequence(reader: Reader): string {
  let result = ''
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at]!)) {
    const part = atom(reader)
    const isOptional = /^(?:[?*]|\{0,?\d*\})\??/.exec(reader.text.slice(reader.at))
    const repeats = isOptional ?? /^(?:\+|\{[\d,]+\})\??/.exec(reader.text.slice(reader.at))
    if (repeats) reader.at += repeats[0].length
    if (part.includes('…') || !isOptional) result += part
  }
  return result
}

function atom(reader: Reader): string {
  const char = reader.text[reader.at++]!
  if (char === '(') return group(reader)
  if (char === '[') return characterClass(reader)
  if (char === '\\') return escaped(reader.text[reader.at++]!)
  if (char === '.') return ' … '
  return char === '^' || char === '$' ? '' : char
}

function group(reader: Reader): string {
  const kind = /^\?(?:<?[=!]|:|<\w+>)/.exec(reader.text.slice(reader.at))?.[0] ?? ''
  reader.at += kind.length
  const inner = alternatives(reader)
  reader.at++
  return /[=!]$/.test(kind) ? '' : inner
}

function characterClass(reader: Reader): string {
  const end = /^(?:\\.|[^\]\\])*/.exec(reader.text.slice(reader.at))![0]
  reader.at += end.length + 1
  if (end.startsWith('^')) return '…'
  return end.startsWith('\\') ? escaped(end[1]!) : end[0]!
}

const escaped = (char: string) => {
  if (/[wSDWd]/.test(char)) return '…'
  if (char === 's') return ' '
  if (/[bB]/.test(char)) return ''
  return char === 'n' || char === 't' || char === 'r' ? ' ' : char
}

export const withoutStop = (text: string) => text.trim().replace(/(?<=[^.…])\.$/, '')
