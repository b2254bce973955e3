import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatFailure, KitError } from '../../lib/kit-error.ts'
import { awsFailure, inPlainWords } from './failure.ts'
import { troubleIn } from './trouble.ts'

const named = (name: string, message = 'no', more: object = {}) => Object.assign(new Error(message), { name, $metadata: {}, ...more })
const signIn = { at: 'profile event', how: 'Sign in again: aws sso login --profile event' }

describe('trouble with AWS', () => {
  const cases: [string, Error][] = [
    ['expired', named('ExpiredToken')],
    ['expired', named('ExpiredTokenException')],
    ['expired', named('CredentialsProviderError', 'The SSO session associated with this profile has expired. To refresh it run aws sso login')],
    ['clock', named('InvalidSignatureException', 'Signature expired: 20260131T114400Z is now earlier than 20260131T114500Z (20260131T120000Z - 15 min.)')],
    ['not-accepted', named('UnrecognizedClientException', 'The security token included in the request is invalid.')],
    ['region', named('InvalidSignatureException', 'Credential should be scoped to a valid region. ')],
    ['throttled', named('TooManyRequestsException', 'Too Many Requests')],
    ['throttled', named('Throttling', 'Rate exceeded')],
    ['denied', named('AccessDeniedException', 'User: x is not authorized to perform: dynamodb:PutItem')],
    ['no-credentials', named('CredentialsProviderError', 'Could not load credentials from any providers')],
    ['network', Object.assign(new Error('getaddrinfo ENOTFOUND sts.eu-west-9.amazonaws.com'), { code: 'ENOTFOUND' })],
    ['certificate', Object.assign(new Error('self-signed certificate in certificate chain'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' })],
    ['other', named('ConflictException', 'busy')],
  ]
  for (const [kind, error] of cases) it(`is ${kind} for ${error.name}: ${error.message.slice(0, 40)}`, () => {
    assert.equal(troubleIn(error)?.kind, kind)
    assert.equal(troubleIn(new Error('wrapped', { cause: error }))?.kind, kind)
    assert.equal(troubleIn(new AggregateError([error]))?.kind, kind)
  })

  it('is none where nothing came from AWS', () => {
    assert.equal(troubleIn(new TypeError('x is not a function')), undefined)
  })

  it('is told with what, where and what next', () => {
    const failure = awsFailure(troubleIn(named('ExpiredToken'))!, signIn).failure

    assert.equal(formatFailure(failure), [
      '✗ The AWS session has expired.',
      '  at   profile event',
      '  next Sign in again: aws sso login --profile event, then run the same command again: what CloudFormation has begun goes on by itself.',
    ].join('\n'))
  })

  it('names the region that an address does not answer for', () => {
    const trouble = troubleIn(Object.assign(new Error('getaddrinfo ENOTFOUND sts.eu-west-9.amazonaws.com'), { code: 'ENOTFOUND', hostname: 'sts.eu-west-9.amazonaws.com' }))!

    assert.match(awsFailure(trouble, signIn).failure.where!, /the region eu-west-9/)
  })

  it('leaves mistakes that have a name already, and bugs, as they are', async () => {
    const mistake = new KitError({ what: 'There is no step 9.' })
    const bug = new TypeError('x is not a function')

    assert.equal(await inPlainWords(mistake), mistake)
    assert.equal(await inPlainWords(bug), bug)
  })
})
