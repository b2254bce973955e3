import { parseArgs, type ParseArgsConfig } from 'node:util'
import { KitError } from '../lib/kit-error.ts'
import { steps, type Step } from '../steps.ts'

/**
 * `parseArgs` with a message a person can act on. Options are also understood as plain words, `json` or `steps=2`, because PowerShell drops `--`.
 * More than `words` other words are refused.
 */
export function parsed<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T, usage: string, { words = 0 }: { words?: number } = {}) {
  const named = args.filter((arg) => arg !== '--').map((arg) => {
    const [word, ...value] = arg.split('=')
    return Object.hasOwn(options, word!) && (options[word!]!.type === 'boolean' ? value.length === 0 : value.length > 0) ? `--${arg}` : arg
  })
  const result = parse(named, options, usage)
  const unexpected = result.positionals[words]
  if (unexpected !== undefined) throw new KitError({ what: `"${unexpected}" is not expected here.`, where: args.join(' '), next: usage })
  return result
}

function parse<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T, usage: string) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new KitError({ what: `${(error as Error).message.split('. ')[0]}.`, where: args.join(' '), next: usage })
  }
}

/** Steps from `2`, `1-4`, `1,3` or `step-2`, in order. */
export function stepsFrom(text: string, usage: string): Step[] {
  const known = steps.map(({ number }) => number)
  const numbers = text.split(',').flatMap((part) => {
    const match = /^(?:step-)?(\d+)(?:-(\d+))?$/.exec(part.trim())
    if (!match) return [Number.NaN]
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])]
    return known.filter((number) => number >= first && number <= last).concat(known.includes(first) && known.includes(last) ? [] : [Number.NaN])
  })
  if (numbers.length === 0 || numbers.some(Number.isNaN))
    throw new KitError({ what: `A step is a number from ${known[0]} to ${known.at(-1)}, got "${text}".`, next: usage })
  return steps.filter(({ number }) => numbers.includes(number))
}
