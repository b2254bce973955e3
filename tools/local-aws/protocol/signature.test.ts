import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Credential } from '../iam/authority.ts'
import { checkSignature, SignatureFault, type FaultKind } from './index.ts'
import { createRandom } from './random-testing.ts'
import { Sha256 } from './sha256-testing.ts'
import type { SignedRequest } from './signature.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const credentialOf = (more: Partial<Credential> = {}): Credential =>
  ({ ...keys, principal: { kind: 'user', account: '000000000000', arn: 'arn:aws:iam::000000000000:user/u', userId: 'AIDA', userName: 'u' }, ...more })

const NOTHING = new Uint8Array()
const get = (url: string, headers: Record<string, string>): SignedRequest => ({ method: 'GET', url, headers, body: NOTHING })
const check = (request: SignedRequest, { now = NOW, credential = credentialOf(), service }: { now?: number, credential?: Credential, service?: string } = {}) =>
  checkSignature(request, { credential: (id) => id === credential.accessKeyId ? credential : undefined, now, service })
const refusedAs = (kind: FaultKind, message?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof SignatureFault, String(error))
  assert.equal(error.kind, kind)
  if (message) assert.match(error.message, message)
  return true
}

type HttpRequest = Parameters<SignatureV4['presign']>[0]

const signer = (service: string, { region = 'us-east-1', sessionToken }: { region?: string, sessionToken?: string } = {}) =>
  new SignatureV4({ service, region, credentials: { ...keys, sessionToken }, sha256: Sha256, uriEscapePath: service !== 's3', applyChecksum: true })
const parts = ({ method, url, headers, body }: SignedRequest): HttpRequest => {
  const { pathname, searchParams } = new URL(`http://h${url}`)
  return { method, protocol: 'http:', hostname: 'h', path: pathname, query: Object.fromEntries(searchParams), headers: headers as Record<string, string>, body }
}
const urlOf = ({ path, query }: { path: string, query?: Record<string, unknown> }) => {
  const pairs = Object.entries(query ?? {}).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path
}
async function sign(request: SignedRequest, service = 'lambda', { at = NOW, ...options }: { at?: number, region?: string, sessionToken?: string } = {}): Promise<SignedRequest> {
  const signed = await signer(service, options).sign(parts(request), { signingDate: new Date(at) })
  return { ...request, headers: signed.headers }
}
async function presign(request: SignedRequest, service: string, { at = NOW, expiresIn = 60 } = {}): Promise<SignedRequest> {
  const signed = await signer(service).presign(parts(request), { signingDate: new Date(at), expiresIn })
  return { ...request, url: urlOf(signed), headers: signed.headers }
}
const plainRequest = () => get('/2015-03-31/functions/', { host: 'h' })

