import assert from 'node:assert/strict'
import { fact, localFact, section } from './fact.ts'
import { barredFunction } from './harness/apis.ts'
import { functionRole, invoke, makeFunction } from './harness/functions.ts'
import { allow, assume, deny, makeRole, managed, policyOf, trusting, type Statement } from './harness/roles.ts'
import { refusal, sdkOf } from './harness/sdk.ts'
import { withStillClock } from './harness/still-clock.ts'
import type { World } from './harness/world.ts'

const DOCS = '2026-11'
const EVALUATION = 'IUG/reference_policies_evaluation-logic.html'

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

export const evaluation = section('E2 how policies are weighed', [
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
])
