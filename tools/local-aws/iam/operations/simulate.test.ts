import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { ACCOUNT, iamForTest, LAMBDA_TRUST, policyText } from '../testing.ts'

const ROLE = `arn:aws:iam::${ACCOUNT}:role/r`
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/T`
const PUT = policyText({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE })

describe('the policy simulator', () => {
  let test: Awaited<ReturnType<typeof iamForTest>>
  beforeEach(async () => {
    test = await iamForTest()
    test.iam.CreateRole({ RoleName: 'r', AssumeRolePolicyDocument: LAMBDA_TRUST })
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument: PUT })
  })
  afterEach(() => test.stop())

  const simulate = (more: object) => test.iam.SimulatePrincipalPolicy({ PolicySourceArn: ROLE, ActionNames: ['dynamodb:PutItem'], ...more }).EvaluationResults!

  it('E2.6 answers the decision, the statement and its place, for each resource', () => {
    const matched = [{
      SourcePolicyId: 'p', SourcePolicyType: 'IAM Policy',
      StartPosition: { Line: 1, Column: 38 }, EndPosition: { Line: 1, Column: PUT.length - 1 },
    }]

    assert.deepEqual(simulate({ ResourceArns: [TABLE] }), [{
      EvalActionName: 'dynamodb:PutItem',
      EvalResourceName: TABLE,
      EvalDecision: 'allowed',
      MatchedStatements: matched,
      MissingContextValues: [],
      EvalDecisionDetails: {},
      PermissionsBoundaryDecisionDetail: undefined,
      ResourceSpecificResults: [{
        EvalResourceName: TABLE, EvalResourceDecision: 'allowed', MatchedStatements: matched, MissingContextValues: [], PermissionsBoundaryDecisionDetail: undefined,
      }],
    }])
  })

  it('E2.6 takes * for the resource where none is given', () => {
    const [result] = simulate({})

    assert.deepEqual([result!.EvalResourceName, result!.EvalDecision, result!.MatchedStatements], ['*', 'implicitDeny', []])
  })

  it('E2.6 tells only the deny where one matches', () => {
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'no', PolicyDocument: policyText({ Effect: 'Deny', Action: '*', Resource: '*' }) })
    const [result] = simulate({ ResourceArns: [TABLE] })

    assert.equal(result!.EvalDecision, 'explicitDeny')
    assert.deepEqual(result!.MatchedStatements!.map(({ SourcePolicyId }) => SourcePolicyId), ['no'])
  })

  it('E2.7 ignores resource policies unless one is passed', () => {
    const other = { ActionNames: ['dynamodb:Scan'], ResourceArns: [TABLE] }
    const ResourcePolicy = policyText({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'dynamodb:Scan', Resource: TABLE })

    assert.equal(simulate(other)[0]!.EvalDecision, 'implicitDeny')
    assert.equal(simulate({ ...other, ResourcePolicy })[0]!.EvalDecision, 'allowed')
  })

  it('E2.7 sees the boundary', () => {
    test.iam.PutRolePermissionsBoundary({ RoleName: 'r', PermissionsBoundary: 'arn:aws:iam::aws:policy/CloudWatchLogsFullAccess' })
    const [result] = simulate({ ResourceArns: [TABLE] })

    assert.equal(result!.EvalDecision, 'implicitDeny')
    assert.deepEqual(result!.PermissionsBoundaryDecisionDetail, { AllowedByPermissionsBoundary: false })
  })

  it('reads a policy that the services do not see yet', () => {
    test.faults.set({ kind: 'policy-delay', ms: 60_000 })
    test.iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'q', PolicyDocument: policyText({ Effect: 'Allow', Action: 'dynamodb:Scan', Resource: '*' }) })
    const asked = { action: 'dynamodb:Scan', resource: TABLE }

    assert.equal(simulate({ ActionNames: [asked.action], ResourceArns: [TABLE] })[0]!.EvalDecision, 'allowed')
    assert.equal(test.authority.decide({ ...asked, principal: test.authority.openSession(ROLE, 'fn').principal }).allowed, false)
  })

  it('names the condition keys that it would have to know', () => {
    test.iam.PutRolePolicy({
      RoleName: 'r', PolicyName: 'p',
      PolicyDocument: policyText({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: '*', Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'a' } } }),
    })
    const ContextEntries = [{ ContextKeyName: 'dynamodb:leadingkeys', ContextKeyValues: ['a'], ContextKeyType: 'string' }]

    assert.deepEqual(simulate({})[0]!.MissingContextValues, ['dynamodb:LeadingKeys'])
    assert.deepEqual([simulate({ ContextEntries })[0]!.EvalDecision, simulate({ ContextEntries })[0]!.MissingContextValues], ['allowed', []])
  })

  it('gives each of several resources its own answer', () => {
    const [result] = simulate({ ResourceArns: [TABLE, `${TABLE}2`] })

    assert.deepEqual(result!.ResourceSpecificResults!.map(({ EvalResourceDecision }) => EvalResourceDecision), ['allowed', 'implicitDeny'])
  })

  it('takes policies as text', () => {
    const [result] = test.iam.SimulateCustomPolicy({ PolicyInputList: [PUT], ActionNames: ['dynamodb:PutItem'], ResourceArns: [TABLE] }).EvaluationResults!

    assert.equal(result!.EvalDecision, 'allowed')
    assert.equal(result!.MatchedStatements![0]!.SourcePolicyId, 'PolicyInputList.1')
  })

  it('wants a user or role that exists', () => {
    assert.throws(() => simulate({ PolicySourceArn: `${ROLE}2` }), { name: 'NoSuchEntity', message: 'The role with name r2 cannot be found.' })
    assert.throws(() => simulate({ PolicySourceArn: 'r' }), { name: 'InvalidInput', message: 'Invalid Entity Arn: r does not clearly define entity type and name.' })
  })
})
