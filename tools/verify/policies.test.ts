import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { covers, invokePermission, refusedAction } from './policies.ts'

const route = { account: '111122223333', region: 'eu-west-1', apiId: 'abc123', routeKey: '$connect' }
const statement = (sourceArn?: string) => ({
  Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction',
  ...sourceArn && { Condition: { ArnLike: { 'AWS:SourceArn': sourceArn } } },
})
const arn = (rest: string) => `arn:aws:execute-api:eu-west-1:111122223333:${rest}`

describe('covers', () => {
  it('lets a star cross slashes and takes everything else literally', () => {
    assert.ok(covers('a*c', 'a/b/c'))
    assert.ok(!covers('a.c', 'abc'))
    assert.ok(covers('$connect?', '$connectX'))
  })
})

describe('invokePermission', () => {
  it('takes the forms of CDK, of the console, of one stage, and none at all', () => {
    for (const source of [arn('abc123/*$connect'), arn('abc123/*/$connect'), arn('abc123/beta/$connect'), arn('abc123/*'), undefined])
      assert.ok(invokePermission([statement(source)], route), source)
  })

  it('refuses another route, API or account, and a deny', () => {
    for (const source of [arn('abc123/*/sendMessage'), arn('other/*/$connect'), 'arn:aws:execute-api:eu-west-1:999999999999:abc123/*/$connect'])
      assert.ok(!invokePermission([statement(source)], route), source)
    assert.ok(!invokePermission([{ ...statement(), Effect: 'Deny' }], route))
    assert.ok(!invokePermission([{ ...statement(), Principal: { Service: 's3.amazonaws.com' } }], route))
    assert.ok(!invokePermission([], route))
  })
})

describe('refusedAction', () => {
  it('finds the action in the log or in the answer', () => {
    const text = 'User: x is not authorized to perform: dynamodb:PutItem on resource: y'

    assert.equal(refusedAction({ answer: { payload: '' }, log: text }), 'dynamodb:PutItem')
    assert.equal(refusedAction({ answer: { payload: text }, log: '' }), 'dynamodb:PutItem')
    assert.equal(refusedAction({ answer: { payload: 'null' }, log: 'START' }), undefined)
  })
})
