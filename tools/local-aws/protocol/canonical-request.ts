import { createHash } from 'node:crypto'
import type { SignatureClaim } from './signature-claim.ts'

export type Signed = { method: string, url: string, headers: Record<string, string> }

export const sha256Hex = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

/**
 * The text whose hash is signed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest({ method, url, headers }: Signed, { service, signedHeaders }: SignatureClaim, payloadHash: string): string {
  const questionMark = url.indexOf('?')
  const path = questionMark < 0 ? url : url.slice(0, questionMark)
  const query = questionMark < 0 ? '' : url.slice(questionMark + 1)
  return [
    method,
    service === 's3' ? objectPath(path) : resourcePath(path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
}

/** S3 encodes once and keeps the path as it is: `a//b` and `a/../b` are keys. */
const objectPath = (path: string) => path.split('/').map((segment) => encode(decode(segment))).join('/')

/** All other services encode what was sent once more, after taking out dots and empty segments. */
function resourcePath(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') kept.pop()
    else kept.push(encode(segment))
  }
  const joined = `/${kept.join('/')}`
  return kept.length > 0 && path.endsWith('/') ? `${joined}/` : joined
}

function canonicalQuery(query: string): string {
  const pairs = query.split('&').filter(Boolean).map((pair) => {
    const equals = pair.indexOf('=')
    const name = equals < 0 ? pair : pair.slice(0, equals)
    const value = equals < 0 ? '' : pair.slice(equals + 1)
    return [name, value].map((part) => encode(decode(part.replaceAll('+', ' ')))) as [string, string]
  })
  return pairs.filter(([name]) => name !== 'X-Amz-Signature')
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`).join('&')
}

const compare = (a: string, b: string) => a < b ? -1 : Number(a > b)

/** RFC 3986: everything but letters, digits and `-_.~`. */
const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** What is not valid percent-encoding stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
