import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { functionRole, invoke, makeFunction, zipOf } from './harness/functions.ts'
import { call } from './harness/http.ts'
import { refusal } from './harness/sdk.ts'
import type { World } from './harness/world.ts'

const JAN = '2026-01'
const DOCS = '2026-11'

const echo = (world: World) => world.once('function echo', () => makeFunction(world, 'echo',
  'exports.handler = async (event, context) => { console.log("heard"); if (event.do === "throw") throw new Error("boom"); if (event.do === "nothing") return; return { event, client: context.clientContext, id: context.awsRequestId } }'))

/** A signed Invoke, bytes as they came. */
async function invokeRaw(
  world: World,
  { headers = {}, body = '{}', name, query = '' }: { headers?: Record<string, string>, body?: string, name?: string, query?: string } = {},
) {
  const FunctionName = name ?? (await echo(world)).FunctionName
  return call(
    world, { service: 'lambda' },
    { method: 'POST', path: `/2015-03-31/functions/${encodeURIComponent(FunctionName)}/invocations${query}`, headers, body },
  )
}
const tailOf = (header: string | string[] | undefined) => Buffer.from(String(header), 'base64').toString()

export const lambdaInvoke = section('D1 Invoke', [
  fact('D1.1', 'D', 'POST …/functions/NAME or ARN/invocations with the event as body, a client context and a qualifier',
    'BOTO lambda', DOCS, async (world) => {
    const { FunctionArn } = await echo(world)
    const client = { custom: { a: '1' } }
    const { status, body } = await invokeRaw(
      world,
      {
        name: FunctionArn, query: '?Qualifier=%24LATEST',
        headers: { 'x-amz-client-context': Buffer.from(JSON.stringify(client)).toString('base64') }, body: '{"name":"ada"}',
      },
    )

    assert.equal(status, 200)
    assert.deepEqual([JSON.parse(body).event, JSON.parse(body).client], [{ name: 'ada' }, client])
  }),
  fact('D1.2', 'O', '200 also when the function failed; 202 for Event and 204 for DryRun, both with no body',
    'LS-lambda', JAN, async (world) => {
    const failed = await invokeRaw(world, { body: '{"do":"throw"}' })
    const event = await invokeRaw(world, { headers: { 'x-amz-invocation-type': 'Event' } })
    const dry = await invokeRaw(world, { headers: { 'x-amz-invocation-type': 'DryRun' } })

    assert.deepEqual([failed.status, event.status, event.body, dry.status, dry.body], [200, 202, '', 204, ''])
  }),
  fact('D1.3', 'O', 'a failure has X-Amz-Function-Error: Unhandled', 'CAP-TAIL, LS-lambda', '2026-09-22', async (world) => {
    assert.equal((await invokeRaw(world, { body: '{"do":"throw"}' })).headers['x-amz-function-error'], 'Unhandled')
    assert.equal((await invokeRaw(world)).headers['x-amz-function-error'], undefined)
  }),
  fact('D1.4', 'O', 'X-Amz-Executed-Version is $LATEST on 200, absent on Event answers',
    'CAP-TAIL, LS-lambda', '2026-09-22', async (world) => {
    assert.equal((await invokeRaw(world)).headers['x-amz-executed-version'], '$LATEST')
    assert.equal((await invokeRaw(world, { headers: { 'x-amz-invocation-type': 'Event' } })).headers['x-amz-executed-version'], undefined)
  }),
  fact('D1.5', 'O', 'the tail comes only when asked for, on failures too, and has at most 4,096 bytes',
    'BOTO, CAP-TAIL', '2026-09-22', async (world) => {
    const { FunctionName } = await makeFunction(
      world, 'talker',
      'exports.handler = async () => { for (let i = 0; i < 200; i++) console.log("line " + i + " of a long story that goes on") }',
    )
    const long = Buffer.from(
      String((await invokeRaw(world, { name: FunctionName, headers: { 'x-amz-log-type': 'Tail' } })).headers['x-amz-log-result']), 'base64',
    )

    assert.equal((await invokeRaw(world)).headers['x-amz-log-result'], undefined)
    assert.match(
      tailOf((await invokeRaw(world, { headers: { 'x-amz-log-type': 'Tail' }, body: '{"do":"throw"}' })).headers['x-amz-log-result']),
      /boom/,
    )
    assert.equal(long.length, 4_096)
    assert.match(long.toString(), /line 199 /)
  }),
  fact('D1.6', 'O', 'the answer\'s request id is that of the log lines and of the context', 'LS-lambda', JAN, async (world) => {
    const { headers, body } = await invokeRaw(world, { headers: { 'x-amz-log-type': 'Tail' } })
    const id = String(headers['x-amzn-requestid'])

    assert.equal(JSON.parse(body).id, id)
    assert.match(tailOf(headers['x-amz-log-result']), new RegExp(`START RequestId: ${id} `))
  }),
  fact('D1.7', 'O', 'a handler that returns nothing answers the four bytes null', 'LS-lambda', JAN, async (world) => {
    assert.equal((await invokeRaw(world, { body: '{"do":"nothing"}' })).body, 'null')
  }),
  fact('D1.8', 'O', 'a body that is no JSON: 400 InvalidRequestContentException', 'LS-lambda', JAN, async (world) => {
    const { status, headers, body } = await invokeRaw(world, { body: '{no' })

    assert.deepEqual([status, headers['x-amzn-errortype']], [400, 'InvalidRequestContentException'])
    assert.match(
      JSON.parse(body).message ?? JSON.parse(body).Message, /^Could not parse request body into json: Could not parse payload into json: /,
    )
  }),
  fact('D1.9', 'O', 'an unknown function: 404, with :$LATEST in Invoke and without it elsewhere; the body has Type and Message',
    'LS-lambda', JAN, async (world) => {
    const arn = `arn:aws:lambda:${world.cloud.region}:${world.cloud.account}:function:absent`
    const { status, headers, body } = await invokeRaw(world, { name: 'absent' })

    assert.deepEqual([status, headers['x-amzn-errortype']], [404, 'ResourceNotFoundException'])
    assert.deepEqual(JSON.parse(body), { Type: 'User', Message: `Function not found: ${arn}:$LATEST` })
    assert.equal((await refusal(world.aws.lambda.getFunction({ FunctionName: 'absent' }))).message, `Function not found: ${arn}`)
    assert.equal(
      (await refusal(world.aws.lambda.getFunctionConfiguration({ FunctionName: 'absent' }))).message, `Function not found: ${arn}`,
    )
  }),
  fact('D1.10', 'O', 'the text is under Message for ResourceNotFound, under message for the others; all have the header',
    'LS-lambda', JAN, async (world) => {
    const { Arn: Role } = await functionRole(world)
    const create = async (input: object) => {
      const { headers, body } = await call(
        world, { service: 'lambda' },
        {
          method: 'POST', path: '/2015-03-31/functions',
          body: JSON.stringify({
            FunctionName: world.name('bad'), Role, Handler: 'a.b', Runtime: 'nodejs22.x', Code: { ZipFile: 'eA==' }, ...input
          }),
          headers: { 'content-type': 'application/json' },
        },
      )
      return [headers['x-amzn-errortype'], Object.keys(JSON.parse(body)).toSorted()]
    }
    const { FunctionName } = await echo(world)

    assert.deepEqual(await create({ Runtime: 'nodejs14.x' }), ['InvalidParameterValueException', ['Type', 'message']])
    assert.deepEqual(
      await create({ FunctionName, Code: { ZipFile: Buffer.from(zipOf({ 'a.js': '' })).toString('base64') } }),
      ['ResourceConflictException', ['Type', 'message']],
    )
    assert.deepEqual(await create({ Role: 'r1' }), ['ValidationException', ['message']])
  }),
  fact('D1.11', 'D', 'more than 6 MB synchronously, or 1 MB asynchronously: 413 RequestEntityTooLargeException',
    'LDG/gettingstarted-limits.html, WILD', DOCS, async (world) => {
    const { FunctionName } = await echo(world)
    const Payload = Buffer.from(JSON.stringify('x'.repeat(6_291_455)))
    const { name, message, status } = await refusal(world.aws.lambda.invoke({ FunctionName, Payload }))
    const { status: asynchronous } = await refusal(world.aws.lambda.invoke({
      FunctionName, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify('x'.repeat(1_048_576))),
    }))

    assert.deepEqual(
      [status, name, message],
      [413, 'RequestEntityTooLargeException', 'Request must be smaller than 6291456 bytes for the InvokeFunction operation'],
    )
    assert.equal(asynchronous, 413)
  }),
  fact('D1.12', 'O', 'a response that is too big is a 200 with a function error', 'LS-lambda', JAN, async (world) => {
    const { FunctionName } = await makeFunction(world, 'too-big', 'exports.handler = async () => "x".repeat(6_291_560)')

    assert.equal((await invoke(world, FunctionName)).failed, 'Unhandled')
  }),
])
