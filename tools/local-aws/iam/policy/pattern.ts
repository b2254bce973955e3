/** Answers a policy variable such as `aws:username` (lower case), or undefined where the request has no such key. */
export type Variables = (name: string) => string | undefined
export type Pattern = (text: string, variables: Variables) => boolean

const STAR = '\u0000'
const ONE = '\u0001'
const VARIABLE = /\$\{([^}]*)\}/g

/**
 * Compiles an IAM pattern: `*` is any run of characters, also across `:` and `/`, `?` is exactly one (E2.3).
 *
 * @param variables whether `${aws:username}` and the like are replaced: only in documents of version 2012-10-17. A variable that the request does not have matches nothing.
 */
export function compilePattern(source: string, { ignoreCase = false, variables = false } = {}): Pattern {
  const folded = ignoreCase ? source.toLowerCase() : source
  const fold = ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text
  if (variables && folded.includes('${'))
    return (text, lookUp) => {
      const pattern = resolvePattern(folded, lookUp)
      return pattern !== undefined && matchesResolved(pattern, fold(text))
    }
  if (folded === '*') return () => true

  const pattern = wildcards(folded)
  return pattern === folded ? (text) => fold(text) === folded : (text) => matchesResolved(pattern, fold(text))
}

/** A pattern with its variables filled in, for `matchesResolved`. What a variable brings is literal, even a `*`. Undefined where a variable has no value. */
export function resolvePattern(source: string, lookUp: Variables): string | undefined {
  let resolved = ''
  let end = 0
  for (const match of source.matchAll(VARIABLE)) {
    const value = valueOf(match[1]!, lookUp)
    if (value === undefined) return undefined
    resolved += wildcards(source.slice(end, match.index)) + value
    end = match.index + match[0].length
  }
  return resolved + wildcards(source.slice(end))
}

const wildcards = (text: string) => text.replaceAll('*', STAR).replaceAll('?', ONE)

/** `${*}`, `${?}` and `${$}` are the characters themselves; `${key, 'default'}` has a default. */
function valueOf(variable: string, lookUp: Variables): string | undefined {
  if (variable === '*' || variable === '?' || variable === '$') return variable
  const comma = variable.indexOf(',')
  if (comma < 0) return lookUp(variable.trim().toLowerCase())
  const [, fallback] = /^'(.*)'$/.exec(variable.slice(comma + 1).trim()) ?? []
  return fallback === undefined ? undefined : lookUp(variable.slice(0, comma).trim().toLowerCase()) ?? fallback
}

/** Walks both once and, on a mismatch, returns to the last star only: linear in practice, where a regular expression with many stars can hang. */
export function matchesResolved(pattern: string, text: string): boolean {
  let at = 0
  let star = -1
  let retry = 0
  for (let position = 0; position < text.length;) {
    const wanted = pattern[at]
    if (wanted === STAR) {
      star = at++
      retry = position
    } else if (at < pattern.length && (wanted === ONE || wanted === text[position])) {
      at++
      position++
    } else if (star >= 0) {
      at = star + 1
      position = ++retry
    } else return false
  }
  while (pattern[at] === STAR) at++
  return at === pattern.length
}

/** `ArnLike` and `ArnEquals`: each of the six parts on its own, so that a star does not reach into the next part (E2.3). */
export function compileArnPattern(source: string, { variables = false } = {}): Pattern {
  return (text, lookUp) => {
    const pattern = variables ? resolvePattern(source, lookUp) : wildcards(source)
    if (pattern === undefined) return false
    const wanted = arnParts(pattern)
    const given = arnParts(text)
    return wanted.length === 6 && given.length === 6 && wanted.every((part, index) => matchesResolved(part, given[index]!))
  }
}

/** The parts `arn`, partition, service, region, account and the rest, in which further colons may stand. */
export function arnParts(arn: string): string[] {
  const parts = arn.split(':')
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}
