import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Credential } from '../iam/authority.ts'
import { canonicalRequest, sha256Hex } from './canonical-request.ts'
import { amzTime, readClaim, timeOf, type SignatureClaim } from './signature-claim.ts'
import { SignatureFault, tokenInvalid } from './signature-fault.ts'
import { flatHeaders } from './wire-request.ts'

export type SignedRequest = { method: string, url: string, headers: NodeJS.Dict<string | string[]>, body: Uint8Array }
export type SignatureOptions = {
  /** finds the key that signed */
  credential(accessKeyId: string): Credential | undefined
  /** milliseconds since the epoch */
  now: number
  /** which service the signature must be for; left out: any */
  service?: string
}
/** Who signed, and for which region and service. */
export type Identity = { credential: Credential, region: string, service: string }

const BEHIND_MS = 15 * 60_000
const AHEAD_MS = 5 * 60_000

/**
 * Checks a Signature Version 4, in the Authorization header or in a presigned address. Throws SignatureFault.
 * @param request `url` is path and query exactly as received
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export function checkSignature({ method, url, headers, body }: SignedRequest, { credential: find, now, service }: SignatureOptions): Identity {
  const flat = flatHeaders(headers)
  const query = new URLSearchParams(url.split('?').slice(1).join('?'))
  const claim = readClaim(flat, query)
  if (service && claim.service !== service) throw new SignatureFault('scope', `Credential should be scoped to correct service: '${service}'. `)

  const credential = find(claim.accessKeyId)
  if (!credential) throw tokenInvalid('unknown-key')
  if (!equal(claim.sessionToken ?? '', credential.sessionToken ?? '')) throw tokenInvalid('wrong-token')

  checkTime(claim, now)
  const payloadHash = payloadHashOf(claim, flat, query, body)
  checkMatch(claim, credential, canonicalRequest({ method, url, headers: flat }, claim, payloadHash))
  if (credential.expiresAt !== undefined && credential.expiresAt <= now)
    throw new SignatureFault('expired-token', 'The security token included in the request is expired')
  return { credential, region: claim.region, service: claim.service }
}

function checkMatch(claim: SignatureClaim, { secretAccessKey }: Credential, canonical: string) {
  const scope = `${claim.day}/${claim.region}/${claim.service}/aws4_request`
  const stringToSign = ['AWS4-HMAC-SHA256', claim.time, scope, sha256Hex(canonical)].join('\n')
  const key = [claim.day, claim.region, claim.service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`)
  if (equal(hmac(key, stringToSign).toString('hex'), claim.signature)) return

  throw new SignatureFault(
    'mismatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    { canonicalRequest: canonical, stringToSign },
  )
}

/** E3.6, E3.7. S3 allows as much ahead as behind. */
function checkTime(claim: SignatureClaim, now: number) {
  const signedAt = timeOf(claim)
  const ahead = claim.service === 's3' ? BEHIND_MS : AHEAD_MS
  if (signedAt > now + ahead)
    throw new SignatureFault('skew', `Signature not yet current: ${claim.time} is still later than ${amzTime(now + ahead)} (${amzTime(now)} + ${ahead / 60_000} min.)`)

  if (claim.expiresSeconds !== undefined) {
    const expiresAt = signedAt + claim.expiresSeconds * 1000
    if (now > expiresAt) throw new SignatureFault('expired-address', `Signature expired: ${amzTime(expiresAt)} is now earlier than ${amzTime(now)}.`)
  } else if (signedAt < now - BEHIND_MS) {
    throw new SignatureFault('skew', `Signature expired: ${claim.time} is now earlier than ${amzTime(now - BEHIND_MS)} (${amzTime(now)} - 15 min.)`)
  }
}

/** What stands for the body in the text that is signed. Only S3 lets the client choose. */
function payloadHashOf(claim: SignatureClaim, headers: Record<string, string>, query: URLSearchParams, body: Uint8Array): string {
  if (claim.service !== 's3') return sha256Hex(body)

  const declared = headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256') ?? (claim.form === 'query' ? 'UNSIGNED-PAYLOAD' : undefined)
  if (declared === undefined) throw new SignatureFault('malformed', 'Missing required header for this request: x-amz-content-sha256')
  if (/^(?:UNSIGNED-PAYLOAD$|STREAMING-)/.test(declared)) return declared
  if (declared.toLowerCase() !== sha256Hex(body)) throw new SignatureFault('payload', 'The x-amz-content-sha256 header is not the hash of the body.')
  return declared
}

const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()

/** Takes as long for a near miss as for a far one. */
function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
