import assert from 'node:assert/strict'
import { fact, localFact, section } from './fact.ts'
import { barredFunction, chat, member } from './harness/apis.ts'
import { functionRole, invoke, makeFunction, steeredFunction, zipOf } from './harness/functions.ts'
import { call } from './harness/http.ts'
import { allow, assume, deny, makeRole, policyOf, sessionOf, type Statement } from './harness/roles.ts'
import { refusal, sdkOf } from './harness/sdk.ts'
import { withStillClock } from './harness/still-clock.ts'
import type { World } from './harness/world.ts'

const DDB = '2026-09-22'
const DOCS = '2026-11'
const EVALUATION = 'IUG/reference_policies_evaluation-logic.html'

/** A role that may list tables and nothing else. */
const lister = (world: World) => sessionOf(world, 'lister', allow('dynamodb:ListTables'))

const denied = (arn: string, action: string, resource: string) => `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`

/** What IAM's simulator says about one action under these statements. */
async function simulate({ aws }: World, statements: Statement[], action: string, resource?: string, context: Record<string, string> = {}) {
  const { EvaluationResults: [result] = [] } = await aws.iam.simulateCustomPolicy({
    PolicyInputList: [policyOf(...statements)], ActionNames: [action], ResourceArns: resource ? [resource] : undefined,
    ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
      ContextKeyName, ContextKeyType: 'string', ContextKeyValues: [value],
    })),
  })
  return result!
}
const verdict = async (...args: Parameters<typeof simulate>) => (await simulate(...args)).EvalDecision
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/Chat'
const scan = (Condition: object): Statement => ({ ...allow('dynamodb:Scan'), Condition })

