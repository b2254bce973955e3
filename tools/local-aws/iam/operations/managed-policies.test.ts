import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { RawPolicy, RawStatement } from '../policy/document.ts'
import { ACCOUNT, iamForTest, LAMBDA_TRUST, policyText } from '../testing.ts'

const POLICY = policyText({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })
const OTHER = policyText({ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' })
const ARN = `arn:aws:iam::${ACCOUNT}:policy/p`
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`

describe('managed policies', () => {
  let test: Awaited<ReturnType<typeof iamForTest>>
  beforeEach(async () => {
    test = await iamForTest()
    test.iam.CreatePolicy({ PolicyName: 'p', PolicyDocument: POLICY })
  })
  afterEach(() => test.stop())

  it('E2.12 have ids that begin with ANPA, and count where they are attached', () => {
    test.iam.CreateRole({ RoleName: 'r', AssumeRolePolicyDocument: LAMBDA_TRUST })
    test.iam.AttachRolePolicy({ RoleName: 'r', PolicyArn: ARN })

    const { PolicyId, AttachmentCount, DefaultVersionId, Tags } = test.iam.GetPolicy({ PolicyArn: ARN }).Policy!
    assert.match(PolicyId!, /^ANPA[A-Z0-9]{17}$/)
    assert.deepEqual([AttachmentCount, DefaultVersionId, Tags], [1, 'v1', []])
    assert.deepEqual(test.iam.ListEntitiesForPolicy({ PolicyArn: ARN }).PolicyRoles!.map(({ RoleName }) => RoleName), ['r'])
    assert.throws(() => test.iam.DeletePolicy({ PolicyArn: ARN }), { name: 'DeleteConflict', message: 'Cannot delete a policy attached to entities.' })
  })

  it('E2.13 are unique and must exist', () => {
    assert.throws(() => test.iam.CreatePolicy({ PolicyName: 'p', PolicyDocument: POLICY }), {
      name: 'EntityAlreadyExists', message: 'A policy called p already exists. Duplicate names are not allowed.',
    })
    assert.throws(() => test.iam.GetPolicy({ PolicyArn: `${ARN}2` }), { name: 'NoSuchEntity', message: `Policy ${ARN}2 was not found.` })
  })

  it('decide by their default version', () => {
    test.iam.AttachUserPolicy({ UserName: test.iam.CreateUser({ UserName: 'ana' }).User!.UserName, PolicyArn: ARN })
    const { principal } = test.authority.credential(test.iam.CreateAccessKey({ UserName: 'ana' }).AccessKey!.AccessKeyId!)!
    const may = (action: string) => test.authority.decide({ principal, action, resource: 'arn:aws:s3:::b/k' }).allowed

    test.iam.CreatePolicyVersion({ PolicyArn: ARN, PolicyDocument: OTHER })
    assert.deepEqual([may('s3:GetObject'), may('s3:PutObject')], [true, false])

    test.iam.SetDefaultPolicyVersion({ PolicyArn: ARN, VersionId: 'v2' })
    assert.deepEqual([may('s3:GetObject'), may('s3:PutObject')], [false, true])
  })

  it('have at most five versions, newest first, whose numbers do not come back', () => {
    for (let count = 2; count <= 5; count++) test.iam.CreatePolicyVersion({ PolicyArn: ARN, PolicyDocument: OTHER })
    assert.throws(() => test.iam.CreatePolicyVersion({ PolicyArn: ARN, PolicyDocument: OTHER }), {
      name: 'LimitExceeded', message: 'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    })

    test.iam.DeletePolicyVersion({ PolicyArn: ARN, VersionId: 'v5' })
    const { PolicyVersion } = test.iam.CreatePolicyVersion({ PolicyArn: ARN, PolicyDocument: OTHER, SetAsDefault: true })

    assert.equal(PolicyVersion!.VersionId, 'v6')
    assert.deepEqual(test.iam.ListPolicyVersions({ PolicyArn: ARN }).Versions!.map(({ VersionId }) => VersionId), ['v6', 'v4', 'v3', 'v2', 'v1'])
    assert.throws(() => test.iam.DeletePolicyVersion({ PolicyArn: ARN, VersionId: 'v6' }), { name: 'DeleteConflict', message: 'Cannot delete the default version of a policy.' })
    assert.throws(() => test.iam.GetPolicyVersion({ PolicyArn: ARN, VersionId: 'v9' }), {
      name: 'NoSuchEntity', message: `Policy ${ARN} version v9 does not exist or is not attachable.`,
    })
    assert.throws(() => test.iam.GetPolicyVersion({ PolicyArn: ARN, VersionId: '1' }), {
      name: 'ValidationError', message: "1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
    })
  })

  const documentOf = (name: string): RawPolicy => {
    const { DefaultVersionId } = test.iam.GetPolicy({ PolicyArn: aws(name) }).Policy!
    return JSON.parse(decodeURIComponent(test.iam.GetPolicyVersion({ PolicyArn: aws(name), VersionId: DefaultVersionId }).PolicyVersion!.Document!))
  }

  it('E2.15 include AWSLambdaBasicExecutionRole v1', () => {
    assert.deepEqual(documentOf('service-role/AWSLambdaBasicExecutionRole').Statement, [
      { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
    ])
  })

  it('E2.16 include AmazonAPIGatewayInvokeFullAccess v2', () => {
    assert.equal(test.iam.GetPolicy({ PolicyArn: aws('AmazonAPIGatewayInvokeFullAccess') }).Policy!.DefaultVersionId, 'v2')
    assert.deepEqual(documentOf('AmazonAPIGatewayInvokeFullAccess').Statement, [
      { Effect: 'Allow', Action: ['execute-api:Invoke', 'execute-api:ManageConnections'], Resource: 'arn:aws:execute-api:*:*:*' },
    ])
  })

  it('E2.17 include AmazonDynamoDBFullAccess v15 with four statements and no Sids', () => {
    const statements = documentOf('AmazonDynamoDBFullAccess').Statement as RawStatement[]

    assert.equal(test.iam.GetPolicy({ PolicyArn: aws('AmazonDynamoDBFullAccess') }).Policy!.DefaultVersionId, 'v15')
    assert.deepEqual(statements.map(({ Sid, Effect }) => [Sid, Effect]), Array.from({ length: 4 }, () => [undefined, 'Allow']))
    assert.deepEqual(statements[0]!.Action?.slice(0, 2), ['dynamodb:*', 'dax:*'])
    assert.equal(statements[0]!.Action?.length, 58)
  })

  it('E2.18 include AmazonDynamoDBFullAccess_v2 v3', () => {
    const [first, second] = documentOf('AmazonDynamoDBFullAccess_v2').Statement as RawStatement[]

    assert.deepEqual(first, { Sid: 'DDBAndDAXFullAccess', Effect: 'Allow', Action: ['dynamodb:*', 'dax:*'], Resource: '*' })
    assert.equal(second!.Sid, 'KMSIntegration')
  })

  it('of AWS itself cannot be changed', () => {
    assert.throws(() => test.iam.DeletePolicy({ PolicyArn: aws('AdministratorAccess') }), { name: 'AccessDenied' })
  })

  it('are listed by scope', () => {
    assert.deepEqual(test.iam.ListPolicies({ Scope: 'Local' }).Policies!.map(({ PolicyName }) => PolicyName), ['p'])
    assert.deepEqual(test.iam.ListPolicies({ Scope: 'AWS', OnlyAttached: true }).Policies!.map(({ PolicyName }) => PolicyName), ['AdministratorAccess'])
  })
})
