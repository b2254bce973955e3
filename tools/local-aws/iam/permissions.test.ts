import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { ACCOUNT, iamForTest, LAMBDA_TRUST, place, policyText } from './testing.ts'

describe('the permissions of IAM operations', () => {
  let test: Awaited<ReturnType<typeof iamForTest>>
  beforeEach(async () => {
    test = await iamForTest()
    test.iam.CreateRole({ RoleName: 'r', Path: '/team/', AssumeRolePolicyDocument: LAMBDA_TRUST })
  })
  afterEach(() => test.stop())

  const caller = () => test.authority.openSession(`arn:aws:iam::${ACCOUNT}:role/team/r`, 'me').principal

  it('E1.6 name the role with its path', async () => {
    await assert.rejects(test.cloud.call('iam', 'GetRole', { RoleName: 'r' }, caller(), place), {
      name: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/r/me is not authorized to perform: iam:GetRole on resource: arn:aws:iam::${ACCOUNT}:role/team/r because no identity-based policy allows the iam:GetRole action`,
    })
  })

  it('let a policy bind what may be attached', async () => {
    const Condition = { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/CloudWatchLogsFullAccess' } }
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: policyText({ Effect: 'Allow', Action: 'iam:AttachRolePolicy', Resource: '*', Condition }) })
    const attach = (name: string) => test.cloud.call('iam', 'AttachRolePolicy', { RoleName: 'r', PolicyArn: `arn:aws:iam::aws:policy/${name}` }, caller(), place)

    await attach('CloudWatchLogsFullAccess')
    await assert.rejects(attach('AdministratorAccess'), { name: 'AccessDenied' })
  })
})
