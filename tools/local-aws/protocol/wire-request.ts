import type { IncomingMessage } from 'node:http'

/** A request as it came, taken apart but not decoded. */
export type WireRequest = {
  method: string
  /** path and query as sent: what was signed */
  url: string
  /** percent-encoded path; for a bucket in the Host header it begins with that bucket */
  path: string
  query: URLSearchParams
  /** names in lower case */
  headers: Record<string, string>
}

export function readWireRequest({ method = 'GET', url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): WireRequest {
  // Proxies and some clients send the whole address in the request line.
  const target = url.replace(/^https?:\/\/[^/?]*/i, '') || '/'
  const questionMark = target.indexOf('?')
  const path = questionMark < 0 ? target : target.slice(0, questionMark)
  const bucket = bucketInHost(headers.host)
  return {
    method,
    url: target,
    path: bucket ? `/${bucket}${path}` : path,
    query: new URLSearchParams(questionMark < 0 ? '' : target.slice(questionMark)),
    headers: flatHeaders(headers),
  }
}

/** `photos` for `photos.s3.eu-west-1.amazonaws.com` and `photos.s3.amazonaws.com`; undefined for path style. */
export function bucketInHost(host = ''): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  return /^([a-z0-9][a-z0-9.-]*)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/.exec(name)?.[1]
}

export const flatHeaders = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [[name.toLowerCase(), String(value)]]))
