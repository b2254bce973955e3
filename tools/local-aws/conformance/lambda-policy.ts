import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { makeFunction } from './harness/functions.ts'
import { call } from './harness/http.ts'
import { refusal } from './harness/sdk.ts'
import type { World } from './harness/world.ts'

const JAN = '2026-01'
/** A function of its own for each proof: its policy is what they are about. */
const fresh = async (world: World, what: string) => (await makeFunction(
  world, `policy-${what}`, 'exports.handler = async () => 1',
)).FunctionName
const permission = (FunctionName: string, more: object = {}) => ({
  FunctionName, StatementId: 's1', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', ...more
})

export const lambdaPolicy = section('D5 permissions of a function', [
  fact('D5.1', 'O', 'AddPermission answers 201 with the statement as a text; GetPolicy the policy as a text and a RevisionId',
    'LS-lambda', JAN, async (world) => {
    const FunctionName = await fresh(world, 'shape')
    const { FunctionName: _, ...input } = permission(FunctionName)
    const { status, body } = await call(
      world, { service: 'lambda' },
      {
        method: 'POST', path: `/2015-03-31/functions/${FunctionName}/policy`, body: JSON.stringify(input),
        headers: { 'content-type': 'application/json' },
      },
    )
    const { Policy, RevisionId } = await world.aws.lambda.getPolicy({ FunctionName })

    assert.equal(status, 201)
    assert.equal(JSON.parse(JSON.parse(body).Statement).Sid, 's1')
    assert.equal(JSON.parse(Policy!).Statement.length, 1)
    assert.match(RevisionId!, /^[0-9a-f-]{36}$/)
  }),
  fact('D5.2', 'O', 'the document is byte for byte, with AWS:SourceArn and AWS:SourceAccount', 'LS-lambda', JAN, async (world) => {
    const FunctionName = await fresh(world, 'document')
    const { account, region } = world.cloud
    const SourceArn = `arn:aws:execute-api:${region}:${account}:a1b2c3d4e5/beta/$connect`
    await world.aws.lambda.addPermission(permission(FunctionName, { SourceArn }))

    assert.equal(
      (await world.aws.lambda.getPolicy({ FunctionName })).Policy,
      `{"Version":"2012-10-17","Id":"default","Statement":[{"Sid":"s1","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:${region}:${account}:function:${FunctionName}","Condition":{"ArnLike":{"AWS:SourceArn":"${SourceArn}"}}}]}`,
    )
    const { Statement } = await world.aws.lambda.addPermission(permission(FunctionName, { StatementId: 's2', SourceAccount: account }))
    assert.deepEqual(JSON.parse(Statement!).Condition, { StringEquals: { 'AWS:SourceAccount': account } })
  }),
  fact('D5.3', 'O', 'no policy: The resource you requested does not exist.', 'LS-lambda', JAN, async (world) => {
    const { name, message, status } = await refusal(world.aws.lambda.getPolicy({ FunctionName: await fresh(world, 'none') }))
    assert.deepEqual([status, name, message], [404, 'ResourceNotFoundException', 'The resource you requested does not exist.'])
  }),
  fact('D5.4', 'O', 'a statement id that is taken', 'LS-lambda', JAN, async (world) => {
    const FunctionName = await fresh(world, 'twice')
    await world.aws.lambda.addPermission(permission(FunctionName))
    const { name, message, status } = await refusal(world.aws.lambda.addPermission(permission(FunctionName)))

    assert.deepEqual(
      [status, name, message],
      [
        409, 'ResourceConflictException',
        'The statement id (s1) provided already exists. Please provide a new statement id, or remove the existing statement.',
      ],
    )
  }),
  fact('D5.5', 'O', 'RemovePermission of what is not there; the last statement takes the policy along', 'LS-lambda', JAN, async (world) => {
    const FunctionName = await fresh(world, 'removed')
    const remove = (StatementId: string) => world.aws.lambda.removePermission({ FunctionName, StatementId })
    const without = await refusal(remove('s1'))
    await world.aws.lambda.addPermission(permission(FunctionName))
    const unknown = await refusal(remove('s9'))
    await remove('s1')

    assert.deepEqual([without.status, without.message], [404, 'No policy is associated with the given resource.'])
    assert.deepEqual([unknown.status, unknown.message], [404, 'Statement s9 is not found in resource policy.'])
    assert.equal((await refusal(world.aws.lambda.getPolicy({ FunctionName }))).status, 404)
  }),
  fact('D5.6', 'O', 'a bad principal, and the qualifier $LATEST', 'LS-lambda', JAN, async (world) => {
    const FunctionName = await fresh(world, 'refused')
    const bad = await refusal(world.aws.lambda.addPermission(permission(FunctionName, { Principal: 'nobody' })))
    const latest = await refusal(world.aws.lambda.addPermission(permission(FunctionName, { Qualifier: '$LATEST' })))

    assert.deepEqual(
      [bad.status, bad.name, bad.message],
      [400, 'InvalidParameterValueException', 'The provided principal was invalid. Please check the principal and try again.'],
    )
    assert.deepEqual([latest.status, latest.message], [400, 'We currently do not support adding policies for $LATEST.'])
  }),
])
