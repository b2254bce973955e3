import type { IncomingMessage } from 'node:http'

/** Where a request of the data plane goes. `connection` is the raw, still encoded id; an empty text where the path has none. */
export type Address = { apiId: string, region?: string, stageName: string, query: string, connection?: string, rest?: string }

const HOST = /^([a-z0-9]{10})\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?::\d+)?$/i
const MAX_URL_LENGTH = 4_096

/**
 * Reads `ws://HOST:PORT/API/STAGE`, `http://HOST:PORT/API/STAGE/@connections/ID`, or the same without `/API` where Host is
 * `API.execute-api.REG.amazonaws.com` (A1). Undefined: not an address of the data plane.
 */
export function addressOf({ url = '/', headers }: IncomingMessage): Address | undefined {
  if (!url.startsWith('/') || url.length > MAX_URL_LENGTH) return undefined
  const cut = url.indexOf('?')
  const path = cut < 0 ? url : url.slice(0, cut)
  const query = cut < 0 ? '' : url.slice(cut + 1)

  const [, apiInHost, region] = HOST.exec(headers.host ?? '') ?? []
  const parts = path.split('/').slice(1)
  const apiId = apiInHost?.toLowerCase() ?? parts.shift()!
  const [stage = '', ...rest] = parts
  if (!/^[a-z0-9]{10}$/.test(apiId) || (!stage && !apiInHost)) return undefined

  const stageName = decoded(stage)
  if (stageName === undefined) return undefined
  const isManagement = rest[0] === '@connections' || rest[0] === '%40connections'
  if (isManagement) return { apiId, region, stageName, query, connection: rest.slice(1).join('/') }
  return { apiId, region, stageName, query, ...(rest.join('/') && { rest: rest.join('/') }) }
}

/** Whether a signature, if there is one, is for the data plane: `/abcdefghij/key` may as well be an object in S3. */
export function isSignedForAnother({ headers, url = '' }: IncomingMessage) {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? /[?&]X-Amz-Credential=([^&]+)/.exec(url)?.[1]
  const service = credential?.split(/\/|%2F/i).at(-2)
  return service !== undefined && service !== 'execute-api'
}

/** Undoes percent-encoding; undefined where that cannot be. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
