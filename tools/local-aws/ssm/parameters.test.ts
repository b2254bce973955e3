import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { manualClock } from '../clock.ts'
import type { Context, Input, OperationName } from '../service.ts'
import { testCloud } from '../testing.ts'
import { ssmService } from './index.ts'

const names = (parameters: { Name?: string }[] = []) => parameters.map(({ Name }) => Name)

describe('the parameter store', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  beforeEach(async () => { aws = await testCloud({ clock: manualClock(Date.UTC(2026, 0, 1)) }) })
  afterEach(() => aws.stop())
  const call = <O extends OperationName<'ssm'>>(operation: O, input: Input<'ssm', O>) =>
    aws.cloud.call('ssm', operation, input, aws.cloud.authority.internal(aws.place.account), aws.place)
  const find = async (Name: string) => (await call('GetParameter', { Name })).Parameter?.Value
  const needed = (operation: Parameters<typeof ssmService.permissions>[0], input: object) =>
    ssmService.permissions(operation, input, aws.place as Context, aws.cloud).map(({ action, resource }) => `${action} ${resource}`)
  const put = (Name: string, Value = 'v', more: object = {}) => call('PutParameter', { Name, Value, Type: 'String', ...more })

  it('answers a parameter as it was put (H.2)', async () => {
    assert.deepEqual(await put('/cdk-bootstrap/x/version', '30'), { Version: 1, Tier: 'Standard' })

    assert.deepEqual((await call('GetParameter', { Name: '/cdk-bootstrap/x/version' })).Parameter, {
      Name: '/cdk-bootstrap/x/version', Type: 'String', Value: '30', Version: 1, LastModifiedDate: new Date('2026-01-01T00:00:00Z'),
      ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/cdk-bootstrap/x/version', DataType: 'text',
    })
  })

  it('says nothing about a parameter that is missing, but which kind of error it is (H.2)', async () => {
    await assert.rejects(call('GetParameter', { Name: 'x' }), { name: 'ParameterNotFound', message: '', status: 400 })
    await assert.rejects(call('DeleteParameter', { Name: 'x' }), { name: 'ParameterNotFound' })
  })

  it('replaces only when asked', async () => {
    await put('x', 'one')

    await assert.rejects(put('x', 'two'), { name: 'ParameterAlreadyExists' })
    assert.equal((await call('PutParameter', { Name: 'x', Value: 'two', Overwrite: true })).Version, 2)

    assert.equal((await call('GetParameter', { Name: 'x' })).Parameter?.Value, 'two')
  })

  it('finds by ARN and by version', async () => {
    await put('/a/b', 'nested')
    await put('plain', 'flat')

    assert.equal(await find('arn:aws:ssm:us-east-1:000000000000:parameter/a/b'), 'nested')
    assert.equal(await find('arn:aws:ssm:us-east-1:000000000000:parameter/plain'), 'flat')
    assert.equal(await find('plain:1'), 'flat')
    await assert.rejects(find('plain:7'), { name: 'ParameterVersionNotFound', message: /could not find version 7 of plain/ })
  })

  it('hides a secure string unless it is asked to decrypt', async () => {
    await put('secret', 'hunter2', { Type: 'SecureString' })

    assert.doesNotMatch((await call('GetParameter', { Name: 'secret' })).Parameter?.Value ?? '', /hunter2/)
    assert.equal((await call('GetParameter', { Name: 'secret', WithDecryption: true })).Parameter?.Value, 'hunter2')
  })

  it('answers several, and names those that are missing', async () => {
    await put('a', '1')
    await put('b', '2')

    const { Parameters, InvalidParameters } = await call('GetParameters', { Names: ['a', 'x', 'b'] })

    assert.deepEqual(Parameters?.map(({ Value }) => Value), ['1', '2'])
    assert.deepEqual(InvalidParameters, ['x'])
  })

  it('walks a path, one level or all, page by page', async () => {
    for (const name of ['/app/b', '/app/a', '/app/deep/c', '/apple']) await put(name)

    assert.deepEqual(names((await call('GetParametersByPath', { Path: '/app' })).Parameters), ['/app/a', '/app/b'])
    const first = await call('GetParametersByPath', { Path: '/app', Recursive: true, MaxResults: 2 })
    const second = await call('GetParametersByPath', { Path: '/app', Recursive: true, MaxResults: 2, NextToken: first.NextToken })
    assert.deepEqual([...names(first.Parameters), ...names(second.Parameters)], ['/app/a', '/app/b', '/app/deep/c'])
    assert.equal(second.NextToken, undefined)
    await assert.rejects(call('GetParametersByPath', { Path: '/app', NextToken: '?' }), { name: 'InvalidNextToken' })
  })

  it('describes without values', async () => {
    await put('/app/a', 'v', { Description: 'first' })
    await put('other')

    const { Parameters } = await call('DescribeParameters', { ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: ['/app'] }] })

    assert.deepEqual(Parameters?.map(({ Name, Description }) => [Name, Description]), [['/app/a', 'first']])
    assert.equal('Value' in Parameters![0]!, false)
  })

  const refusals: [string, Input<'ssm', 'PutParameter'>, string][] = [
    ['a name that is no path', { Name: 'a/b', Value: 'v', Type: 'String' }, 'ValidationException'],
    ['a name of AWS\'s own', { Name: '/aws/x', Value: 'v', Type: 'String' }, 'ValidationException'],
    ['an empty value', { Name: 'x', Value: '', Type: 'String' }, 'ValidationException'],
    ['4097 bytes', { Name: 'x', Value: 'v'.repeat(4097), Type: 'String' }, 'ValidationException'],
    ['no type at first', { Name: 'x', Value: 'v' }, 'ValidationException'],
    ['a value outside its pattern', { Name: 'x', Value: 'v', Type: 'String', AllowedPattern: '^\\d+$' }, 'ParameterPatternMismatchException'],
    ['what is not built', { Name: 'x', Value: 'v', Type: 'String', Tier: 'Advanced' }, 'NotImplemented'],
  ]
  for (const [what, input, name] of refusals) it(`refuses ${what}`, () => assert.rejects(call('PutParameter', input), { name }))

  it('asks permission on each parameter', () => {
    assert.deepEqual(needed('GetParameter', { Name: '/a/b:3' }), ['ssm:GetParameter arn:aws:ssm:us-east-1:000000000000:parameter/a/b'])
    assert.deepEqual(needed('GetParameters', { Names: ['a', '/b'] }), ['a', 'b'].map((name) => `ssm:GetParameters arn:aws:ssm:us-east-1:000000000000:parameter/${name}`))
  })
})
