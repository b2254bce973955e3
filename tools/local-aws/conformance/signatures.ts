import assert from 'node:assert/strict'
import { fact, localFact, section, unanswered, type Fact } from './fact.ts'
import { addressOf, call, ownKeys, send, signedHeaders, type Answer, type Request } from './harness/http.ts'
import type { Keys } from './harness/sdk.ts'
import { withStillClock } from './harness/still-clock.ts'
import type { World } from './harness/world.ts'

const DOCS = '2026-11'
const HOUR = 3_600_000
const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** The smallest request of a service, and where its errors are. */
const SERVICES = {
  dynamodb: {
    method: 'POST', body: '{}', headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' },
  },
  lambda: { method: 'GET', path: '/2015-03-31/functions' },
  sts: { method: 'POST', body: 'Action=GetCallerIdentity&Version=2011-06-15', headers: form },
  s3: { method: 'GET', path: '/' },
} satisfies Record<string, Request>
type Service = keyof typeof SERVICES

/** Status, code and text, whatever the service writes them in. */
function seen({ status, headers, body }: Answer): [number, string, string] {
  const tag = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? ''
  if (body.startsWith('<')) return [
    status, tag('Code'), tag('Message').replaceAll('&apos;', '\'').replaceAll('&#39;', '\'').replaceAll('&quot;', '"'),
  ]
  const { message, Message, __type } = JSON.parse(body)
  return [status, String(headers['x-amzn-errortype'] ?? __type).replace(/^.*#/, ''), message ?? Message]
}

const ask = async (
  world: World, service: Service, { keys, at }: { keys?: Keys, at?: Date } = {},
) => seen(await call(world, { service, keys, at }, SERVICES[service]))

const TOKEN_INVALID = 'The security token included in the request is invalid.'
const MISMATCH = 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const stranger = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'unknown' }
const wrongSecret = async ({ cloud }: World) => ({ ...await ownKeys(cloud), secretAccessKey: 'wrong' })

/** A fact about all services: what each answers. S3's wordings are second hand. */
function everywhere(
  id: string, says: string, expected: Record<Service, [number, string, string | RegExp]>,
  options: (world: World) => Promise<{ keys?: Keys, at?: Date }>,
): Fact[] {
  const prove = (services: Service[]) => async (world: World) => {
    for (const service of services) {
      const [status, code, text] = await ask(world, service, await options(world))
      const [wantedStatus, wantedCode, wantedText] = expected[service]
      assert.deepEqual([service, status, code], [service, wantedStatus, wantedCode])
      if (typeof wantedText === 'string') assert.equal(text, wantedText, service)
      else assert.match(text, wantedText, service)
    }
  }
  return [
    fact(id, 'O', says, 'WILD', DOCS, prove(['dynamodb', 'lambda', 'sts'])),
    fact(id, 'O', `${says}, as S3 words it`, 'WILD', DOCS, prove(['s3'])),
  ]
}

const STAMP = '\\d{8}T\\d{6}Z'
const EXPIRED = new RegExp(`^Signature expired: ${STAMP} is now earlier than ${STAMP} \\(${STAMP} - \\d+ min\\.\\)$`)
const EARLY = new RegExp(`^Signature not yet current: ${STAMP} is still later than ${STAMP} \\(${STAMP} \\+ \\d+ min\\.\\)$`)
const SKEWED = 'The difference between the request time and the current time is too large.'

/** A signed request whose Authorization header was spoilt. */
async function spoilt(world: World, service: Service, spoil: (header: string) => string) {
  const request = SERVICES[service] as Request
  const base = addressOf(world, service)
  const headers = await signedHeaders(world, base, { service }, request)
  return seen(await send(base, { ...request, headers: { ...headers, authorization: spoil(headers.authorization!) } }))
}

export const signatures = section('E3 signatures', [
  ...everywhere('E3.1', 'an unknown access key', {
    dynamodb: [400, 'UnrecognizedClientException', TOKEN_INVALID], lambda: [403, 'UnrecognizedClientException', TOKEN_INVALID],
    sts: [403, 'InvalidClientTokenId', TOKEN_INVALID],
    s3: [403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'],
  }, async () => ({ keys: stranger })),
  ...everywhere('E3.2', 'a wrong secret', {
    dynamodb: [400, 'InvalidSignatureException', MISMATCH], lambda: [
      403, 'InvalidSignatureException', new RegExp(`^${MISMATCH}`),
    ], sts: [403, 'SignatureDoesNotMatch', new RegExp(`^${MISMATCH}`)],
    s3: [
      403, 'SignatureDoesNotMatch',
      /^The request signature we calculated does not match the signature you provided\. Check your key and signing method\.$/,
    ],
  }, async (world) => ({ keys: await wrongSecret(world) })),
  localFact('clock', 'E3.3', 'O', 'a session that has expired', 'WILD', DOCS, () => withStillClock(async (world, advance) => {
    const role = await world.aws.iam.createRole({
      RoleName: 'short',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${world.cloud.account}:root` }, Action: 'sts:AssumeRole' }],
      }),
    })
    const { Credentials } = await world.aws.sts.assumeRole({ RoleArn: role.Role!.Arn, RoleSessionName: 'short', DurationSeconds: 900 })
    const keys = {
      accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken!,
    }
    await advance(901_000)
    const at = new Date(world.local!.clock.now())

    const text = 'The security token included in the request is expired'
    assert.deepEqual(await ask(world, 'dynamodb', { keys, at }), [400, 'ExpiredTokenException', text])
    assert.deepEqual(await ask(world, 'lambda', { keys, at }), [403, 'ExpiredTokenException', text])
    assert.deepEqual(await ask(world, 'sts', { keys, at }), [403, 'ExpiredToken', text])
    assert.deepEqual(await ask(world, 's3', { keys, at }), [400, 'ExpiredToken', 'The provided token has expired.'])
  })),
  fact('E3.4', 'O', 'no signature', 'WILD', DOCS, async (world) => {
    const unsigned = async (service: Service) => seen(await send(addressOf(world, service), SERVICES[service]))

    assert.deepEqual(await unsigned('dynamodb'), [400, 'MissingAuthenticationTokenException', 'Request is missing Authentication Token'])
    assert.deepEqual(await unsigned('sts'), [403, 'MissingAuthenticationToken', 'Request is missing Authentication Token'])
  }),
  fact('E3.4', 'U', 'no signature, in REST services and S3', 'WILD, second hand', DOCS, async (world) => {
    const answer = await send(
      addressOf(world, 'lambda'), { path: '/2015-03-31/functions', headers: { host: `lambda.${world.cloud.region}.amazonaws.com` } },
    )
    assert.deepEqual(seen(answer), [403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'])
  }),
  fact('E3.5', 'U', 'a header without its signature is IncompleteSignature, 400 in JSON services and 403 in query services',
    'WILD; 400 is documented', DOCS, async (world) => {
    const withoutSignature = (header: string) => header.replace(/, Signature=.*$/, '')
    const [status, code, text] = await spoilt(world, 'dynamodb', withoutSignature)

    assert.deepEqual([status, code], [400, 'IncompleteSignatureException'])
    assert.match(text, /^Authorization header requires 'Signature' parameter\. /)
    assert.equal((await spoilt(world, 'sts', withoutSignature))[1], 'IncompleteSignature')
  }),
  ...everywhere('E3.6', 'a clock that is an hour behind', {
    dynamodb: [400, 'InvalidSignatureException', EXPIRED], lambda: [403, 'InvalidSignatureException', EXPIRED],
    sts: [403, 'SignatureDoesNotMatch', EXPIRED], s3: [403, 'RequestTimeTooSkewed', SKEWED],
  }, async () => ({ at: new Date(Date.now() - HOUR) })),
  ...everywhere('E3.7', 'a clock that is an hour ahead', {
    dynamodb: [400, 'InvalidSignatureException', EARLY], lambda: [403, 'InvalidSignatureException', EARLY],
    sts: [403, 'SignatureDoesNotMatch', EARLY], s3: [403, 'RequestTimeTooSkewed', SKEWED],
  }, async () => ({ at: new Date(Date.now() + HOUR) })),
  unanswered('E3.8', 'U', 'a scope of another region: Credential should be scoped to a valid region.',
    'WILD', DOCS, 'one address serves every region, so the scope says which is meant; @connections, whose API has a region, does check it'),
])
