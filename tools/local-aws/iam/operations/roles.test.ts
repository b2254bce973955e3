import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { ACCOUNT, iamForTest, LAMBDA_TRUST, policyText } from '../testing.ts'

const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
const POLICY = policyText({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })
const noSuchRole = { name: 'NoSuchEntity', message: 'The role with name r cannot be found.' }

describe('roles', () => {
  let test: Awaited<ReturnType<typeof iamForTest>>
  beforeEach(async () => { test = await iamForTest() })
  afterEach(() => test.stop())

  const create = (more: object = {}) => test.iam.CreateRole({ RoleName: 'r', AssumeRolePolicyDocument: LAMBDA_TRUST, ...more }).Role!

  it('E2.11 CreateRole answers an encoded document and no MaxSessionDuration, GetRole both that and RoleLastUsed', () => {
    const created = create({ Path: '/team/', Description: 'for tests' })
    const found = test.iam.GetRole({ RoleName: 'r' }).Role!

    assert.equal(created.Arn, `arn:aws:iam::${ACCOUNT}:role/team/r`)
    assert.match(created.RoleId!, /^AROA[A-Z0-9]{17}$/)
    assert.equal(created.MaxSessionDuration, undefined)
    assert.equal(decodeURIComponent(created.AssumeRolePolicyDocument!), LAMBDA_TRUST)
    assert.ok(!/[{":]/.test(created.AssumeRolePolicyDocument!))
    assert.equal(found.MaxSessionDuration, 3600)
    assert.deepEqual(found.RoleLastUsed, {})
  })

  it('E2.13 refuse a second role of the same name, in any case', () => {
    create()

    assert.throws(() => create(), { name: 'EntityAlreadyExists', message: 'Role with name r already exists.' })
    assert.throws(() => create({ RoleName: 'R' }), { name: 'EntityAlreadyExists', message: 'Role with name R already exists.' })
  })

  it('E2.13 are missing in every operation alike', () => {
    assert.throws(() => test.iam.GetRole({ RoleName: 'r' }), noSuchRole)
    assert.throws(() => test.iam.DeleteRole({ RoleName: 'r' }), noSuchRole)
    assert.throws(() => test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: POLICY }), noSuchRole)
    assert.throws(() => test.iam.ListAttachedRolePolicies({ RoleName: 'r' }), noSuchRole)
    assert.throws(() => test.iam.ListInstanceProfilesForRole({ RoleName: 'r' }), noSuchRole)
  })

  it('E2.13 attach policies that exist, once', () => {
    create()
    test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: BASIC })
    test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: BASIC })

    assert.deepEqual(test.iam.ListAttachedRolePolicies({ RoleName: 'r' }).AttachedPolicies, [{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: BASIC }])
    assert.throws(() => test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/Nothing' }), {
      name: 'NoSuchEntity', message: 'Policy arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.',
    })
    assert.throws(() => test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: 'Nothing' }), { name: 'ValidationError', message: 'ARN Nothing is not valid.' })
    assert.throws(() => test.iam.DetachRolePolicy({ RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/Nothing' }), {
      name: 'NoSuchEntity', message: 'Policy arn:aws:iam::aws:policy/Nothing was not found.',
    })
  })

  it('E2.13 are deleted only without policies', () => {
    create()
    test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: BASIC })
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: POLICY })

    assert.throws(() => test.iam.DeleteRole({ RoleName: 'r' }), { name: 'DeleteConflict', message: 'Cannot delete entity, must detach all policies first.' })
    test.iam.DetachRolePolicy({ RoleName: 'r', PolicyArn: BASIC })
    assert.throws(() => test.iam.DeleteRole({ RoleName: 'r' }), { name: 'DeleteConflict', message: 'Cannot delete entity, must delete policies first.' })
    test.iam.DeleteRolePolicy({ RoleName: 'r', PolicyName: 'p' })
    test.iam.DeleteRole({ RoleName: 'r' })
    assert.throws(() => test.iam.GetRole({ RoleName: 'r' }), noSuchRole)
  })

  it('keep inline policies as they came', () => {
    create()
    const spaced = JSON.stringify(JSON.parse(POLICY), null, 2)
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: spaced })

    assert.equal(decodeURIComponent(test.iam.GetRolePolicy({ RoleName: 'r', PolicyName: 'p' }).PolicyDocument!), spaced)
    assert.deepEqual(test.iam.ListRolePolicies({ RoleName: 'r' }).PolicyNames, ['p'])
    assert.throws(() => test.iam.GetRolePolicy({ RoleName: 'r', PolicyName: 'q' }), { name: 'NoSuchEntity', message: 'The role policy with name q cannot be found.' })
    assert.throws(() => test.iam.DeleteRolePolicy({ RoleName: 'r', PolicyName: 'q' }), { name: 'NoSuchEntity' })
  })

  it('refuse names, durations and sizes out of bounds', () => {
    assert.throws(() => create({ RoleName: 'a b' }), {
      name: 'ValidationError', message: "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    })
    assert.throws(() => create({ RoleName: 'r'.repeat(65) }), {
      message: "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64",
    })
    assert.throws(() => create({ MaxSessionDuration: 60 }), { name: 'ValidationError' })
    assert.throws(() => create({ AssumeRolePolicyDocument: '{' }), { name: 'MalformedPolicyDocument', message: 'This policy contains invalid Json' })

    create()
    const long = policyText({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${'x'.repeat(10_240)}` })
    assert.throws(() => test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: long }), {
      name: 'LimitExceeded', message: 'Maximum policy size of 10240 bytes exceeded for role r',
    })
  })

  it('change their trust policy, description and duration', () => {
    create()
    const trust = policyText({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' })
    test.iam.UpdateAssumeRolePolicy({ RoleName: 'r', PolicyDocument: trust })
    test.iam.UpdateRole({ RoleName: 'r', Description: 'new', MaxSessionDuration: 7200 })

    const { AssumeRolePolicyDocument, Description, MaxSessionDuration } = test.iam.GetRole({ RoleName: 'r' }).Role!
    assert.deepEqual([decodeURIComponent(AssumeRolePolicyDocument!), Description, MaxSessionDuration], [trust, 'new', 7200])
  })

  it('carry tags', () => {
    create({ Tags: [{ Key: 'team', Value: 'a' }] })
    test.iam.TagRole({ RoleName: 'r', Tags: [{ Key: 'TEAM', Value: 'b' }, { Key: 'cost', Value: '1' }] })
    test.iam.UntagRole({ RoleName: 'r', TagKeys: ['cost'] })

    assert.deepEqual(test.iam.ListRoleTags({ RoleName: 'r' }).Tags, [{ Key: 'TEAM', Value: 'b' }])
    assert.throws(() => test.iam.TagRole({ RoleName: 'r', Tags: [{ Key: 'x', Value: '' }, { Key: 'X', Value: '' }] }), {
      name: 'InvalidInput', message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    })
  })

  it('are listed in pages by path', () => {
    for (const name of ['c', 'a', 'b']) test.iam.CreateRole({ RoleName: name, Path: '/team/', AssumeRolePolicyDocument: LAMBDA_TRUST })
    create()
    const first = test.iam.ListRoles({ PathPrefix: '/team/', MaxItems: 2 })
    const second = test.iam.ListRoles({ PathPrefix: '/team/', MaxItems: 2, Marker: first.Marker })

    assert.deepEqual(first.Roles!.map(({ RoleName }) => RoleName), ['a', 'b'])
    assert.equal(first.IsTruncated, true)
    assert.deepEqual(second.Roles!.map(({ RoleName }) => RoleName), ['c'])
    assert.equal(second.IsTruncated, false)
  })
})