describe('checkSignature', () => {
  it('agrees with the first vector of the published test suite', () => {
    const request = get('/', {
      'host': 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z',
      'authorization': 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, '
        + 'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    })

    const { region, service } = check(request, { now: Date.UTC(2015, 7, 30, 12, 36) })

    assert.deepEqual({ region, service }, { region: 'us-east-1', service: 'service' })
  })

  describe('with the examples of the S3 documentation', () => {
    const credential = credentialOf({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' })
    const now = Date.UTC(2013, 4, 24)

    it('accepts the signed header', () => {
      const request = get('/test.txt', {
        'host': 'examplebucket.s3.amazonaws.com', 'range': 'bytes=0-9', 'x-amz-date': '20130524T000000Z',
        'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'authorization': 'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,'
          + 'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      })

      assert.equal(check(request, { now, credential }).service, 's3')
    })

    it('accepts the presigned address for its time, and then no more', () => {
      const request = get('/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z'
        + '&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404', { host: 'examplebucket.s3.amazonaws.com' })

      assert.equal(check(request, { now: now + 86_399_000, credential }).service, 's3')
      assert.throws(() => check(request, { now: now + 86_401_000, credential }), refusedAs('expired-address'))
    })
  })

  it('agrees with the signer of the SDK on 300 random requests', async (test) => {
    const random = createRandom()
    test.diagnostic(`seed ${random.seed}`)
    const segment = () => encodeURIComponent(random.text(6)).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    for (let count = 0; count < 300; count += 1) {
      const service = random.pick(['lambda', 's3', 'apigateway', 'dynamodb'])
      const path = `/${Array.from({ length: random.integer(4) }, segment).filter((part) => part !== '' && !/^\.+$/.test(part)).join('/')}${random.pick(['', '', '/'])}`.replace(/^\/+$/, '/')
      const query = Object.fromEntries(Array.from({ length: random.integer(4) }, () => [random.text(5), random.text(5)]))
      const headers = { 'host': 'h', 'x-amz-target': random.text(8).replace(/[^ -~]/g, ' ').trim() || 'x', 'content-type': 'application/json' }
      const request = { method: random.pick(['GET', 'POST', 'PUT']), url: urlOf({ path, query }), headers, body: random.bytes(40) }
      const signed = await signer(service).sign({ ...parts(request), path, query }, { signingDate: new Date(NOW) })

      assert.equal(check({ ...request, headers: signed.headers }).service, service, `${service} ${request.url}`)
    }
  })

  it('answers whose key it was, and for where', async () => {
    const { credential, region, service } = check(await sign(plainRequest(), 'lambda', { region: 'eu-central-1' }))

    assert.equal(credential.principal.account, '000000000000')
    assert.deepEqual([region, service], ['eu-central-1', 'lambda'])
  })

  it('notices any change after signing', async () => {
    const request = await sign({ ...plainRequest(), method: 'POST', body: Buffer.from('a') })
    const changes: Partial<SignedRequest>[] = [
      { method: 'PUT' }, { url: '/2015-03-31/functions' }, { url: `${request.url}?a=` }, { body: Buffer.from('b') },
      { headers: { ...request.headers, host: 'other' } }, { headers: { ...request.headers, authorization: String(request.headers.authorization).replace(/.$/, (last) => last === '0' ? '1' : '0') } },
    ]

    for (const change of changes) assert.throws(() => check({ ...request, ...change }), refusedAs('mismatch'), JSON.stringify(change))
  })

  it('shows what it hashed and signed when the secret is another', async () => {
    const request = await sign(plainRequest())

    assert.throws(() => check(request, { credential: credentialOf({ secretAccessKey: 'other' }) }), (error) => {
      refusedAs('mismatch', /^The request signature we calculated does not match/)(error)
      assert.match((error as SignatureFault).canonicalRequest!, /^GET\n\/2015-03-31\/functions\/\n\nhost:h\n/)
      assert.match((error as SignatureFault).stringToSign!, /^AWS4-HMAC-SHA256\n20260131T120000Z\n20260131\/us-east-1\/lambda\/aws4_request\n[0-9a-f]{64}$/)
      return true
    })
  })

  it('knows nobody else', async () => {
    const request = await sign(plainRequest())

    assert.throws(() => check(request, { credential: credentialOf({ accessKeyId: 'OTHER' }) }), refusedAs('unknown-key', /^The security token included in the request is invalid\.$/))
  })

  it('wants the session token that belongs to the key', async () => {
    const session = credentialOf({ sessionToken: 'token', expiresAt: NOW + 1000 })
    const withToken = await sign(plainRequest(), 'lambda', { sessionToken: 'token' })

    assert.equal(check(withToken, { credential: session }).service, 'lambda')
    assert.throws(() => check({ ...withToken, headers: { ...withToken.headers, 'x-amz-security-token': 'other' } }, { credential: session }), refusedAs('wrong-token'))
    assert.throws(() => check(withToken), refusedAs('wrong-token'))
    const without = await sign(plainRequest())
    assert.throws(() => check(without, { credential: session }), refusedAs('wrong-token'))
  })

  it('refuses a session that has ended', async () => {
    const request = await sign(plainRequest(), 'lambda', { sessionToken: 'token' })

    assert.throws(() => check(request, { credential: credentialOf({ sessionToken: 'token', expiresAt: NOW }) }), refusedAs('expired-token', /is expired$/))
  })

  describe('compares clocks', () => {
    const MINUTE = 60_000

    it('and lets 15 minutes behind and 5 minutes ahead pass', async () => {
      check(await sign(plainRequest(), 'lambda', { at: NOW - 15 * MINUTE }))
      check(await sign(plainRequest(), 'lambda', { at: NOW + 5 * MINUTE }))
    })

    it('and says how late a request is (E3.6)', async () => {
      const request = await sign(plainRequest(), 'lambda', { at: NOW - 16 * MINUTE })

      assert.throws(() => check(request), refusedAs('skew', /^Signature expired: 20260131T114400Z is now earlier than 20260131T114500Z \(20260131T120000Z - 15 min\.\)$/))
    })

    it('and says how early (E3.7)', async () => {
      const request = await sign(plainRequest(), 'lambda', { at: NOW + 6 * MINUTE })

      assert.throws(() => check(request), refusedAs('skew', /^Signature not yet current: 20260131T120600Z is still later than 20260131T120500Z \(20260131T120000Z \+ 5 min\.\)$/))
    })
  })

  describe('reads malformed claims', () => {
    const base = { 'host': 'h', 'x-amz-date': '20260131T120000Z' }
    const credential = 'Credential=AKIDEXAMPLE/20260131/us-east-1/lambda/aws4_request'
    const cases: [what: string, kind: FaultKind, message: RegExp, headers: Record<string, string>, url?: string][] = [
      ['no signature', 'missing', /^Missing Authentication Token$/, base],
      ['another scheme', 'malformed', /algorithm 'AWS4-HMAC-SHA256', got 'Bearer'/, { ...base, authorization: 'Bearer x' }],
      ['an empty header', 'malformed', /got ''/, { ...base, authorization: '' }],
      ['a header without signature', 'malformed', /^Authorization header requires 'Signature' parameter\. Authorization=/, { ...base, authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host` }],
      ['no date', 'malformed', /existence of either a 'X-Amz-Date' or a 'Date' header/, { host: 'h', authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` }],
      ['a date that is none', 'malformed', /got '20269931T120000Z'/, { 'host': 'h', 'x-amz-date': '20269931T120000Z', 'authorization': `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` }],
      ['a short credential', 'malformed', /5 slash-delimited elements/, { ...base, authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE, SignedHeaders=host, Signature=0' }],
      ['an unsigned host', 'malformed', /'Host'/, { ...base, authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=x-amz-date, Signature=0` }],
      ['a region that is a path', 'scope', /^Credential should be scoped to a valid region\. $/, { ...base, authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260131/..%2F../lambda/aws4_request, SignedHeaders=host, Signature=0' }],
      ['the scope of another day', 'scope', /^Date in Credential scope does not match/, { ...base, authorization: `AWS4-HMAC-SHA256 ${credential.replace('0131', '0130')}, SignedHeaders=host, Signature=0` }],
      ['half a presigned address', 'malformed', /'X-Amz-Credential'.*'X-Amz-Signature'/, base, '/?X-Amz-Algorithm=AWS4-HMAC-SHA256'],
    ]
    for (const [what, kind, message, headers, url = '/'] of cases)
      it(`with ${what}`, () => { assert.throws(() => check(get(url, headers)), refusedAs(kind, message)) })
  })

  it('can insist on one service', async () => {
    const request = await sign(plainRequest(), 'lambda')

    assert.throws(() => check(request, { service: 'execute-api' }), refusedAs('scope', /^Credential should be scoped to correct service: 'execute-api'\. $/))
  })

  describe('for S3', () => {
    const put = { ...get('/bucket/a%20b%2F..//c', { host: 'h' }), method: 'PUT', body: Buffer.from('body') }

    it('takes the path as it is, and presigned addresses without the body', async () => {
      assert.equal(check(await sign(put, 's3')).service, 's3')
      const presigned = await presign({ ...put, headers: { 'host': 'h', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }, 's3')
      assert.equal(check({ ...presigned, body: Buffer.from('whatever') }).service, 's3')
    })

    it('compares the declared hash with the body', async () => {
      const signed = await sign(put, 's3')

      assert.throws(() => check({ ...signed, body: Buffer.from('other') }), refusedAs('payload'))
    })

    it('wants to know what was signed for the body', async () => {
      const signed = await sign(put, 's3')

      assert.throws(() => check({ ...signed, headers: { ...signed.headers, 'x-amz-content-sha256': undefined } }), refusedAs('malformed', /^Missing required header for this request: x-amz-content-sha256$/))
    })
  })
})
