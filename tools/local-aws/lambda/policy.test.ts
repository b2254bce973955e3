import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Context, OperationName, Principal } from '../service.ts'
import { permissions } from './permissions.ts'
import { lambdaAlone, place, role, type LambdaAlone } from './testing.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:chat'
const sourceArn = 'arn:aws:execute-api:us-east-1:000000000000:abc/*/$connect'
const gateway: Principal = { kind: 'service', account: place.account, arn: 'apigateway.amazonaws.com', service: 'apigateway.amazonaws.com', sourceArn }

describe('The policy of a function', () => {
  let lambda: LambdaAlone
  beforeEach(async () => {
    lambda = await lambdaAlone()
    await lambda.create('chat', 'exports.handler = async () => 1')
  })
  afterEach(() => lambda.stop())
  const ask = (operation: OperationName<'lambda'>, input: object) => permissions(operation, input, place as Context, lambda.cloud).map(({ action, resource }) => `${action} ${resource}`)
  const add = (options: object = {}) => lambda.call('AddPermission', { FunctionName: 'chat', StatementId: 's1', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', ...options })
  const remove = (StatementId: string) => lambda.call('RemovePermission', { FunctionName: 'chat', StatementId })
  const get = () => lambda.call('GetPolicy', { FunctionName: 'chat' })

  it('is written as AWS writes it (D5.1, D5.2)', async () => {
    const { Statement } = await add({ SourceArn: sourceArn, SourceAccount: place.account })
    const { Policy, RevisionId } = await get()

    const statement = {
      Sid: 's1', Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction', Resource: arn,
      Condition: { StringEquals: { 'AWS:SourceAccount': place.account }, ArnLike: { 'AWS:SourceArn': sourceArn } },
    }
    assert.deepEqual(JSON.parse(Statement!), statement)
    assert.equal(Policy, JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: [statement] }))
    assert.match(RevisionId!, /^[0-9a-f-]{36}$/)
  })

  it('goes away with its last statement (D5.3, D5.5)', async () => {
    const none = { name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.', status: 404 }
    await assert.rejects(get(), none)
    await assert.rejects(remove('s1'), { name: 'ResourceNotFoundException', message: 'No policy is associated with the given resource.' })
    await add()
    await assert.rejects(remove('s2'), { name: 'ResourceNotFoundException', message: 'Statement s2 is not found in resource policy.' })
    await remove('s1')
    await assert.rejects(get(), none)
  })

  it('has each statement id once (D5.4)', async () => {
    await add()
    await assert.rejects(add(), {
      name: 'ResourceConflictException', status: 409,
      message: 'The statement id (s1) provided already exists. Please provide a new statement id, or remove the existing statement.',
    })
  })

  it('takes no odd principal and no $LATEST (D5.6)', async () => {
    await assert.rejects(add({ Principal: 'somebody' }), { message: 'The provided principal was invalid. Please check the principal and try again.', status: 400 })
    await assert.rejects(add({ Qualifier: '$LATEST' }), { message: 'We currently do not support adding policies for $LATEST.', status: 400 })
  })

  it('is what IAM weighs when the gateway invokes', async () => {
    await add({ SourceArn: sourceArn })
    const context = { ...place, caller: gateway } as Context

    const [permission, ...more] = permissions('Invoke', { FunctionName: arn }, context, lambda.cloud)

    assert.deepEqual(more, [])
    assert.deepEqual(permission, {
      action: 'lambda:InvokeFunction', resource: arn, resourcePolicy: (await get()).Policy, conditions: { 'aws:SourceAccount': place.account, 'aws:SourceArn': sourceArn },
    })
  })

  it('does not replace the rights of the caller: PassRole and the others', () => {
    assert.deepEqual(ask('CreateFunction', { FunctionName: 'chat', Role: role }), [`lambda:CreateFunction ${arn}`, `iam:PassRole ${role}`])
    assert.deepEqual(ask('UpdateFunctionConfiguration', { FunctionName: 'chat' }), [`lambda:UpdateFunctionConfiguration ${arn}`])
    assert.deepEqual(ask('ListFunctions', {}), ['lambda:ListFunctions *'])
    assert.deepEqual(ask('TagResource', { Resource: arn }), [`lambda:TagResource ${arn}`])
  })
})
