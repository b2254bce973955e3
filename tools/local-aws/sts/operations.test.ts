import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { ACCOUNT, iamForTest, LAMBDA_TRUST, place, policyText } from '../iam/testing.ts'
import type { Input, Principal } from '../service.ts'

const ROLE = `arn:aws:iam::${ACCOUNT}:role/r`
const trustOf = (AWS: string) => policyText({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' })

const denied = ({ arn }: Principal, role = ROLE) =>
  ({ name: 'AccessDenied', status: 403, message: `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${role}` })
const refusal = (message: string) => ({ name: 'ValidationError', status: 400, message })

describe('STS', () => {
  let test: Awaited<ReturnType<typeof iamForTest>>
  beforeEach(async () => {
    test = await iamForTest()
    test.iam.CreateRole({ RoleName: 'r', AssumeRolePolicyDocument: trustOf(ACCOUNT), MaxSessionDuration: 7200 })
  })
  afterEach(() => test.stop())

  const assume = (more: Partial<Input<'sts', 'AssumeRole'>> = {}, as = test.admin) =>
    test.cloud.call('sts', 'AssumeRole', { RoleArn: ROLE, RoleSessionName: 'me', ...more }, as, place)
  function user(name: string): Principal {
    test.iam.CreateUser({ UserName: name })
    return test.authority.credential(test.iam.CreateAccessKey({ UserName: name }).AccessKey!.AccessKeyId!)!.principal
  }

  it('E2.14 tells the caller who it is, without any permission', async () => {
    const nobody = user('nobody')

    assert.deepEqual(await test.cloud.call('sts', 'GetCallerIdentity', {}, nobody, place), {
      UserId: nobody.kind === 'user' && nobody.userId, Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/nobody`,
    })
    const { principal } = test.authority.openSession(ROLE, 'fn')
    const identity = await test.cloud.call('sts', 'GetCallerIdentity', {}, principal, place)
    assert.match(identity.UserId!, /^AROA[A-Z0-9]{17}:fn$/)
    assert.equal(identity.Arn, `arn:aws:sts::${ACCOUNT}:assumed-role/r/fn`)
  })

  it('E2.14 gives the keys of a role for an hour unless told', async () => {
    const { Credentials, AssumedRoleUser } = await assume()

    assert.equal(Credentials!.Expiration!.getTime(), test.clock.now() + 3_600_000)
    assert.match(Credentials!.AccessKeyId!, /^ASIA/)
    assert.equal(AssumedRoleUser!.Arn, `arn:aws:sts::${ACCOUNT}:assumed-role/r/me`)
    assert.equal(test.authority.credential(Credentials!.AccessKeyId!)?.sessionToken, Credentials!.SessionToken)
  })

  it('E1.5 refuses in the same words whether the caller, the trust or the role is missing', async () => {
    const nobody = user('nobody')
    await assert.rejects(assume({}, nobody), denied(nobody))

    test.iam.UpdateAssumeRolePolicy({ RoleName: 'r', PolicyDocument: LAMBDA_TRUST })
    await assert.rejects(assume(), denied(test.admin))
    await assert.rejects(assume({ RoleArn: `${ROLE}2` }), denied(test.admin, `${ROLE}2`))
  })

  it('needs no policy of a caller whom the role trusts by name', async () => {
    const nobody = user('nobody')
    test.iam.UpdateAssumeRolePolicy({ RoleName: 'r', PolicyDocument: trustOf(nobody.arn) })

    assert.ok((await assume({}, nobody)).Credentials)
  })

  it('crosses accounts where both agree', async () => {
    test.authority.ensureAdministrator('111111111111', 'other', { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' })
    const other = test.authority.credential('AKIAOTHER')!.principal
    const fromOther = () => test.cloud.call('sts', 'AssumeRole', { RoleArn: ROLE, RoleSessionName: 'me' }, other, { account: '111111111111', region: 'us-east-1' })
    await assert.rejects(fromOther(), denied(other))

    test.iam.UpdateAssumeRolePolicy({ RoleName: 'r', PolicyDocument: trustOf('111111111111') })
    const { Credentials } = await fromOther()
    assert.equal(test.authority.credential(Credentials!.AccessKeyId!)?.principal.account, ACCOUNT)
  })

  it('honours sts:ExternalId', async () => {
    const PolicyDocument = policyText({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })
    test.iam.UpdateAssumeRolePolicy({ RoleName: 'r', PolicyDocument })

    await assert.rejects(assume(), denied(test.admin))
    assert.ok((await assume({ ExternalId: 'x' })).Credentials)
  })

  it('E2.14 bounds the duration by the role, and by an hour for chained roles', async () => {
    assert.ok((await assume({ DurationSeconds: 7200 })).Credentials)
    await assert.rejects(assume({ DurationSeconds: 7201 }), refusal('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'))
    await assert.rejects(assume({ DurationSeconds: 60 }), refusal("1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"))

    const chained = test.authority.openSession(ROLE, 'fn').principal
    test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })
    await assert.rejects(assume({ DurationSeconds: 3601 }, chained), refusal('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining'))
  })

  it('refuses a session name with blanks', async () => {
    await assert.rejects(assume({ RoleSessionName: 'a b' }), { name: 'ValidationError' })
  })

  it('limits a session by its policy', async () => {
    test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })
    const { Credentials } = await assume({ Policy: policyText({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }) })
    const { principal } = test.authority.credential(Credentials!.AccessKeyId!)!
    const decide = (action: string) => test.authority.decide({ principal, action, resource: 'arn:aws:s3:::b/k' })

    assert.equal(decide('s3:GetObject').allowed, true)
    const refused = decide('s3:PutObject')
    assert.match('message' in refused ? refused.message : '', /because no session policy allows the s3:PutObject action$/)
  })

  it('E2.5 lets a changed managed session policy change sessions that exist', async () => {
    test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })
    const arn = test.iam.CreatePolicy({ PolicyName: 'p', PolicyDocument: policyText({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }) }).Policy!.Arn!
    const { Credentials } = await assume({ PolicyArns: [{ arn }] })
    const mayPut = () => test.authority.decide({
      principal: test.authority.credential(Credentials!.AccessKeyId!)!.principal, action: 's3:PutObject', resource: 'arn:aws:s3:::b/k',
    }).allowed
    assert.equal(mayPut(), false)

    test.iam.CreatePolicyVersion({ PolicyArn: arn, PolicyDocument: policyText({ Effect: 'Allow', Action: 's3:*', Resource: '*' }), SetAsDefault: true })
    assert.equal(mayPut(), true)
  })

  it('gives a user temporary keys, but not to temporary keys', () => {
    const { Credentials } = test.sts.GetSessionToken({ DurationSeconds: 900 })
    const found = test.authority.credential(Credentials!.AccessKeyId!)!

    assert.deepEqual(found.principal, test.admin)
    assert.equal(found.expiresAt, test.clock.now() + 900_000)
    assert.throws(() => test.stsAs(test.admin, { 'x-amz-security-token': found.sessionToken! }).GetSessionToken({}), {
      name: 'AccessDenied', message: 'Cannot call GetSessionToken with session credentials',
    })
  })

  it('says what it does not have', async () => {
    await assert.rejects(assume({ Tags: [{ Key: 'a', Value: 'b' }] }), { name: 'NotImplemented' })
  })
})
