/** Which lines of a file are shown. With nothing named it is the whole file. */
export type Region = {
  /** the region begins at the one line that holds this text */
  from?: string
  /** and ends at the next line that holds this one; left out: at the line where it begins */
  to?: string
  /** the lines of a TODO, by its number */
  todo?: string
}

/** The file or the region is not there, or not there once. */
export class ExcerptError extends Error {
  override name = 'ExcerptError'
}

/**
 * The lines of `text` that `region` names, moved to the left margin.
 *
 * @param file as the message shall name it
 * @throws ExcerptError where the region is not in the text exactly once
 */
export function excerpt(file: string, text: string, { from, to, todo }: Region): string {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n')
  if (todo !== undefined) return flushLeft(todoLines(file, lines, todo))
  if (from === undefined) {
    if (to !== undefined) throw new ExcerptError(`${file}: to="${to}" without from.`)
    return lines.join('\n')
  }

  const starts = lines.flatMap((line, index) => line.includes(from) ? [index] : [])
  if (starts.length !== 1) throw new ExcerptError(`${file}: from="${from}" is in ${starts.length} lines, and must be in exactly one.`)
  const start = starts[0]!
  const end = to === undefined ? start : lines.findIndex((line, index) => index >= start && line.includes(to))
  if (end < 0) throw new ExcerptError(`${file}: no line from line ${start + 1} on holds to="${to}".`)
  return flushLeft(lines.slice(start, end + 1))
}

/** A TODO is the line that names it and the comment lines below. */
function todoLines(file: string, lines: string[], todo: string) {
  const start = lines.findIndex((line) => line.includes(`// TODO ${todo} `))
  if (start < 0) throw new ExcerptError(`${file} has no TODO ${todo}.`)
  const length = lines.slice(start + 1).findIndex((line) => !/^\s*\/\/(?! TODO)/.test(line))
  return lines.slice(start, length < 0 ? undefined : start + 1 + length)
}

function flushLeft(lines: string[]) {
  const margin = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length))
  return lines.map((line) => line.slice(margin)).join('\n')
}
