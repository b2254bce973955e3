import { AwsError } from '../aws-error.ts'
import type { Protocol } from './service-model.ts'

export type FaultKind =
  | 'missing' | 'malformed' | 'scope' | 'skew' | 'mismatch'
  /** nobody has this access key */
  | 'unknown-key'
  /** the session token is not the one that belongs to the key */
  | 'wrong-token'
  | 'expired-token'
  /** a presigned address that was used too late */
  | 'expired-address'
  /** x-amz-content-sha256 is not the hash of the body (S3) */
  | 'payload'

/** A request that nobody answers for. `message` is the text of the JSON services (E3). */
export class SignatureFault extends Error {
  readonly kind: FaultKind
  /** What the server hashed and signed, for a `mismatch`. */
  readonly canonicalRequest?: string
  readonly stringToSign?: string

  constructor(kind: FaultKind, message: string, { canonicalRequest, stringToSign }: { canonicalRequest?: string, stringToSign?: string } = {}) {
    super(message)
    this.name = 'SignatureFault'
    this.kind = kind
    this.canonicalRequest = canonicalRequest
    this.stringToSign = stringToSign
  }
}

type Row = { json: string, query: string, s3: [code: string, status: number, message?: string] }

const TOKEN_INVALID = 'The security token included in the request is invalid.'
/** Table E3. Without a message, the fault's own is sent. */
const CODES: Record<FaultKind, Row> = {
  'unknown-key': {
    json: 'UnrecognizedClientException', query: 'InvalidClientTokenId',
    s3: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
  },
  'wrong-token': {
    json: 'UnrecognizedClientException', query: 'InvalidClientTokenId',
    s3: ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
  },
  mismatch: {
    json: 'InvalidSignatureException', query: 'SignatureDoesNotMatch',
    s3: ['SignatureDoesNotMatch', 403, 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'],
  },
  'expired-token': { json: 'ExpiredTokenException', query: 'ExpiredToken', s3: ['ExpiredToken', 400, 'The provided token has expired.'] },
  missing: { json: 'MissingAuthenticationTokenException', query: 'MissingAuthenticationToken', s3: ['AccessDenied', 403, 'Access Denied'] },
  malformed: { json: 'IncompleteSignatureException', query: 'IncompleteSignature', s3: ['AuthorizationHeaderMalformed', 400] },
  skew: {
    json: 'InvalidSignatureException', query: 'SignatureDoesNotMatch',
    s3: ['RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.'],
  },
  scope: { json: 'InvalidSignatureException', query: 'SignatureDoesNotMatch', s3: ['AuthorizationHeaderMalformed', 400] },
  'expired-address': { json: 'InvalidSignatureException', query: 'SignatureDoesNotMatch', s3: ['AccessDenied', 403, 'Request has expired'] },
  payload: {
    json: 'InvalidSignatureException', query: 'SignatureDoesNotMatch',
    s3: ['XAmzContentSHA256Mismatch', 400, "The provided 'x-amz-content-sha256' header does not match what was computed."],
  },
}

/** The error by which services of `protocol` refuse such a request (table E3). */
export function signatureError(fault: SignatureFault, protocol: Protocol): AwsError {
  const row = CODES[fault.kind]
  if (protocol === 'restXml') return new AwsError(row.s3[0], row.s3[2] ?? fault.message, { status: row.s3[1] })
  if (protocol === 'awsQuery') return new AwsError(row.query, fault.kind === 'missing' ? REQUEST_IS_MISSING : fault.message, { status: 403 })
  if (protocol === 'restJson1') return new AwsError(row.json, fault.message, { status: 403 })
  return new AwsError(row.json, fault.kind === 'missing' ? REQUEST_IS_MISSING : fault.message, { status: 400 })
}

/** E3.4: only the REST services leave the first words out. */
const REQUEST_IS_MISSING = 'Request is missing Authentication Token'

export const tokenInvalid = (kind: 'unknown-key' | 'wrong-token') => new SignatureFault(kind, TOKEN_INVALID)
