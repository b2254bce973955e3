import { SignatureFault } from './signature-fault.ts'

/** What a request says about its own signature; nothing of it is proven yet. */
export type SignatureClaim = {
  form: 'header' | 'query'
  accessKeyId: string
  /** scope: `20260131`, `eu-west-1`, `lambda` */
  day: string
  region: string
  service: string
  /** lower case, in the order given */
  signedHeaders: string[]
  signature: string
  /** `20260131T235959Z` */
  time: string
  sessionToken?: string
  /** of a presigned address */
  expiresSeconds?: number
}

const ALGORITHM = 'AWS4-HMAC-SHA256'
/** Regions name folders of the state, so nothing else may pass for one. */
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/
const MAX_EXPIRES_SECONDS = 604_800

/** Reads the Authorization header or the X-Amz-… parameters. Throws SignatureFault `missing`, `malformed` or `scope`. */
export function readClaim(headers: Record<string, string>, query: URLSearchParams): SignatureClaim {
  if (headers.authorization !== undefined) return checked(fromHeader(headers.authorization, headers))
  if (query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature')) return checked(fromQuery(query, headers))
  throw new SignatureFault('missing', 'Missing Authentication Token')
}

/** The service that the signature names, before anything is checked. Never throws. */
export function claimedService(headers: Record<string, string>, query: URLSearchParams): string | undefined {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? query.get('X-Amz-Credential') ?? ''
  return credential.split('/').at(-2)
}

function fromHeader(authorization: string, headers: Record<string, string>): SignatureClaim {
  const [, algorithm, rest = ''] = /^(\S+)\s*(.*)$/s.exec(authorization) ?? []
  if (algorithm !== ALGORITHM) throw malformed(`Authorization header requires the algorithm '${ALGORITHM}', got '${algorithm ?? ''}'.`)

  const parts = new Map(rest.split(',').map((part) => [part.split('=', 1)[0]!.trim(), part.slice(part.indexOf('=') + 1).trim()]))
  // E3.5: whether query services answer 400 or 403 is not settled.
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parts.get(name)).map((name) => `Authorization header requires '${name}' parameter. `)
  const time = headers['x-amz-date'] ?? amzTime(Date.parse(headers.date ?? ''))
  if (!time) missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ")
  if (missing.length > 0 || !time) throw malformed(`${missing.join('')}Authorization=${authorization}`)

  return {
    form: 'header', ...scopeIn(parts.get('Credential')!), time,
    signedHeaders: headerNames(parts.get('SignedHeaders')!), signature: parts.get('Signature')!,
    sessionToken: headers['x-amz-security-token'],
  }
}

function fromQuery(query: URLSearchParams, headers: Record<string, string>): SignatureClaim {
  const required = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date']
  const missing = required.filter((name) => !query.get(name))
  if (missing.length > 0) throw malformed(missing.map((name) => `AWS query-string parameters must include '${name}'. `).join('').trim())
  if (query.get('X-Amz-Algorithm') !== ALGORITHM) throw malformed(`X-Amz-Algorithm only supports "${ALGORITHM}"`)

  const expiresSeconds = Number(query.get('X-Amz-Expires') ?? 900)
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 0 || expiresSeconds > MAX_EXPIRES_SECONDS)
    throw malformed('X-Amz-Expires must be a number of seconds from 0 to 604800')

  return {
    form: 'query', ...scopeIn(query.get('X-Amz-Credential')!), time: query.get('X-Amz-Date')!, expiresSeconds,
    signedHeaders: headerNames(query.get('X-Amz-SignedHeaders')!), signature: query.get('X-Amz-Signature')!,
    sessionToken: query.get('X-Amz-Security-Token') ?? headers['x-amz-security-token'],
  }
}

const headerNames = (list: string) => list.toLowerCase().split(';').filter(Boolean)

function scopeIn(credential: string) {
  const [accessKeyId = '', day = '', region = '', service = '', terminator, ...more] = credential.split('/')
  if (!accessKeyId || terminator !== 'aws4_request' || more.length > 0)
    throw malformed(`Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request, got '${credential}'`)
  return { accessKeyId, day, region, service }
}

function checked(claim: SignatureClaim): SignatureClaim {
  if (amzTime(timeOf(claim)) !== claim.time) throw malformed(`Date must be in ISO-8601 'basic format', e.g. 20260131T235959Z, got '${claim.time}'`)
  if (!claim.time.startsWith(claim.day))
    throw new SignatureFault('scope', `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.day}' != '${claim.time.slice(0, 8)}', from '${claim.time}'.`)
  // E3.8, with the blank at its end
  if (!REGION.test(claim.region)) throw new SignatureFault('scope', 'Credential should be scoped to a valid region. ')
  if (!claim.signedHeaders.includes('host')) throw malformed("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
  return claim
}

const malformed = (message: string) => new SignatureFault('malformed', message)

/** When the request says that it was signed, in milliseconds; NaN where it does not say. */
export const timeOf = ({ time }: Pick<SignatureClaim, 'time'>) =>
  Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

/** `20260131T235959Z`; undefined for NaN. */
export const amzTime = (ms: number) => Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace(/\.\d+|[-:]/g, '')
