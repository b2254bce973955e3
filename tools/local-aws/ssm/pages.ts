import { AwsError } from '../aws-error.ts'

/** One page of `entries`, which are sorted by name; the token says after which name the next begins. */
export function pageOf<T extends { name: string }>(entries: T[], size: number, token?: string): { entries: T[], nextToken?: string } {
  const after = token && read(token)
  const left = after ? entries.filter(({ name }) => name > after) : entries
  const page = left.slice(0, size)
  return { entries: page, nextToken: left.length > size ? Buffer.from(page.at(-1)!.name).toString('base64') : undefined }
}

function read(token: string) {
  const name = Buffer.from(token, 'base64').toString()
  if (Buffer.from(name).toString('base64') !== token) throw new AwsError('InvalidNextToken', 'The specified token is not valid.', { status: 400 })
  return name
}
