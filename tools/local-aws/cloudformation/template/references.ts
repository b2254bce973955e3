import { isRecord } from './template.ts'

/** A place in a template that names another part of it. */
export type Reference = { kind: 'Ref' | 'Fn::GetAtt', target: string, attribute?: string }

/** Everything that `value` refers to, in the order of the text; `Fn::Sub` included, its own variables left out. */
export function references(value: unknown): Reference[] {
  if (Array.isArray(value)) return value.flatMap(references)
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, argument]) => {
    if (key === 'Ref' && typeof argument === 'string') return [{ kind: 'Ref', target: argument } as const]
    if (key === 'Fn::GetAtt') return attributeReference(argument)
    if (key === 'Fn::Sub') return inSub(argument)
    return references(argument)
  })
}

/** `["X", "Arn"]` and `"X.Arn"` say the same. */
export function splitAttribute(argument: unknown): { target: string, attribute: unknown } | undefined {
  const [target, attribute] = typeof argument === 'string' ? cut(argument) : Array.isArray(argument) ? argument : []
  return typeof target === 'string' ? { target, attribute } : undefined
}

function attributeReference(argument: unknown): Reference[] {
  const split = splitAttribute(argument)
  if (!split) return []
  const { target, attribute } = split
  return [{ kind: 'Fn::GetAtt', target, attribute: typeof attribute === 'string' ? attribute : undefined }, ...references(attribute)]
}

/** The `${…}` of a Sub text, without `${!literals}`. */
export const subNames = (text: string) => [...text.matchAll(/\$\{([^!{}][^{}]*)\}/g)].map((match) => match[1]!.trim())

function inSub(argument: unknown): Reference[] {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}]
  const own = isRecord(variables) ? variables : {}
  const outer = typeof text === 'string' ? subNames(text).filter((name) => !Object.hasOwn(own, name)) : []
  return [
    ...outer.map((name): Reference => {
      const [target, attribute] = cut(name)
      return attribute ? { kind: 'Fn::GetAtt', target, attribute } : { kind: 'Ref', target }
    }),
    ...references(own),
  ]
}

const cut = (text: string): [string, string | undefined] => {
  const dot = text.indexOf('.')
  return dot < 0 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)]
}