/** A managed policy of the run's own. */
async function managed({ aws, name, removeLater }: World, what: string, ...statements: Statement[]) {
  const { Policy } = await aws.iam.createPolicy({ PolicyName: name(what), PolicyDocument: policyOf(...statements) })
  const PolicyArn = Policy!.Arn!
  removeLater(`policy ${PolicyArn}`, async () => {
    const { Versions = [] } = await aws.iam.listPolicyVersions({ PolicyArn })
    for (const { VersionId, IsDefaultVersion } of Versions) if (!IsDefaultVersion) await aws.iam.deletePolicyVersion({ PolicyArn, VersionId })
    await aws.iam.deletePolicy({ PolicyArn })
  })
  return PolicyArn
}
const trusting = ({ cloud }: World) => JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${cloud.account}:root` }, Action: 'sts:AssumeRole' }],
})

/** The document of a policy of AWS, and its version. */
async function documentOf({ aws }: World, PolicyArn: string) {
  const { Policy } = await aws.iam.getPolicy({ PolicyArn })
  const { PolicyVersion } = await aws.iam.getPolicyVersion({ PolicyArn, VersionId: Policy!.DefaultVersionId })
  return { version: Policy!.DefaultVersionId, statements: JSON.parse(decodeURIComponent(PolicyVersion!.Document!)).Statement }
}

export const iam = section('E1–E2 who may what', [
  fact('E1', 'O', 'a function is User: arn:aws:sts::ACCT:assumed-role/ROLE/FN', 'WILD', DOCS, async (world) => {
    const { FunctionName } = await makeFunction(
      world, 'who',
      'const { DynamoDBClient, ListTablesCommand } = require("@aws-sdk/client-dynamodb"); exports.handler = () => new DynamoDBClient().send(new ListTablesCommand())',
    )
    const { RoleName } = await functionRole(world)

    assert.match(
      (await invoke(world, FunctionName)).text,
      new RegExp(`User: arn:aws:sts::${world.cloud.account}:assumed-role/${RoleName}/${FunctionName} is not authorized to perform: dynamodb:ListTables`),
    )
  }),
  fact('E1.1', 'O', 'DynamoDB: AccessDeniedException, 400, with __type and Message', 'CAP-DDB, WILD', DDB, async (world) => {
    const { keys, arn } = await lister(world)
    const { status, body } = await call(
      world, { service: 'dynamodb', keys },
      {
        method: 'POST', body: '{"TableName":"chat"}',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.Scan' },
      },
    )

    assert.equal(status, 400)
    assert.equal(
      body,
      JSON.stringify({
        __type: 'com.amazon.coral.service#AccessDeniedException',
        Message: denied(arn, 'dynamodb:Scan', `arn:aws:dynamodb:${world.cloud.region}:${world.cloud.account}:table/chat`),
      }),
    )
  }),
  fact('E1.1', 'O', 'a request for an index names it', 'CAP-DDB', DDB, async (world) => {
    const { aws, arn } = await lister(world)
    const { message } = await refusal(aws.dynamodb.scan({ TableName: 'chat', IndexName: 'by-room' }))

    assert.equal(
      message, denied(arn, 'dynamodb:Scan', `arn:aws:dynamodb:${world.cloud.region}:${world.cloud.account}:table/chat/index/by-room`),
    )
  }),
  fact('E1.2', 'D', 'DynamoDB, table missing and no permission: AccessDenied, not ResourceNotFound',
    'by evaluation order', DOCS, async (world) => {
    assert.equal((await refusal((await lister(world)).aws.dynamodb.describeTable({ TableName: 'absent' }))).name, 'AccessDeniedException')
  }),
  fact('E1.3', 'O', 'Lambda Invoke: AccessDeniedException, 403, with Message', 'WILD', DOCS, async (world) => {
    const { keys, arn } = await lister(world)
    const { FunctionName, FunctionArn } = await steeredFunction(world)
    const { status, headers, body } = await call(
      world, { service: 'lambda', keys }, { method: 'POST', path: `/2015-03-31/functions/${FunctionName}/invocations`, body: '{}' },
    )

    assert.deepEqual([status, headers['x-amzn-errortype']], [403, 'AccessDeniedException'])
    assert.equal(JSON.parse(body).Message, denied(arn, 'lambda:InvokeFunction', FunctionArn))
  }),
  localFact('a second account', 'E1.3', 'O', 'across accounts: because no resource-based policy allows it', 'WILD', DOCS, async (world) => {
    const { FunctionArn } = await steeredFunction(world)
    const other = sdkOf(world.cloud, await world.local!.addAccount('222222222222'))
    const { message } = await refusal(other.lambda.invoke({ FunctionName: FunctionArn }))
    other.destroy()

    assert.match(message, / because no resource-based policy allows the lambda:InvokeFunction action$/)
  }),
  fact('E1.4', 'O', '@connections: the account is masked, the id is a template (byte for byte in B2.6)',
    'CAP-MGMT, WILD', '2026-09-25', async (world) => {
    const { apiId } = await chat(world)
    const client = await member(world)
    const { message } = await refusal((await lister(world)).aws.connections(apiId, 'beta').postToConnection({ ConnectionId: client.id, Data: 'x' }))
    await client.close()

    assert.ok(
      message.includes(`arn:aws:execute-api:${world.cloud.region}:********${world.cloud.account.slice(-4)}:${apiId}/beta/POST/@connections/{connectionId}`),
      message,
    )
  }),
  fact('E1.5', 'O', 'AssumeRole: AccessDenied without "because", the same whether the role does not exist or does not trust',
    'WILD', DOCS, async (world) => {
    const { aws, arn } = await lister(world)
    const { Arn } = await functionRole(world)
    for (const RoleArn of [Arn, `arn:aws:iam::${world.cloud.account}:role/absent`]) {
      const { status, name, message } = await refusal(aws.sts.assumeRole({ RoleArn, RoleSessionName: 'proof' }))
      assert.deepEqual(
        [status, name, message], [403, 'AccessDenied', `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`],
      )
    }
  }),
  fact('E1.6', 'O', 'IAM and CloudFormation: AccessDenied, 403, with "because"', 'WILD', DOCS, async (world) => {
    const { aws, arn } = await lister(world)
    const role = `arn:aws:iam::${world.cloud.account}:role/absent`
    const ofIam = await refusal(aws.iam.getRole({ RoleName: 'absent' }))
    const ofCloudFormation = await refusal(aws.cloudformation.describeStacks({ StackName: 'absent' }))

    assert.deepEqual([ofIam.status, ofIam.name, ofIam.message], [403, 'AccessDenied', denied(arn, 'iam:GetRole', role)])
    assert.deepEqual([ofCloudFormation.status, ofCloudFormation.name], [403, 'AccessDenied'])
    assert.match(
      ofCloudFormation.message,
      / is not authorized to perform: cloudformation:DescribeStacks on resource: .* because no identity-based policy allows the cloudformation:DescribeStacks action$/,
    )
  }),
  fact('E1.7', 'O', 'S3: AccessDenied, 403, the resource in double quotes', 'WILD', DOCS, async (world) => {
    const { aws, arn } = await lister(world)
    const bucket = world.name('private')
    await world.aws.s3.createBucket({ Bucket: bucket })
    world.removeLater(`bucket ${bucket}`, () => world.aws.s3.deleteBucket({ Bucket: bucket }))
    const { status, name, message } = await refusal(aws.s3.getObject({ Bucket: bucket, Key: 'k' }))

    assert.deepEqual([status, name, message], [403, 'AccessDenied', denied(arn, 's3:GetObject', `"arn:aws:s3:::${bucket}/k"`)])
  }),
  fact('E1.8', 'O', 'PassRole is asked for the role that is handed on', 'WILD', DOCS, async (world) => {
    const { aws, arn } = await sessionOf(world, 'creator', allow('lambda:*'))
    const { Arn: Role } = await functionRole(world)
    const { status, message } = await refusal(aws.lambda.createFunction({
      FunctionName: world.name('passed'), Role, Runtime: 'nodejs22.x', Handler: 'index.handler',
      Code: { ZipFile: zipOf({ 'index.js': '' }) },
    }))

    assert.equal(status, 403)
    assert.equal(message, denied(arn, 'iam:PassRole', Role))
  }),
  fact('E1', 'D', 'an explicit deny of an inline policy: with an explicit deny in an identity-based policy',
    'AWS Security Blog, WILD', DOCS, async (world) => {
    const { aws } = await sessionOf(world, 'denied', allow('dynamodb:*'), deny('dynamodb:Scan'))
    const { message } = await refusal(aws.dynamodb.scan({ TableName: 'chat' }))

    assert.match(message, /:table\/chat with an explicit deny in an identity-based policy$/)
  }),

  fact('E2.1', 'D', 'a deny wins over any allow', EVALUATION, DOCS, async (world) => {
    assert.equal(await verdict(world, [allow('*'), deny('dynamodb:Scan')], 'dynamodb:Scan'), 'explicitDeny')
  }),
  fact('E2.1', 'D', 'a permissions boundary and a session policy must each allow', EVALUATION, DOCS, async (world) => {
    const { aws, name, removeLater, eventually } = world
    const PermissionsBoundary = await managed(world, 'boundary', allow(['dynamodb:ListTables', 'dynamodb:DescribeTable']))
    const RoleName = name('bounded')
    const { Role } = await aws.iam.createRole({ RoleName, AssumeRolePolicyDocument: trusting(world), PermissionsBoundary })
    removeLater(
      `role ${RoleName}`,
      async () => { await aws.iam.deleteRolePolicy({ RoleName, PolicyName: 'own' }); await aws.iam.deleteRole({ RoleName }) },
    )
    await aws.iam.putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument: policyOf(allow('dynamodb:*')) })
    const session = await assume(world, { RoleName, Arn: Role!.Arn! }, [allow('dynamodb:ListTables')])

    await eventually('all three allow ListTables', () => session.aws.dynamodb.listTables({}).catch(() => undefined))
    assert.match(
      (await refusal(session.aws.dynamodb.describeTable({ TableName: 'chat' }))).message,
      / because no session policy allows the dynamodb:DescribeTable action$/,
    )
    assert.match(
      (await refusal(session.aws.dynamodb.scan({ TableName: 'chat' }))).message,
      / because no (permissions boundary|session policy) allows the dynamodb:Scan action$/,
    )
  }),
  fact('E2.2', 'D', 'a service principal needs the function\'s resource policy (proven with A2.5 and A8.6)',
    EVALUATION, DOCS, async (world) => {
    const { FunctionName } = await barredFunction(world)

    assert.equal((await refusal(world.aws.lambda.getPolicy({ FunctionName }))).name, 'ResourceNotFoundException')
    assert.equal((await invoke(world, FunctionName)).failed, undefined)
  }),
  fact('E2.3', 'D', 'actions match whatever their case, resources exactly; * crosses : and /, ? is one character',
    'IUG/reference_policies_elements_condition_operators.html', DOCS, async (world) => {
    const of = (action: string, resource: string) => verdict(world, [allow(action, resource)], 'dynamodb:Scan', TABLE)

    assert.deepEqual(
      [
        await of('DYNAMODB:scan', TABLE), await of('dynamodb:Sc*', 'arn:aws:dynamodb:*:*:tab*t'),
        await of('dynamodb:Scan', TABLE.replace('Chat', 'Cha?')),
      ],
      ['allowed', 'allowed', 'allowed'],
    )
    assert.equal(
      await verdict(
        world, [allow('lambda:*', 'arn:aws:lambda:*:*:fun*chat')], 'lambda:InvokeFunction',
        'arn:aws:lambda:us-east-1:111122223333:function:chat',
      ),
      'allowed',
    )
    assert.deepEqual(
      [await of('dynamodb:Scan', TABLE.replace('Chat', 'chat')), await of('dynamodb:Scan', TABLE.replace('Chat', 'Ch?'))],
      ['implicitDeny', 'implicitDeny'],
    )
  }),
  fact('E2.3', 'D', 'ArnLike looks at each of the six parts on its own',
    'IUG/reference_policies_elements_condition_operators.html', DOCS, async (world) => {
    const source = 'arn:aws:execute-api:us-east-1:111122223333:abc/beta/$connect'
    const of = (pattern: string) => verdict(
      world, [scan({ ArnLike: { 'aws:SourceArn': pattern } })], 'dynamodb:Scan', TABLE, { 'aws:SourceArn': source },
    )

    assert.deepEqual(
      [await of('arn:aws:execute-api:*:111122223333:abc/*$connect'), await of('arn:aws:execute-api:*')], ['allowed', 'implicitDeny'],
    )
  }),
  fact('E2.4', 'D', 'a key that is absent fails, but for IfExists, Null and negated operators',
    'IUG/reference_policies_elements_condition_operators.html', DOCS, async (world) => {
    const of = (condition: object, context = {}) => verdict(world, [scan(condition)], 'dynamodb:Scan', TABLE, context)
    const key = 'aws:PrincipalTag/team'

    assert.equal(await of({ StringEquals: { [key]: 'chat' } }), 'implicitDeny')
    assert.equal(await of({ StringEqualsIfExists: { [key]: 'chat' } }), 'allowed')
    assert.equal(await of({ Null: { [key]: 'true' } }), 'allowed')
    assert.equal(await of({ StringNotEquals: { [key]: 'chat' } }), 'allowed')
  }),
  fact('E2.4', 'D', 'several operators must all hold, one of several values is enough',
    'IUG/reference_policies_elements_condition_operators.html', DOCS, async (world) => {
    const condition = { StringEquals: { 'aws:PrincipalTag/team': ['chat', 'board'] }, StringLike: { 'aws:PrincipalTag/room': 'r*' } }
    const of = (context: Record<string, string>) => verdict(world, [scan(condition)], 'dynamodb:Scan', TABLE, context)

    assert.equal(await of({ 'aws:PrincipalTag/team': 'board', 'aws:PrincipalTag/room': 'r1' }), 'allowed')
    assert.equal(await of({ 'aws:PrincipalTag/team': 'board', 'aws:PrincipalTag/room': 'x1' }), 'implicitDeny')
  }),
  fact('E2.5', 'O', 'a changed managed session policy changes sessions that exist',
    'stackd testdata/aws/sts/managed_session_policy.json', DOCS, async (world) => {
    const { aws, cloud, eventually } = world
    const PolicyArn = await managed(world, 'session', allow('dynamodb:ListTables'))
    const role = await makeRole(world, 'managed-session', [allow('dynamodb:*')])
    const { Credentials } = await eventually(
      'the role can be taken on',
      () => aws.sts.assumeRole({ RoleArn: role.Arn, RoleSessionName: 'proof', PolicyArns: [{ arn: PolicyArn }] }).catch(() => undefined),
    )
    const session = sdkOf(
      cloud,
      { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! },
    )
    await eventually('ListTables is allowed', () => session.dynamodb.listTables({}).catch(() => undefined))
    await aws.iam.createPolicyVersion({ PolicyArn, PolicyDocument: policyOf(allow('dynamodb:DescribeTable')), SetAsDefault: true })

    await eventually(
      'ListTables is no longer allowed',
      () => session.dynamodb.listTables({}).then(() => false, ({ name }) => name === 'AccessDeniedException'),
    )
    session.destroy()
  }),
  fact('E2.6', 'O', 'SimulatePrincipalPolicy answers with these members', 'LS-iam', '2026-01', async (world) => {
    const { Arn } = await functionRole(world)
    const { EvaluationResults, IsTruncated } = await world.aws.iam.simulatePrincipalPolicy({
      PolicySourceArn: Arn, ActionNames: ['logs:PutLogEvents', 'dynamodb:Scan'],
    })
    const [yes, no] = EvaluationResults!

    assert.equal(IsTruncated, false)
    assert.deepEqual([yes!.EvalActionName, yes!.EvalResourceName, yes!.EvalDecision], ['logs:PutLogEvents', '*', 'allowed'])
    assert.deepEqual([no!.EvalDecision, no!.MatchedStatements, no!.MissingContextValues], ['implicitDeny', [], []])
    const [statement] = yes!.MatchedStatements!
    assert.deepEqual(
      [statement!.SourcePolicyType, typeof statement!.StartPosition!.Line, typeof statement!.EndPosition!.Column],
      ['IAM Policy', 'number', 'number'],
    )
  }),
  fact('E2.7', 'D', 'the simulator ignores resource policies that are not passed to it', 'BOTO iam', DOCS, async (world) => {
    const { FunctionName, FunctionArn } = await makeFunction(world, 'open-door', 'exports.handler = async () => 1')
    const { Arn } = await functionRole(world)
    await world.aws.lambda.addPermission({
      FunctionName, StatementId: 'all', Action: 'lambda:InvokeFunction', Principal: world.cloud.account,
    })
    const { EvaluationResults: [result] = [] } = await world.aws.iam.simulatePrincipalPolicy({
      PolicySourceArn: Arn, ActionNames: ['lambda:InvokeFunction'], ResourceArns: [FunctionArn],
    })

    assert.equal(result!.EvalDecision, 'implicitDeny')
  }),
  localFact('faults', 'E2.8', 'D', 'a new policy takes effect only after some seconds',
    'IUG/troubleshoot.html, A14', DOCS, () => withStillClock(async (world, advance) => {
    const role = await makeRole(world, 'slow', [])
    const { aws } = await assume(world, role)
    const undo = world.local!.faults.set({ kind: 'policy-delay', ms: 10_000 })
    await world.aws.iam.putRolePolicy({
      RoleName: role.RoleName, PolicyName: 'own', PolicyDocument: policyOf(allow('dynamodb:ListTables')),
    })
    undo()

    assert.equal((await refusal(aws.dynamodb.listTables({}))).name, 'AccessDeniedException')
    await advance(10_000)
    assert.ok((await aws.dynamodb.listTables({})).TableNames)
  })),
  fact('E2.9', 'U', 'a policy change reaches running environments without a restart', 'not recorded', DOCS, async (world) => {
    const role = await makeRole(world, 'growing', [], { Service: 'lambda.amazonaws.com' })
    const { FunctionName } = await makeFunction(
      world, 'growing',
      'let count = 0; const { DynamoDBClient, ListTablesCommand } = require("@aws-sdk/client-dynamodb"); exports.handler = () => new DynamoDBClient().send(new ListTablesCommand()).then(() => ++count, () => (++count, "denied"))',
      { Role: role.Arn },
    )
    const before = (await invoke(world, FunctionName)).text
    await world.aws.iam.putRolePolicy({
      RoleName: role.RoleName, PolicyName: 'late', PolicyDocument: policyOf(allow('dynamodb:ListTables')),
    })
    world.removeLater('a policy', () => world.aws.iam.deleteRolePolicy({ RoleName: role.RoleName, PolicyName: 'late' }))
    const after = await world.eventually('the function may list tables', async () => {
      const { text } = await invoke(world, FunctionName)
      return text !== '"denied"' && text
    })

    assert.equal(before, '"denied"')
    assert.ok(Number(after) > 1, 'the same environment goes on counting')
  }),

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
  fact('E2.13', 'U', 'a role that exists, and one that does not', 'LS-iam, WILD', DOCS, async (world) => {
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
