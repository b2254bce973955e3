import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { invoke, isActive, makeFunction } from './harness/functions.ts'
import { refusal } from './harness/sdk.ts'
import type { World } from './harness/world.ts'

const JAN = '2026-01'
const DOCS = '2026-11'

/** How long an invocation takes is up to the event; so is what else it does. */
const counter = (world: World, what: string) => makeFunction(world, what, `
  let count = 0
  exports.handler = async ({ do: wish, ms = 0 }, { logStreamName }) => {
    count++
    if (wish === 'throw') throw new Error()
    if (wish === 'exit') process.exit(1)
    await new Promise((resolve) => { setTimeout(resolve, ms) })
    return { count, logStreamName }
  }`, { Timeout: 1 })
const counted = async (
  world: World, FunctionName: string, event: object = {},
) => JSON.parse((await invoke(world, FunctionName, event)).text)

export const lambdaEnvironments = section('D4 environments', [
  fact('D4', 'O', 'a handler sees the variables of AWS, and a context with these members', 'LS-lambda', JAN, async (world) => {
    const { FunctionName, FunctionArn } = await makeFunction(
      world, 'seen',
      'exports.handler = async (event, context) => ({ env: process.env, context, remaining: context.getRemainingTimeInMillis() })',
      { Runtime: 'nodejs24.x' },
    )
    const { env, context, remaining } = JSON.parse((await invoke(world, FunctionName)).text)

    for (const name of [
      'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', '_X_AMZN_TRACE_ID', 'LAMBDA_TASK_ROOT', 'PATH', 'LD_LIBRARY_PATH',
      'NODE_PATH',
    ]) assert.ok(name in env, name)
    const {
      AWS_REGION, AWS_DEFAULT_REGION, AWS_EXECUTION_ENV, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_VERSION,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE, AWS_LAMBDA_INITIALIZATION_TYPE, AWS_LAMBDA_LOG_GROUP_NAME, _HANDLER, LANG, TZ, LAMBDA_RUNTIME_DIR,
    } = env
    assert.deepEqual(
      [
        AWS_REGION, AWS_DEFAULT_REGION, AWS_EXECUTION_ENV, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_VERSION,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE, AWS_LAMBDA_INITIALIZATION_TYPE, AWS_LAMBDA_LOG_GROUP_NAME, _HANDLER, LANG, TZ, LAMBDA_RUNTIME_DIR,
      ],
      [
        world.cloud.region, world.cloud.region, 'AWS_Lambda_nodejs24.x', FunctionName, '$LATEST', '128', 'on-demand',
        `/aws/lambda/${FunctionName}`, 'index.handler', 'en_US.UTF-8', ':UTC', '/var/runtime',
      ])
    assert.equal(env.AWS_ENDPOINT_URL, undefined)
    assert.deepEqual(
      [context.functionName, context.functionVersion, context.invokedFunctionArn, context.memoryLimitInMB, context.logGroupName],
      [FunctionName, '$LATEST', FunctionArn, '128', `/aws/lambda/${FunctionName}`])
    assert.ok(remaining > 0 && remaining <= 3_000)
  }),
  fact('D4.18', 'D', 'an environment has one invocation at a time: two at once are two environments',
    'LDG/lambda-concurrency.html', DOCS, async (world) => {
    const { FunctionName } = await counter(world, 'two-at-once')
    const [one, other] = await Promise.all([counted(world, FunctionName, { ms: 600 }), counted(world, FunctionName, { ms: 600 })])

    assert.deepEqual([one.count, other.count], [1, 1])
    assert.notEqual(one.logStreamName, other.logStreamName)
  }),
  fact('D4.19', 'O', 'beyond the reserved concurrency: 429 TooManyRequestsException with the reason', 'LS-lambda', JAN, async (world) => {
    const { FunctionName } = await counter(world, 'reserved-none')
    await world.aws.lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: 0 })
    const { status, name, message, error } = await refusal(world.aws.lambda.invoke({ FunctionName, Payload: Buffer.from('{}') }))

    assert.deepEqual(
      [status, name, message, error.Reason, error.Type],
      [429, 'TooManyRequestsException', 'Rate Exceeded.', 'ReservedFunctionConcurrentInvocationLimitExceeded', 'User'],
    )
  }),
  fact('D4.20', 'O', 'after a timeout the process is another, the log stream the same; its REPORT has no Init Duration',
    'LS-lambda 2024, CAP-TAIL', '2026-09-22', async (world) => {
    const { FunctionName } = await counter(world, 'after-timeout')
    const before = await counted(world, FunctionName)
    await invoke(world, FunctionName, { ms: 5_000 })
    const { text, tail } = await invoke(world, FunctionName)

    assert.deepEqual(JSON.parse(text), { count: 1, logStreamName: before.logStreamName })
    assert.doesNotMatch(tail, /Init Duration/)
  }),
  fact('D4.21', 'O', 'after an ordinary error the environment and its module state are kept', 'CAP-TAIL', '2026-09-22', async (world) => {
    const { FunctionName } = await counter(world, 'after-error')
    await counted(world, FunctionName)
    await invoke(world, FunctionName, { do: 'throw' })

    assert.equal((await counted(world, FunctionName)).count, 3)
  }),
  fact('D4.22', 'D', 'timers freeze with the environment and go on with the next invocation',
    'LDG/lambda-runtime-environment.html', DOCS, async (world) => {
    const { FunctionName } = await makeFunction(world, 'frozen', `
      let set, rang
      exports.handler = async ({ do: wish }) => {
        if (wish === 'set') setTimeout(() => { rang = Date.now() }, 300, set = Date.now())
        else await new Promise((resolve) => { setTimeout(resolve, 600) })
        return { after: rang - set }
      }`)
    await invoke(world, FunctionName, { do: 'set' })
    await new Promise((resolve) => { setTimeout(resolve, 1_000) })
    const { after } = JSON.parse((await invoke(world, FunctionName)).text)

    assert.ok(after >= 900, `the timer of 300 ms rang after ${after} ms`)
  }),
  fact('D4.23', 'O', 'environments, and so log streams, change with every update', 'WILD', DOCS, async (world) => {
    const { FunctionName } = await counter(world, 'renewed')
    const before = await counted(world, FunctionName)
    await world.aws.lambda.updateFunctionConfiguration({ FunctionName, Description: 'changed' })
    await isActive(world, FunctionName)
    const after = await counted(world, FunctionName)

    assert.equal(after.count, 1)
    assert.notEqual(after.logStreamName, before.logStreamName)
  }),
])
