import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { lambdaAlone, type LambdaAlone } from './testing.ts'

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`
const missing = (message: string) => ({ name: 'ResourceNotFoundException', status: 404, message, fields: { Type: 'User' } })
const large = (bytes: number) => ({ name: 'RequestEntityTooLargeException', status: 413, message: `Request must be smaller than ${bytes} bytes for the InvokeFunction operation` })

describe('Invoke', () => {
  let lambda: LambdaAlone
  before(async () => {
    lambda = await lambdaAlone()
    await lambda.create('echo', 'exports.handler = async (event, { getRemainingTimeInMillis, ...context }) => ({ event, context, left: getRemainingTimeInMillis() })')
    await lambda.create('fails', 'exports.handler = async () => { throw new Error("no") }')
    await lambda.create('env', 'exports.handler = async () => process.env', { Environment: { Variables: { TABLE_NAME: 'WebsocketConnection' } } })
  })
  after(() => lambda.stop())
  const invoke = (input: Omit<Parameters<typeof lambda.call<'Invoke'>>[1], 'FunctionName'> & { FunctionName?: string }) => lambda.call('Invoke', { FunctionName: 'echo', ...input })

  it('answers 200 with the executed version, also when the function failed (D1.2 to D1.4)', async () => {
    const [good, bad] = [await invoke({}), await invoke({ FunctionName: 'fails' })]

    assert.deepEqual([good.StatusCode, good.ExecutedVersion, good.FunctionError, good.LogResult], [200, '$LATEST', undefined, undefined])
    assert.deepEqual([bad.StatusCode, bad.ExecutedVersion, bad.FunctionError], [200, '$LATEST', 'Unhandled'])
  })

  it('gives the function its context (D4)', async () => {
    const ClientContext = Buffer.from('{"custom":{"a":"b"}}').toString('base64')
    const { event, context, left } = JSON.parse(Buffer.from((await invoke({ Payload: Buffer.from('{"a":1}'), ClientContext })).Payload!).toString())

    assert.deepEqual(event, { a: 1 })
    assert.ok(left > 0 && left <= 3000)
    assert.match(context.awsRequestId, /^[0-9a-f-]{36}$/)
    assert.match(context.logStreamName, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
    assert.deepEqual(
      [context.functionName, context.functionVersion, context.invokedFunctionArn, context.memoryLimitInMB, context.logGroupName, context.clientContext],
      ['echo', '$LATEST', arn('echo'), '128', '/aws/lambda/echo', { custom: { a: 'b' } }],
    )
  })

  it('gives the function the environment of AWS and nothing of this machine (D4)', async () => {
    const { answer } = await lambda.invoke('env')

    assert.deepEqual(Object.keys(answer).toSorted(), [
      'AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_VERSION',
      'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_LAMBDA_RUNTIME_API', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN', 'AWS_XRAY_CONTEXT_MISSING', 'AWS_XRAY_DAEMON_ADDRESS', 'LAMBDA_RUNTIME_DIR', 'LAMBDA_TASK_ROOT', 'LANG', 'LD_LIBRARY_PATH', 'NODE_PATH', 'PATH', 'PWD',
      'SHLVL', 'TABLE_NAME', 'TZ', '_AWS_XRAY_DAEMON_ADDRESS', '_AWS_XRAY_DAEMON_PORT', '_HANDLER', '_X_AMZN_TRACE_ID',
    ])
    assert.equal(answer.TABLE_NAME, 'WebsocketConnection')
    assert.equal(answer.AWS_EXECUTION_ENV, 'AWS_Lambda_nodejs22.x')
    assert.match(answer.AWS_ACCESS_KEY_ID, /^ASIA/)
    assert.match(answer._X_AMZN_TRACE_ID, /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/)
  })

  it('takes a name, an ARN and $LATEST', async () => {
    for (const FunctionName of ['echo', 'echo:$LATEST', arn('echo'), `${arn('echo')}:$LATEST`, '000000000000:function:echo'])
      assert.equal((await invoke({ FunctionName, InvocationType: 'DryRun' })).StatusCode, 204)
  })

  it('answers 404 for what is not there (D1.9)', async () => {
    await assert.rejects(invoke({ FunctionName: 'nobody' }), missing(`Function not found: ${arn('nobody')}:$LATEST`))
    await assert.rejects(invoke({ Qualifier: '7' }), missing(`Function not found: ${arn('echo')}:7`))
    await assert.rejects(invoke({ FunctionName: arn('echo').replace('us-east-1', 'eu-west-1') }), missing(`Function not found: ${arn('echo').replace('us-east-1', 'eu-west-1')}:$LATEST`))
  })

  it('refuses what is not JSON or too large (D1.8, D1.11)', async () => {
    await assert.rejects(invoke({ Payload: Buffer.from('{oops') }), { name: 'InvalidRequestContentException', status: 400, message: /^Could not parse request body into json: Could not parse payload into json: / })
    await assert.rejects(invoke({ Payload: Buffer.alloc(6_291_457, 32) }), large(6_291_456))
    await assert.rejects(invoke({ InvocationType: 'Event', Payload: Buffer.alloc(1_048_577, 32) }), large(1_048_576))
  })

  it('carries payloads of six megabytes', async () => {
    const event = 'x'.repeat(5_900_000)
    await lambda.create('large', 'exports.handler = async (event) => event', { Timeout: 10 })
    assert.equal((await lambda.invoke('large', event)).answer, event)
  })

  it('answers an Event at once and runs it afterwards (D1.2)', async () => {
    const ran = new Promise<string>((resolve) => {
      const off = lambda.cloud.events.on((event) => {
        if (event.kind !== 'invocation') return
        off()
        resolve(event.functionName)
      })
    })

    const answer = await invoke({ InvocationType: 'Event' })

    assert.deepEqual(answer, { StatusCode: 202 })
    assert.equal(await ran, 'echo')
  })
})
