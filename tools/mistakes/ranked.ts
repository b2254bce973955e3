import type { Entry } from './index.ts'

/** Nobody reads more than that, and patterns run over each line, in the browser while somebody types. */
const MOST_LINES = 500
const LONGEST_LINE = 4_000

/**
 * The entries whose `says` know something of the text, the likeliest first. A line is worth one, shared by all who know it: what many mistakes
 * show says little, and what only one shows says much. Then counts who knows the longer part of a line, then the order of `entries`.
 */
export function ranked(entries: Entry[], text: string): Entry[] {
  const scores = new Map<Entry, { worth: number, length: number }>()
  for (const line of linesIn(text)) {
    const knowing = entries.map((entry) => ({ entry, length: knownPart(entry, line) })).filter(({ length }) => length > 0)
    for (const { entry, length } of knowing) {
      const score = scores.get(entry) ?? { worth: 0, length: 0 }
      scores.set(entry, { worth: score.worth + 1 / knowing.length, length: Math.max(score.length, length) })
    }
  }
  const byScore = (a: Entry, b: Entry) => scores.get(b)!.worth - scores.get(a)!.worth || scores.get(b)!.length - scores.get(a)!.length
  return entries.filter((entry) => scores.has(entry)).toSorted(byScore)
}

/** How many characters of the line the entry knows: the longest match of its patterns. */
const knownPart = ({ mistake }: Entry, line: string) => Math.max(0, ...mistake.says.map((pattern) => pattern.exec(line)?.[0].length ?? 0))

// eslint-disable-next-line no-control-regex
const COLOURS = /\u001B\[[0-9;]*m/g

/** The lines of a text that somebody pasted: without colours and what repeats. */
export function linesIn(text: string): string[] {
  const lines = text.replaceAll(COLOURS, '').split(/\r\n|\r|\n/).map((line) => line.trim().slice(0, LONGEST_LINE)).filter(Boolean)
  return [...new Set(lines)].slice(0, MOST_LINES)
}
