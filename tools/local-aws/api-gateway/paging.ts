import { badRequest } from './errors.ts'

/** Used where the caller names no size. C4: AWS's own default is not known. */
const DEFAULT_SIZE = 25
const MAX_SIZE = 500

/**
 * One page of a list: all of it unless the caller asks for pages and there is more (C4).
 * Throws BadRequestException for a size or token that cannot be.
 */
export function page<T>(items: T[], { MaxResults, NextToken }: { MaxResults?: string, NextToken?: string }): { Items: T[], NextToken?: string } {
  if (MaxResults === undefined && NextToken === undefined) return { Items: items }

  const size = MaxResults === undefined ? DEFAULT_SIZE : whole(MaxResults, 'MaxResults')
  const start = NextToken === undefined ? 0 : whole(Buffer.from(NextToken, 'base64url').toString(), 'NextToken')
  const end = start + Math.min(size, MAX_SIZE)
  return { Items: items.slice(start, end), ...(end < items.length && { NextToken: Buffer.from(String(end)).toString('base64url') }) }
}

function whole(text: string, name: string) {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw badRequest(`Invalid ${name} specified`)
  return Number(text)
}
