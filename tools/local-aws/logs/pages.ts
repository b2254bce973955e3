import { invalidParameter } from './state.ts'

/** One page of `items` sorted by `key`; the token says after which key the next begins. */
export function pageAfter<T>(items: T[], key: (item: T) => string, size: number, token?: string, descending = false): { items: T[], nextToken?: string } {
  const isBefore = (a: string, b: string) => descending ? a > b : a < b
  const sorted = items.toSorted((a, b) => isBefore(key(a), key(b)) ? -1 : 1)
  const after = token === undefined ? undefined : readToken(token)
  const left = after === undefined ? sorted : sorted.filter((item) => isBefore(after, key(item)))
  const page = left.slice(0, size)
  return { items: page, nextToken: left.length > page.length ? writeToken(key(page.at(-1)!)) : undefined }
}

export const writeToken = (text: string) => Buffer.from(text).toString('base64url')

/** Throws AwsError `InvalidParameterException` (H.7). */
export function readToken(token: string) {
  const text = Buffer.from(token, 'base64url').toString()
  if (text === '' || writeToken(text) !== token) throw invalidParameter('The specified nextToken is invalid.')
  return text
}

/** The upper bound of a `limit`, in the words of H.7. Answers the limit. */
export function checkLimit(limit: number | undefined, most: number): number {
  if (limit === undefined) return most
  if (limit > most) throw outOfBounds(limit, `less than or equal to ${most}`)
  if (limit < 1) throw outOfBounds(limit, 'greater than or equal to 1')
  return limit
}

const outOfBounds = (limit: number, bound: string) =>
  invalidParameter(`1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`)
