import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { CreateFunctionCommandInput } from '@aws-sdk/client-lambda'
import { fact, section, unanswered } from './fact.ts'
import { functionRole, invoke, isActive, makeFunction, zipOf } from './harness/functions.ts'
import { makeRole } from './harness/roles.ts'
import { refused } from './harness/sdk.ts'
import type { World } from './harness/world.ts'

const JAN = '2026-01'
const DOCS = '2026-11'
const CODE = 'exports.handler = async () => 1'
const ZIP = zipOf({ 'index.js': CODE })

/** Creates a function that is expected to be refused, or whose answer is looked at. */
async function create(world: World, what: string, more: Partial<CreateFunctionCommandInput> = {}) {
  const { Arn: Role } = await functionRole(world)
  const FunctionName = world.name(what)
  return world.aws.lambda.createFunction({
    FunctionName, Role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: ZIP }, ...more
  })
}
const blocked = (runtime: string) => `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`

export const lambdaFunctions = section('D4 functions', [
  fact('D4.1', 'O', 'CreateFunction answers Pending, without LastUpdateStatus; then it is Active and Successful, without reasons',
    'LS-lambda', JAN, async (world) => {
    const made = await create(world, 'states')
    const FunctionName = made.FunctionName!
    world.removeLater('a function', () => world.aws.lambda.deleteFunction({ FunctionName }))
    await isActive(world, FunctionName)
    const active = await world.aws.lambda.getFunctionConfiguration({ FunctionName })

    assert.deepEqual(
      [made.$metadata.httpStatusCode, made.State, made.StateReason, made.StateReasonCode, made.LastUpdateStatus],
      [201, 'Pending', 'The function is being created.', 'Creating', undefined],
    )
    assert.deepEqual(
      [active.State, active.StateReason, active.StateReasonCode, active.LastUpdateStatus], ['Active', undefined, undefined, 'Successful'],
    )
  }),
  fact('D4.2', 'O', 'an update answers InProgress while the State stays Active; each transition changes RevisionId',
    'LS-lambda', JAN, async (world) => {
    const { FunctionName } = await makeFunction(world, 'updated', CODE)
    const before = await world.aws.lambda.getFunctionConfiguration({ FunctionName })
    const updated = await world.aws.lambda.updateFunctionConfiguration({ FunctionName, Timeout: 5 })
    await isActive(world, FunctionName)
    const after = await world.aws.lambda.getFunctionConfiguration({ FunctionName })

    assert.deepEqual(
      [updated.State, updated.LastUpdateStatus, updated.LastUpdateStatusReason, updated.LastUpdateStatusReasonCode],
      ['Active', 'InProgress', 'The function is being created.', 'Creating'],
    )
    assert.equal(new Set([before.RevisionId, updated.RevisionId, after.RevisionId]).size, 3)
  }),
  fact('D4.3', 'D', 'an invocation while the function is Pending waits, or is refused with 409',
    'LDG/functions-states.html, WILD', DOCS, async (world) => {
    const { FunctionName } = await create(world, 'pending')
    world.removeLater('a function', () => world.aws.lambda.deleteFunction({ FunctionName }))
    const answer = await invoke(world, FunctionName!).then(({ text }) => text, (error: Error) => error.message)

    assert.match(answer, /^1$|^The operation cannot be performed at this time\. The function is currently in the following state: Pending$/)
  }),
  fact('D4.4', 'O', 'an update while another runs: 409', 'LS-lambda', JAN, async (world) => {
    const { FunctionName, FunctionArn } = await makeFunction(world, 'busy', CODE)
    // An update takes seconds there and a moment here, so several are sent at once.
    const error = await world.eventually('one update meets another', async () => {
      const updates = [1, 2, 3, 4].map((Timeout) => world.aws.lambda.updateFunctionConfiguration({ FunctionName, Timeout }))
      const refusals = (await Promise.allSettled(updates)).filter((result): result is PromiseRejectedResult => result.status === 'rejected')
      return refusals[0]?.reason
    })

    assert.deepEqual(
      [error.$metadata.httpStatusCode, error.name, error.message],
      [
        409, 'ResourceConflictException',
        `The operation cannot be performed at this time. An update is in progress for resource: ${FunctionArn}`,
      ],
    )
  }),
  fact('D4.5', 'O', 'a name that is taken: Function already exist: FN', 'WILD', DOCS, async (world) => {
    const { FunctionName } = await makeFunction(world, 'taken', CODE)

    assert.deepEqual(await refused(create(world, 'taken')), [409, 'ResourceConflictException', `Function already exist: ${FunctionName}`])
  }),
  fact('D4.6', 'O', 'a role that Lambda may not assume', 'WILD, A14', DOCS, async (world) => {
    const { Arn: Role } = await makeRole(world, 'not-lambda', [], { Service: 'ec2.amazonaws.com' })

    assert.deepEqual(
      await refused(create(world, 'unassumable', { Role })),
      [400, 'InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.'],
    )
  }),
  fact('D4.7', 'O', 'a role ARN that is none', 'LS-lambda', JAN, async (world) => {
    assert.deepEqual(
      await refused(create(world, 'no-role', { Role: 'r1' })),
      [
        400, 'ValidationException',
        '1 validation error detected: Value \'r1\' at \'role\' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
      ],
    )
  }),
  fact('D4.8', 'O', 'an unknown runtime', 'LS-lambda', JAN, async (world) => {
    const [status, name, message] = await refused(create(world, 'unknown-runtime', { Runtime: 'cobol1.x' as never }))

    assert.deepEqual([status, name], [400, 'InvalidParameterValueException'])
    assert.match(
      String(message),
      /^Value cobol1\.x at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[.*nodejs22\.x.*\] or be a valid ARN$/,
    )
  }),
  fact('D4.9', 'O', 'a blocked runtime', 'LS-lambda', JAN, async (world) => {
    assert.deepEqual(
      await refused(create(world, 'blocked', { Runtime: 'nodejs14.x' })), [400, 'InvalidParameterValueException', blocked('nodejs14.x')],
    )
  }),
  fact('D4.10', 'O', 'a package that is no zip, a variable that is reserved, variables of more than 4 KB',
    'LS-lambda, WILD', JAN, async (world) => {
    const invalid = (message: string) => [400, 'InvalidParameterValueException', message]
    const Variables = { LONG: 'x'.repeat(4_200) }
    const failed = 'Lambda was unable to configure your environment variables because the environment variables you have provided'

    assert.deepEqual(
      await refused(create(world, 'no-zip', { Code: { ZipFile: Buffer.from('not a zip') } })),
      invalid('Could not unzip uploaded file. Please check your file, then try to upload again.'),
    )
    assert.deepEqual(
      await refused(create(world, 'reserved', { Environment: { Variables: { AWS_REGION: 'x' } } })),
      invalid(`${failed} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION`),
    )
    assert.deepEqual(
      await refused(create(world, 'long', { Environment: { Variables } })),
      invalid(`${failed} exceeded the 4KB limit. String measured: ${JSON.stringify(Variables)}`),
    )
  }),
  fact('D4.11', 'O', 'a zip of more than 50 MB: 413', 'LS-lambda', JAN, async (world) => {
    assert.deepEqual(
      await refused(create(world, 'heavy', { Code: { ZipFile: Buffer.alloc(52_428_801) } })),
      [413, 'RequestEntityTooLargeException', 'Zipped size must be smaller than 52428800 bytes'],
    )
  }),
  fact('D4.12', 'D', 'CodeSha256 is the base64 SHA-256 of the zip as uploaded, CodeSize its size', 'BOTO', DOCS, async (world) => {
    const { FunctionName } = await makeFunction(world, 'hashed', CODE)
    const { CodeSha256, CodeSize } = await world.aws.lambda.updateFunctionCode({ FunctionName, ZipFile: ZIP })

    assert.deepEqual([CodeSha256, CodeSize], [createHash('sha256').update(ZIP).digest('base64'), ZIP.length])
  }),
  fact('D4', 'O', 'GetFunctionConfiguration has exactly these members for a plain function', 'LS-lambda', JAN, async (world) => {
    const { FunctionName, FunctionArn } = await makeFunction(world, 'plain', CODE)
    const {
      $metadata: _, Role, CodeSize, CodeSha256, LastModified, RevisionId, RuntimeVersionConfig, ...rest
    } = await world.aws.lambda.getFunctionConfiguration({ FunctionName })

    assert.ok(Role && CodeSize && CodeSha256 && RevisionId)
    assert.match(LastModified!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/)
    assert.match(RuntimeVersionConfig!.RuntimeVersionArn!, /^arn:aws:lambda:[\w-]+::runtime:[0-9a-f]{64}$/)
    assert.deepEqual(rest, {
      FunctionName, FunctionArn, Runtime: 'nodejs22.x', Handler: 'index.handler', Description: '', Timeout: 3, MemorySize: 128,
      Version: '$LATEST', TracingConfig: { Mode: 'PassThrough' },
      State: 'Active', LastUpdateStatus: 'Successful', PackageType: 'Zip', Architectures: ['x86_64'], EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}` },
    })
  }),
  fact('D4', 'O', 'GetFunction adds where the package can be fetched from, without keys', 'LS-lambda', JAN, async (world) => {
    const { FunctionName } = await makeFunction(world, 'fetched', CODE)
    const { Code, Configuration } = await world.aws.lambda.getFunction({ FunctionName })
    const bytes = new Uint8Array(await (await fetch(Code!.Location!)).arrayBuffer())

    assert.equal(Code!.RepositoryType, 'S3')
    assert.equal(createHash('sha256').update(bytes).digest('base64'), Configuration!.CodeSha256)
  }),
  fact('D4.13', 'D', 'nodejs18.x can no longer be created',
    'LDG/lambda-runtimes.html', DOCS, async (world) => { assert.equal(
      (await refused(create(world, 'node-18', { Runtime: 'nodejs18.x' })))[2], blocked('nodejs18.x'),
    ) }),
  fact('D4.14', 'D', 'nor can nodejs20.x since 31 Aug 2026',
    'LDG/lambda-runtimes.html', DOCS, async (world) => { assert.equal(
      (await refused(create(world, 'node-20', { Runtime: 'nodejs20.x' })))[2], blocked('nodejs20.x'),
    ) }),
  fact('D4.15', 'D', 'nodejs22.x can be created until 1 Jun 2027',
    'LDG/lambda-runtimes.html', DOCS, async (world) => { assert.equal(
      (await invoke(world, (await makeFunction(world, 'node-22', CODE)).FunctionName)).text, '1',
    ) }),
  fact('D4.16', 'D', 'nodejs24.x can be created until 1 Jun 2028',
    'LDG/lambda-runtimes.html', DOCS, async (world) => { assert.equal(
      (await invoke(world, (await makeFunction(world, 'node-24', CODE, { Runtime: 'nodejs24.x' })).FunctionName)).text, '1',
    ) }),
  unanswered('D4.17', 'U', 'nodejs26.x is a runtime of AWS',
    'second hand', DOCS, 'it is refused as not built; functions run on this machine\'s Node under the rules of 22 and 24'),

])
