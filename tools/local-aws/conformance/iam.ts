import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { functionRole } from './harness/functions.ts'
import { allow, assume, deny, lister, makeRole, managed, sessionOf, trusting } from './harness/roles.ts'
import { refusal } from './harness/sdk.ts'
import type { World } from './harness/world.ts'

const DOCS = '2026-11'

/** The document of a policy of AWS, and its version. */
async function documentOf({ aws }: World, PolicyArn: string) {
  const { Policy } = await aws.iam.getPolicy({ PolicyArn })
  const { PolicyVersion } = await aws.iam.getPolicyVersion({ PolicyArn, VersionId: Policy!.DefaultVersionId })
  return { version: Policy!.DefaultVersionId, statements: JSON.parse(decodeURIComponent(PolicyVersion!.Document!)).Statement }
}

export const iam = section('E2 roles, sessions, policies of AWS', [
  fact('E2.10', 'D', 'a function\'s role trusts lambda.amazonaws.com', 'LDG/lambda-intro-execution-role.html', DOCS, async (world) => {
    const { RoleName } = await functionRole(world)
    const { Role } = await world.aws.iam.getRole({ RoleName })

    assert.deepEqual(
      JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!)),
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    )
  }),
  fact('E2.11', 'O', 'CreateRole shows no MaxSessionDuration, GetRole 3600 and an empty RoleLastUsed; documents are URL-encoded',
    'LS-iam', '2026-01', async (world) => {
    const { aws, name, removeLater } = world
    const RoleName = name('shown')
    const { Role: made } = await aws.iam.createRole({ RoleName, AssumeRolePolicyDocument: trusting(world) })
    removeLater(`role ${RoleName}`, () => aws.iam.deleteRole({ RoleName }))
    const { Role: got } = await aws.iam.getRole({ RoleName })

    assert.equal(made!.MaxSessionDuration, undefined)
    assert.deepEqual([got!.MaxSessionDuration, got!.RoleLastUsed], [3_600, {}])
    assert.match(got!.AssumeRolePolicyDocument!, /^%7B%22Version%22/)
  }),
  fact('E2.12', 'D', 'ids begin with AROA, AIDA, ANPA; keys with ASIA and AKIA', 'IUG/reference_identifiers.html', DOCS, async (world) => {
    const { aws, name, removeLater } = world
    const UserName = name('user')
    const { User } = await aws.iam.createUser({ UserName })
    removeLater(`user ${UserName}`, () => aws.iam.deleteUser({ UserName }))
    const { AccessKey } = await aws.iam.createAccessKey({ UserName })
    removeLater('an access key', () => aws.iam.deleteAccessKey({ UserName, AccessKeyId: AccessKey!.AccessKeyId }))
    const { Role } = await aws.iam.getRole({ RoleName: (await functionRole(world)).RoleName })
    const { Policy } = await aws.iam.getPolicy({ PolicyArn: await managed(world, 'id', allow('s3:ListAllMyBuckets')) })
    const { keys } = await lister(world)

    assert.match(Role!.RoleId!, /^AROA[A-Z0-9]{17}$/)
    assert.match(User!.UserId!, /^AIDA[A-Z0-9]{17}$/)
    assert.match(Policy!.PolicyId!, /^ANPA[A-Z0-9]{17}$/)
    assert.match(keys.accessKeyId, /^ASIA[A-Z0-9]{16}$/)
    assert.match(AccessKey!.AccessKeyId!, /^AKIA[A-Z0-9]{16}$/)
  }),
  fact('E2.13', 'O', 'policies: not found, not attachable, not JSON', 'LS-iam, WILD', '2026-01', async (world) => {
    const { aws } = world
    const { RoleName } = await functionRole(world)
    const absent = `arn:aws:iam::${world.cloud.account}:policy/absent`

    assert.match((await refusal(aws.iam.getPolicy({ PolicyArn: absent }))).message, /^Policy .* was not found\.$/)
    assert.match(
      (await refusal(aws.iam.attachRolePolicy({ RoleName, PolicyArn: absent }))).message,
      /^Policy .* does not exist or is not attachable\.$/,
    )
    const malformed = await refusal(aws.iam.putRolePolicy({ RoleName, PolicyName: 'bad', PolicyDocument: '{no' }))
    assert.deepEqual([malformed.status, malformed.message], [400, 'This policy contains invalid Json'])
  }),
  fact('E2.13', 'O', 'a role with policies cannot be deleted', 'LS-iam, WILD', '2026-01', async (world) => {
    const { aws } = world
    const inline = await makeRole(world, 'inline', [allow('s3:ListAllMyBuckets')])
    const attached = await makeRole(world, 'attached', [])
    const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
    await aws.iam.attachRolePolicy({ RoleName: attached.RoleName, PolicyArn })
    world.removeLater('an attachment', () => aws.iam.detachRolePolicy({ RoleName: attached.RoleName, PolicyArn }))

    const ofInline = await refusal(aws.iam.deleteRole({ RoleName: inline.RoleName }))
    const ofAttached = await refusal(aws.iam.deleteRole({ RoleName: attached.RoleName }))
    assert.deepEqual([ofInline.status, ofInline.message], [409, 'Cannot delete entity, must delete policies first.'])
    assert.deepEqual([ofAttached.status, ofAttached.message], [409, 'Cannot delete entity, must detach all policies first.'])
  }),
  fact('E2.13', 'O', 'a role that exists, and one that does not', 'LS-iam, WILD', DOCS, async (world) => {
    const { RoleName } = await functionRole(world)
    const exists = await refusal(world.aws.iam.createRole({ RoleName, AssumeRolePolicyDocument: trusting(world) }))
    const missing = await refusal(world.aws.iam.getRole({ RoleName: 'absent' }))

    assert.deepEqual([exists.status, exists.message], [409, `Role with name ${RoleName} already exists.`])
    assert.deepEqual([missing.status, missing.message], [404, 'The role with name absent cannot be found.'])
  }),
  fact('E2.14', 'D', 'a session lasts 900 s to the role\'s maximum, 3,600 s by default; a chained one at most an hour',
    'BOTO sts', DOCS, async (world) => {
    const { aws } = world
    const role = await makeRole(world, 'lasting', [allow('sts:AssumeRole')])
    const session = await assume(world, role)
    const lasts = (DurationSeconds?: number, by = aws) => by.sts.assumeRole({
      RoleArn: role.Arn, RoleSessionName: 'proof', DurationSeconds,
    })
    const { Credentials } = await lasts()
    const seconds = (Credentials!.Expiration!.getTime() - Date.now()) / 1_000

    assert.ok(Math.abs(seconds - 3_600) < 120)
    for (const DurationSeconds of [899, 3_601]) assert.equal((await refusal(lasts(DurationSeconds))).status, 400, String(DurationSeconds))
    assert.equal((await refusal(lasts(7_200, session.aws))).status, 400)
  }),
  fact('E2.14', 'D', 'GetCallerIdentity needs no permission', 'BOTO sts', DOCS, async (world) => {
    const { aws, arn } = await sessionOf(world, 'nobody', deny('*'))
    const { UserId, Account, Arn } = await aws.sts.getCallerIdentity({})

    assert.match(UserId!, /^AROA[A-Z0-9]{17}:conformance$/)
    assert.deepEqual([Account, Arn], [world.cloud.account, arn])
  }),
  fact('E2.15', 'D', 'AWSLambdaBasicExecutionRole', 'AMP', DOCS, async (world) => {
    assert.deepEqual(
      await documentOf(world, 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'),
      {
        version: 'v1',
        statements: [{ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' }],
      },
    )
  }),
  fact('E2.16', 'D', 'AmazonAPIGatewayInvokeFullAccess', 'AMP', DOCS, async (world) => {
    assert.deepEqual(
      await documentOf(world, 'arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess'),
      {
        version: 'v2',
        statements: [{
          Effect: 'Allow', Action: ['execute-api:Invoke', 'execute-api:ManageConnections'], Resource: 'arn:aws:execute-api:*:*:*',
        }],
      },
    )
  }),
  fact('E2.17', 'D', 'AmazonDynamoDBFullAccess: four statements without Sids', 'AMP', DOCS, async (world) => {
    const { version, statements } = await documentOf(world, 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess')

    assert.deepEqual([version, statements.length, statements.some(({ Sid }: { Sid?: string }) => Sid)], ['v15', 4, false])
    assert.deepEqual([statements[0].Action.slice(0, 2), statements[0].Resource], [['dynamodb:*', 'dax:*'], '*'])
  }),
  fact('E2.18', 'D', 'AmazonDynamoDBFullAccess_v2', 'AMP', DOCS, async (world) => {
    const { version, statements: [first] } = await documentOf(world, 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess_v2')

    assert.deepEqual([version, first.Sid, first.Action, first.Resource], ['v3', 'DDBAndDAXFullAccess', ['dynamodb:*', 'dax:*'], '*'])
  }),
])
