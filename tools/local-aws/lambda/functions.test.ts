import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { lambdaAlone, role, zipOf, type LambdaAlone } from './testing.ts'

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`
const CODE = 'exports.handler = async () => 1'
const invalid = (message: string | RegExp) => ({ name: 'InvalidParameterValueException', status: 400, message })

describe('Functions of Lambda', () => {
  let lambda: LambdaAlone
  beforeEach(async () => { lambda = await lambdaAlone() })
  afterEach(() => lambda.stop())

  it('are Pending, then Active (D4.1)', async () => {
    const created = await lambda.create('chat', CODE)
    await lambda.invoke('chat')
    const later = await lambda.call('GetFunctionConfiguration', { FunctionName: 'chat' })

    assert.deepEqual([created.State, created.StateReason, created.StateReasonCode, created.LastUpdateStatus], ['Pending', 'The function is being created.', 'Creating', undefined])
    assert.deepEqual([later.State, later.StateReason, later.LastUpdateStatus], ['Active', undefined, 'Successful'])
    assert.notEqual(later.RevisionId, created.RevisionId)
  })

  it('show exactly the members that AWS shows (D4)', async () => {
    const zip = zipOf({ 'index.js': CODE })
    await lambda.create('chat', CODE, { Code: { ZipFile: zip } })
    await lambda.invoke('chat')
    const { RevisionId, LastModified, RuntimeVersionConfig, ...shown } = await lambda.call('GetFunctionConfiguration', { FunctionName: 'chat' })

    assert.match(LastModified!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/)
    assert.match(RuntimeVersionConfig!.RuntimeVersionArn!, /^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/)
    assert.ok(RevisionId)
    assert.deepEqual(shown, {
      FunctionName: 'chat', FunctionArn: arn('chat'), Runtime: 'nodejs22.x', Role: role, Handler: 'index.handler', CodeSize: zip.byteLength, Description: '', Timeout: 3,
      MemorySize: 128, CodeSha256: createHash('sha256').update(zip).digest('base64'), Version: '$LATEST', TracingConfig: { Mode: 'PassThrough' }, State: 'Active',
      LastUpdateStatus: 'Successful', PackageType: 'Zip', Architectures: ['x86_64'], EphemeralStorage: { Size: 512 }, SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/chat' },
    })
  })

  it('run new code and a new configuration after an update, in new environments (D4.2, D4.23)', async () => {
    await lambda.create('chat', CODE)
    assert.equal((await lambda.invoke('chat')).answer, 1)

    const updated = await lambda.call('UpdateFunctionCode', { FunctionName: 'chat', ZipFile: zipOf({ 'index.js': 'exports.handler = async () => process.env.WORD' }) })
    assert.deepEqual([updated.State, updated.LastUpdateStatus, updated.LastUpdateStatusReasonCode], ['Active', 'InProgress', 'Creating'])
    assert.equal((await lambda.invoke('chat')).answer, null)
    await lambda.call('UpdateFunctionConfiguration', { FunctionName: 'chat', Environment: { Variables: { WORD: 'hello' } } })
    assert.equal((await lambda.invoke('chat')).answer, 'hello')
    assert.equal(lambda.streams().length, 3)
  })

  it('come from S3 as well', async () => {
    const other = await lambdaAlone({ object: zipOf({ 'index.js': 'exports.handler = async () => "from S3"' }) })
    try {
      await other.create('chat', '', { Code: { S3Bucket: 'b', S3Key: 'k' } })
      assert.equal((await other.invoke('chat')).answer, 'from S3')
    } finally {
      await other.stop()
    }
    await assert.rejects(lambda.create('chat', '', { Code: { S3Bucket: 'b', S3Key: 'k' } }), {
      name: 'InvalidParameterValueException', message: 'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    })
  })

  it('are gone after DeleteFunction', async () => {
    await lambda.create('chat', CODE)
    await lambda.call('DeleteFunction', { FunctionName: arn('chat') })

    await assert.rejects(lambda.call('GetFunction', { FunctionName: 'chat' }), { name: 'ResourceNotFoundException', message: `Function not found: ${arn('chat')}`, status: 404 })
    assert.deepEqual((await lambda.call('ListFunctions', {})).Functions, [])
  })

  it('survive a restart, also one in the middle of a creation', async () => {
    await lambda.create('chat', CODE)
    await lambda.cloud.store.flush()
    const again = await lambdaAlone({ root: lambda.root })
    try {
      assert.equal((await again.invoke('chat')).answer, 1)
    } finally {
      await again.stop()
    }
  })

  it('are listed in pages', async () => {
    for (const name of ['c', 'a', 'b']) await lambda.create(name, CODE)
    const first = await lambda.call('ListFunctions', { MaxItems: 2 })
    const second = await lambda.call('ListFunctions', { MaxItems: 2, Marker: first.NextMarker })

    assert.deepEqual([first, second].map(({ Functions }) => Functions!.map(({ FunctionName }) => FunctionName)), [['a', 'b'], ['c']])
    assert.equal(second.NextMarker, undefined)
  })

  it('keep tags, show them, and lose them', async () => {
    await lambda.create('chat', CODE, { Tags: { team: 'red' } })
    await lambda.call('TagResource', { Resource: arn('chat'), Tags: { room: '1' } })
    assert.deepEqual((await lambda.call('GetFunction', { FunctionName: 'chat' })).Tags, { team: 'red', room: '1' })
    await lambda.call('UntagResource', { Resource: arn('chat'), TagKeys: ['team'] })
    assert.deepEqual((await lambda.call('ListTags', { Resource: arn('chat') })).Tags, { room: '1' })
  })

  const refusals = [
    ['an existing name (D4.5)', { FunctionName: 'taken' }, { name: 'ResourceConflictException', status: 409, message: 'Function already exist: taken' }],
    ['a role that Lambda cannot assume (D4.6)', { Role: role.replace('chat', 'untrusted') }, invalid('The role defined for the function cannot be assumed by Lambda.')],
    ['a malformed role (D4.7)', { Role: 'r1' }, {
      name: 'ValidationException', status: 400,
      message: "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    }],
    ['an unknown runtime (D4.8)', { Runtime: 'nodejs99.x' }, invalid(/^Value nodejs99\.x at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[.*\] or be a valid ARN$/)],
    ['a blocked runtime (D4.9)', { Runtime: 'nodejs20.x' }, invalid('The runtime parameter of nodejs20.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.')],
    ['a runtime that only AWS has', { Runtime: 'python3.13' }, { name: 'NotImplemented', message: /^lambda runtime python3\.13 .* is not built into the local AWS/ }],
    ['a damaged zip (D4.10)', { Code: { ZipFile: Buffer.from('no zip') } }, invalid('Could not unzip uploaded file. Please check your file, then try to upload again.')],
    ['too many variables (D4.10)', { Environment: { Variables: { LONG: 'x'.repeat(4096) } } }, invalid(/exceeded the 4KB limit\. String measured: \{"LONG":"x+"\}$/)],
    ['a reserved variable (D4.10)', { Environment: { Variables: { AWS_REGION: 'x', OK: '1' } } }, invalid(/contains reserved keys that are currently not supported for modification\. Reserved keys used in this request: AWS_REGION$/)],
    ['a zip above 50 MB (D4.11)', { Code: { ZipFile: new Uint8Array(52_428_801) } }, { name: 'RequestEntityTooLargeException', status: 413, message: 'Zipped size must be smaller than 52428800 bytes' }],
    ['a timeout above 15 minutes', { Timeout: 901 }, { name: 'ValidationException', message: "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900" }],
    ['layers, which are not built', { Layers: ['arn:aws:lambda:us-east-1:000000000000:layer:x:1'] }, { name: 'NotImplemented' }],
  ] as const
  for (const [what, options, error] of refusals) {
    it(`are not made of ${what}`, async () => {
      await lambda.create('taken', CODE)
      await assert.rejects(lambda.create('other', CODE, options as never), error)
    })
  }

  it('refuse an update while one is under way (D4.4)', async () => {
    await lambda.create('chat', CODE)
    await lambda.invoke('chat')
    await lambda.call('UpdateFunctionConfiguration', { FunctionName: 'chat', Timeout: 4 })

    await assert.rejects(lambda.call('UpdateFunctionConfiguration', { FunctionName: 'chat', Timeout: 5 }), {
      name: 'ResourceConflictException', status: 409, message: `The operation cannot be performed at this time. An update is in progress for resource: ${arn('chat')}`,
    })
  })
})
