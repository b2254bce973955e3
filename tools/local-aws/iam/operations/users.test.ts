import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { ACCOUNT, iamForTest, policyText } from '../testing.ts'

const POLICY = policyText({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })

describe('users', () => {
  let test: Awaited<ReturnType<typeof iamForTest>>
  beforeEach(async () => {
    test = await iamForTest()
    test.iam.CreateUser({ UserName: 'ana' })
  })
  afterEach(() => test.stop())

  it('E2.12 have ids that begin with AIDA', () => {
    const { UserId, Arn } = test.iam.GetUser({ UserName: 'ana' }).User!

    assert.match(UserId!, /^AIDA[A-Z0-9]{17}$/)
    assert.equal(Arn, `arn:aws:iam::${ACCOUNT}:user/ana`)
  })

  it('are the caller where no name is given', () => {
    assert.equal(test.iam.GetUser({}).User!.UserName, 'workshop')
  })

  it('E2.13 are unique and must exist', () => {
    assert.throws(() => test.iam.CreateUser({ UserName: 'Ana' }), { name: 'EntityAlreadyExists', message: 'User with name Ana already exists.' })
    assert.throws(() => test.iam.GetUser({ UserName: 'bob' }), { name: 'NoSuchEntity', message: 'The user with name bob cannot be found.' })
  })

  it('have at most two keys, which sign until they are turned off', () => {
    const { AccessKeyId, SecretAccessKey } = test.iam.CreateAccessKey({ UserName: 'ana' }).AccessKey!
    test.iam.CreateAccessKey({ UserName: 'ana' })

    assert.match(AccessKeyId!, /^AKIA[A-Z0-9]{16}$/)
    assert.equal(SecretAccessKey!.length, 40)
    assert.throws(() => test.iam.CreateAccessKey({ UserName: 'ana' }), { name: 'LimitExceeded', message: 'Cannot exceed quota for AccessKeysPerUser: 2' })
    assert.equal(test.authority.credential(AccessKeyId!)?.principal.arn, `arn:aws:iam::${ACCOUNT}:user/ana`)

    test.iam.UpdateAccessKey({ UserName: 'ana', AccessKeyId, Status: 'Inactive' })
    assert.equal(test.authority.credential(AccessKeyId!), undefined)
    assert.equal(test.iam.ListAccessKeys({ UserName: 'ana' }).AccessKeyMetadata![0]!.Status, 'Inactive')

    test.iam.DeleteAccessKey({ UserName: 'ana', AccessKeyId })
    assert.equal(test.iam.ListAccessKeys({ UserName: 'ana' }).AccessKeyMetadata!.length, 1)
    assert.throws(() => test.iam.DeleteAccessKey({ UserName: 'ana', AccessKeyId }), { name: 'NoSuchEntity', message: `The Access Key with id ${AccessKeyId} cannot be found.` })
  })

  it('may what their policies allow', () => {
    const { AccessKeyId } = test.iam.CreateAccessKey({ UserName: 'ana' }).AccessKey!
    const { principal } = test.authority.credential(AccessKeyId!)!
    const mayRead = () => test.authority.decide({ principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' }).allowed
    assert.equal(mayRead(), false)

    test.iam.PutUserPolicy({ UserName: 'ana', PolicyName: 'p', PolicyDocument: POLICY })
    assert.equal(mayRead(), true)
  })

  it('E2.13 are deleted only without keys and policies', () => {
    const { AccessKeyId } = test.iam.CreateAccessKey({ UserName: 'ana' }).AccessKey!
    test.iam.PutUserPolicy({ UserName: 'ana', PolicyName: 'p', PolicyDocument: POLICY })

    assert.throws(() => test.iam.DeleteUser({ UserName: 'ana' }), { name: 'DeleteConflict', message: 'Cannot delete entity, must delete access keys first.' })
    test.iam.DeleteAccessKey({ UserName: 'ana', AccessKeyId })
    assert.throws(() => test.iam.DeleteUser({ UserName: 'ana' }), { name: 'DeleteConflict', message: 'Cannot delete entity, must delete policies first.' })
    test.iam.DeleteUserPolicy({ UserName: 'ana', PolicyName: 'p' })
    test.iam.DeleteUser({ UserName: 'ana' })
    assert.deepEqual(test.iam.ListUsers({}).Users!.map(({ UserName }) => UserName), ['workshop'])
  })
})
