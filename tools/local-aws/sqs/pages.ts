import { invalidValue } from './errors.ts'

const MOST = 1000

/** One page of names; without MaxResults the first thousand, and no token. The token is the last name before the page. */
export function pageOf(all: string[], size: number | undefined, token: string | undefined): { names: string[], next?: string } {
  if (size !== undefined && (size < 1 || size > MOST)) throw invalidValue(size, 'MaxResults', 'MaxResults must be an integer between 1 and 1000.')
  const after = token === undefined ? '' : Buffer.from(token, 'base64').toString()
  if (token !== undefined && Buffer.from(after).toString('base64') !== token) throw invalidValue(token, 'NextToken', 'Invalid pagination token.')

  const left = all.toSorted().filter((name) => name > after)
  const names = left.slice(0, size ?? MOST)
  return { names, next: size !== undefined && left.length > size ? Buffer.from(names.at(-1)!).toString('base64') : undefined }
}
