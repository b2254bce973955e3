import { invalidParameter } from './state.ts'

/**
 * Reads a filter pattern of plain terms: all must occur in the message, `-term` must not, of `?term`s one must. Terms with other characters
 * than letters, digits and _ stand in double quotes. Upper and lower case differ. An empty pattern matches everything.
 *
 * Differs from AWS: JSON (`{…}`), space-delimited (`[…]`) and regular-expression (`%…%`) patterns are refused.
 *
 * @throws AwsError `InvalidParameterException`
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function filterPattern(pattern = ''): (message: string) => boolean {
  const terms = termsOf(pattern.trim())
  const required = terms.filter(({ sign }) => sign === '')
  const excluded = terms.filter(({ sign }) => sign === '-')
  const either = terms.filter(({ sign }) => sign === '?')

  return (message) => {
    const has = ({ text }: Term) => message.includes(text)
    return required.every(has) && !excluded.some(has) && (either.length === 0 || either.some(has))
  }
}

type Term = { sign: '' | '-' | '?', text: string }

const TERM = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\w+))(?=\s|$)/y

function termsOf(pattern: string): Term[] {
  if (/^[{[]|^%.*%$/s.test(pattern))
    throw invalidParameter(`Filter patterns other than words and quoted phrases are not built into the local AWS: ${pattern}. It works on AWS: npm run use aws`)

  const terms: Term[] = []
  TERM.lastIndex = 0
  while (TERM.lastIndex < pattern.length) {
    const match = TERM.exec(pattern)
    if (!match) throw invalidParameter('Invalid filter pattern')
    const [, sign, quoted, word] = match
    terms.push({ sign: sign as Term['sign'], text: word ?? quoted!.replace(/\\(.)/g, '$1') })
  }
  return terms
}
