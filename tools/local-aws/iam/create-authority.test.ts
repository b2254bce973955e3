import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { ACCOUNT, iamForTest, LAMBDA_TRUST, policyText } from './testing.ts'

const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/r`
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/T`
const PUT = policyText({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE })

describe('the authority', () => {
  let test: Awaited<ReturnType<typeof iamForTest>>
  beforeEach(async () => {
    test = await iamForTest()
    test.iam.CreateRole({ RoleName: 'r', AssumeRolePolicyDocument: LAMBDA_TRUST })
  })
  afterEach(() => test.stop())

  const mayPut = ({ authority } = test, principal = authority.openSession(ROLE_ARN, 'fn').principal) =>
    authority.decide({ principal, action: 'dynamodb:PutItem', resource: TABLE })

  it('knows the keys of the administrator and lets them do everything', () => {
    assert.equal(test.authority.credential('AKIAWORKSHOP')?.secretAccessKey, 'secret')
    assert.deepEqual(mayPut(test, test.admin), { allowed: true })
  })

  it('keeps what the administrator may when asked again for the same keys', () => {
    test.iam.DetachUserPolicy({ UserName: 'workshop', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })
    test.authority.ensureAdministrator(ACCOUNT, 'workshop', { accessKeyId: 'AKIAWORKSHOP', secretAccessKey: 'secret' })

    assert.equal(mayPut(test, test.admin).allowed, false)
  })

  it('does not know a key that nobody made', () => {
    assert.equal(test.authority.credential('AKIAUNKNOWN'), undefined)
    assert.equal(test.authority.credential('constructor'), undefined)
  })

  it('keeps accounts apart by key', () => {
    test.authority.ensureAdministrator('111111111111', 'workshop', { accessKeyId: 'AKIAOTHER', secretAccessKey: 'other' })

    assert.equal(test.authority.credential('AKIAOTHER')?.principal.account, '111111111111')
    assert.throws(() => test.authority.ensureAdministrator('222222222222', 'x', { accessKeyId: 'AKIAOTHER', secretAccessKey: 'y' }), /belongs to account 111111111111/)
  })

  it('E2.9 opens sessions in the name of the role and the function', () => {
    const { accessKeyId, sessionToken, expiresAt, principal } = test.authority.openSession(ROLE_ARN, 'fn', { durationSeconds: 900 })

    assert.match(accessKeyId, /^ASIA[A-Z0-9]{16}$/)
    assert.ok(sessionToken)
    assert.equal(expiresAt, test.clock.now() + 900_000)
    assert.equal(principal.arn, `arn:aws:sts::${ACCOUNT}:assumed-role/r/fn`)
    assert.match(principal.kind === 'session' ? principal.userId : '', /^AROA[A-Z0-9]{17}:fn$/)
  })

  it('opens no session of a role that does not exist', () => {
    assert.throws(() => test.authority.openSession(`${ROLE_ARN}2`, 'fn'), { name: 'AccessDenied' })
  })

  it('answers an expired key for a while, then forgets it', () => {
    const { accessKeyId, expiresAt } = test.authority.openSession(ROLE_ARN, 'fn')

    test.clock.advance(2 * 3_600_000)
    test.authority.openSession(ROLE_ARN, 'fn')
    assert.equal(test.authority.credential(accessKeyId)?.expiresAt, expiresAt)

    test.clock.advance(24 * 3_600_000)
    test.authority.openSession(ROLE_ARN, 'fn')
    assert.equal(test.authority.credential(accessKeyId), undefined)
  })

  it('does not know the keys of a role that is gone, nor gives them to its namesake', () => {
    const { accessKeyId } = test.authority.openSession(ROLE_ARN, 'fn')
    test.iam.DeleteRole({ RoleName: 'r' })
    assert.equal(test.authority.credential(accessKeyId), undefined)

    test.iam.CreateRole({ RoleName: 'r', AssumeRolePolicyDocument: LAMBDA_TRUST })
    assert.equal(test.authority.credential(accessKeyId), undefined)
  })

  it('keeps users, roles, policies and sessions over a restart', async () => {
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: PUT })
    test.iam.CreateUser({ UserName: 'ana' })
    const { AccessKey } = test.iam.CreateAccessKey({ UserName: 'ana' })
    const session = test.authority.openSession(ROLE_ARN, 'fn')
    await test.store.flush()

    const { authority, iam } = test.reopen()

    assert.deepEqual(authority.credential(session.accessKeyId), session)
    assert.equal(authority.credential(AccessKey!.AccessKeyId!)?.secretAccessKey, AccessKey!.SecretAccessKey)
    assert.deepEqual(authority.decide({ principal: session.principal, action: 'dynamodb:PutItem', resource: TABLE }), { allowed: true })
    assert.equal(iam.GetRole({ RoleName: 'r' }).Role?.Arn, ROLE_ARN)
  })

  it('E2.8 lets changed policies take effect after the delay', () => {
    const principal = test.authority.openSession(ROLE_ARN, 'fn').principal
    const undo = test.faults.set({ kind: 'policy-delay', ms: 5_000 })
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: PUT })
    assert.equal(mayPut(test, principal).allowed, false)

    test.clock.advance(3_000)
    test.iam.DeleteRolePolicy({ RoleName: 'r', PolicyName: 'p' })
    assert.equal(mayPut(test, principal).allowed, false)

    test.clock.advance(2_000)
    assert.equal(mayPut(test, principal).allowed, true, 'five seconds after it was granted')
    test.clock.advance(3_000)
    assert.equal(mayPut(test, principal).allowed, false, 'five seconds after it was taken away')

    undo()
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: PUT })
    assert.equal(mayPut(test, principal).allowed, true)
  })

  it('counts a deny fault as an explicit deny, for the role that it names', () => {
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: PUT })
    test.faults.set({ kind: 'deny', action: 'dynamodb:putitem', principal: 'r' })

    assert.deepEqual(mayPut(), {
      allowed: false,
      explicit: true,
      message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/r/fn is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
    })
    assert.equal(mayPut(test, test.admin).allowed, true)
  })

  it('tells each decision, but not those of AWS itself', () => {
    test.events.length = 0
    mayPut(test, test.admin)
    mayPut(test, test.authority.internal(ACCOUNT))

    assert.deepEqual(test.events, [{
      at: test.clock.now(), kind: 'decision', principal: `arn:aws:iam::${ACCOUNT}:user/workshop`, action: 'dynamodb:PutItem', resource: TABLE,
      allowed: true, reason: 'allowed by identity-based policy AdministratorAccess',
    }])
  })

  it('E2.10 says which services a role trusts', () => {
    assert.equal(test.authority.trusts(ROLE_ARN, 'lambda.amazonaws.com'), true)
    assert.equal(test.authority.trusts(ROLE_ARN, 'apigateway.amazonaws.com'), false)
    assert.equal(test.authority.trusts(`${ROLE_ARN}2`, 'lambda.amazonaws.com'), false)
  })

  it('decides by the boundary of a role', () => {
    const { Policy } = test.iam.CreatePolicy({ PolicyName: 'only-s3', PolicyDocument: policyText({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) })
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: PUT })
    test.iam.PutRolePermissionsBoundary({ RoleName: 'r', PermissionsBoundary: Policy!.Arn })

    const decision = mayPut()

    assert.match('message' in decision ? decision.message : '', /because no permissions boundary allows the dynamodb:PutItem action$/)
  })

  it('decides thousands of times per second', () => {
    test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess' })
    const { principal } = test.authority.openSession(ROLE_ARN, 'fn')
    const start = performance.now()
    for (let count = 0; count < 5_000; count++) mayPut(test, principal)

    assert.ok(performance.now() - start < 1_000)
  })
})
