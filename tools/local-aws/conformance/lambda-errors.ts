import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { fact, section, type Fact, type Mark } from './fact.ts'
import { invoke, makeFunction } from './harness/functions.ts'
import type { World } from './harness/world.ts'

const RIC = 'aws-lambda-ric 3.3.0 (22) and 4.0.2 (24) against a stub'
const WHEN = '2026-11'
const RUNTIMES = { on22: 'nodejs22.x', on24: 'nodejs24.x' } as const

/** The payload exactly, or how it begins where a trace follows, or a pattern where it names the request. */
type Expected = string | { begins: string } | RegExp
type Payloads = { both?: Expected, on22?: Expected, on24?: Expected }
type Cause = { code: string | Record<string, string>, handler?: string, timeout?: number, memory?: number, event?: object }

/** What a function of each runtime answers to this cause. */
function payload(
  id: string, mark: Mark, says: string, source: string, date: string,
  { code, handler = 'index.handler', timeout = 10, memory = 128, event = {} }: Cause, expected: Payloads,
): Fact {
  const number = createHash('sha256').update(JSON.stringify([code, handler])).digest('hex').slice(0, 8)
  return fact(id, mark, says, source, date, async (world) => {
    for (const [key, Runtime] of Object.entries(RUNTIMES) as [keyof typeof RUNTIMES, string][]) {
      const wanted = expected[key] ?? expected.both
      if (wanted === undefined) continue
      const { FunctionName } = await makeFunction(
        world, `d2-${number}-${Runtime.slice(6, 8)}`, code,
        { Runtime: Runtime as 'nodejs22.x', Handler: handler, Timeout: timeout, MemorySize: memory },
      )
      const { text, failed } = await invoke(world, FunctionName, event)

      if (typeof wanted === 'string') assert.equal(text, wanted, Runtime)
      else if (wanted instanceof RegExp) assert.match(text, wanted, Runtime)
      else assert.equal(text.slice(0, wanted.begins.length), wanted.begins, Runtime)
      assert.equal(failed, /^\{"error(Type|Message)"/.test(text) ? 'Unhandled' : undefined, Runtime)
    }
  })
}

const begins = (text: string) => ({ begins: text })
const exited = (why: string) => new RegExp(`^\\{"errorType":"Runtime\\.ExitError","errorMessage":"RequestId: [0-9a-f-]{36} Error: Runtime exited ${why}"\\}$`)
const FAILED_1 = exited('with error: exit status 1')
const DEPRECATED = 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.'
const NO_CALLBACKS = begins(`{"errorType":"Runtime.CallbackHandlerDeprecated","errorMessage":"${DEPRECATED}","trace":[`)

export const lambdaErrors = section('D2 errors of functions', [
  payload('D2.1', 'O', 'throw new Error, in an async handler or not',
    'CAP-TAIL', '2026-09-22', { code: 'exports.handler = async () => { throw new Error("boom") }' },
    { both: begins('{"errorType":"Error","errorMessage":"boom","trace":["Error: boom","    at ') }),
  payload('D2.1', 'M', 'and in one that is not async',
    RIC, WHEN, { code: 'exports.handler = () => { throw new Error("boom") }' },
    { both: begins('{"errorType":"Error","errorMessage":"boom","trace":["Error: boom","    at ') }),
  fact('D2.2', 'M', 'errorType is the error\'s name; extra fields reach only the log', RIC, WHEN, async (world) => {
    const { FunctionName } = await makeFunction(
      world, 'named-error', 'exports.handler = async () => { throw Object.assign(new Error("m"), { name: "MyErr", extra: 7 }) }',
    )
    const { text, tail } = await invoke(world, FunctionName)

    assert.match(text, /^\{"errorType":"MyErr","errorMessage":"m","trace":\[/)
    assert.doesNotMatch(text, /extra/)
    assert.match(tail, /"extra":7/)
  }),
  payload('D2.3', 'M', 'throw a text',
    RIC, WHEN, { code: 'exports.handler = async () => { throw "plain text" }' },
    { both: '{"errorType":"string","errorMessage":"plain text","trace":[]}' }),
  payload('D2.3', 'M', 'throw an object',
    RIC, WHEN, { code: 'exports.handler = async () => { throw { a: 1 } }' },
    { both: '{"errorType":"object","errorMessage":"[object Object]","trace":[]}' }),
  payload('D2.4', 'M', 'throw undefined',
    RIC, WHEN, { code: 'exports.handler = async () => { throw undefined }' }, {
      on22: '{"errorType":"string","errorMessage":"handled","trace":[]}',
      on24: '{"errorType":"undefined","errorMessage":"undefined","trace":[]}',
    }),
  fact('D2.5', 'O', 'an error of the SDK keeps its name', 'WILD', WHEN, async (world) => {
    const code = 'const { DynamoDBClient, ScanCommand } = require("@aws-sdk/client-dynamodb"); exports.handler = () => new DynamoDBClient().send(new ScanCommand({ TableName: "absent" }))'
    const { FunctionName } = await makeFunction(world, 'sdk-error', code)

    assert.match((await invoke(world, FunctionName)).text, /^\{"errorType":"AccessDeniedException","errorMessage":"User: /)
  }),
  payload('D2.6', 'M', 'a promise rejected without a handler while the invocation runs',
    RIC, WHEN,
    { code: 'exports.handler = async () => { Promise.reject(new Error("later")); await new Promise((resolve) => setTimeout(resolve, 800)) }' },
    {
    on22: begins('{"errorType":"Runtime.UnhandledPromiseRejection","errorMessage":"Error: later","trace":["Runtime.UnhandledPromiseRejection: Error: later","    at '),
    on24: FAILED_1,
  }),
  payload('D2.7', 'M', 'a timer that throws',
    RIC, WHEN, { code: 'exports.handler = () => new Promise(() => { setTimeout(() => { throw new TypeError("tick") }, 20) })' }, {
    on22: begins('{"errorType":"TypeError","errorMessage":"tick","trace":["TypeError: tick","    at '), on24: FAILED_1,
  }),
  payload('D2.8', 'M', 'a floating rejection after the return: on 22 the answer goes out first, on 24 the call fails',
    RIC, WHEN, { code: 'exports.handler = async () => { Promise.reject(new Error("float")); return "good" }' },
    { on22: '"good"', on24: FAILED_1 }),
  payload('D2.9', 'M', 'waiting for what never comes, with nothing else to do: null on 22, an exit on 24',
    RIC, WHEN, { code: 'exports.handler = async () => { await new Promise(() => {}) }' }, {
      on22: 'null', on24: exited('without providing a reason'),
    }),
  payload('D2.10', 'M', 'the value that a handler returns without a promise: ignored on 22',
    RIC, WHEN, { code: 'exports.handler = () => ({ statusCode: 200 })' }, { on22: 'null', on24: '{"statusCode":200}' }),
  payload('D2.11', 'M', 'a callback: works on 22, refused on 24',
    RIC, WHEN, { code: 'exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { called: true }), 20) }' },
    { on22: '{"called":true}', on24: NO_CALLBACKS }),
  payload('D2.12', 'M', 'three parameters, even if async and unused: an init error on 24',
    RIC, WHEN, { code: 'exports.handler = async (event, context, callback) => 1' }, { on22: '1', on24: NO_CALLBACKS }),
  payload('D2.13', 'M', 'context.succeed: gone on 24',
    RIC, WHEN, { code: 'exports.handler = async (event, context) => { context.succeed("done") }' }, {
      on22: '"done"', on24: begins('{"errorType":"TypeError","errorMessage":"context.succeed is not a function","trace":['),
    }),
  payload('D2.14', 'O', 'a timeout has no trace',
    'CAP-TAIL, LS-lambda', '2026-09-22', {
      code: 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 60_000))', timeout: 1,
    }, {
    both: /^\{"errorType":"Sandbox\.Timedout","errorMessage":"RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds"\}$/,
  }),
  payload('D2.15', 'O', 'process.exit(0)',
    'LS-lambda', '2026-01', { code: 'exports.handler = async () => process.exit(0)' }, { both: exited('without providing a reason') }),
  payload('D2.16', 'O', 'process.exit(1)',
    'LS-lambda, WILD', '2026-01', { code: 'exports.handler = async () => process.exit(1)' }, { both: FAILED_1 }),
  payload('D2.16', 'O', 'and another code',
    'LS-lambda', '2026-01', { code: 'exports.handler = async () => process.exit(127)' }, { both: exited('with error: exit status 127') }),
  payload('D2.17', 'O', 'killed from outside',
    'WILD', WHEN,
    { code: 'exports.handler = async () => { process.kill(process.pid, "SIGKILL"); await new Promise((resolve) => setTimeout(resolve, 5_000)) }' },
    { both: exited('with error: signal: killed') }),
  payload('D2.17', 'O', 'out of memory: V8\'s own limit comes first',
    'WILD', WHEN, {
      code: 'exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)) }', timeout: 60,
    }, { on22: exited('with error: signal: (killed|aborted)') }),
  payload('D2.18', 'M', 'a module that is missing', RIC, WHEN, { code: 'require("aws-sdk"); exports.handler = async () => 1' }, {
    on22: begins('{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module \'aws-sdk\'\\nRequire stack:\\n- /var/task/index.js\\n- /var/runtime/index.mjs","trace":["Runtime.ImportModuleError: Error: Cannot find module \'aws-sdk\'","Require stack:","- /var/task/index.js","- /var/runtime/index.mjs","    at '),
    on24: begins('{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module \'aws-sdk\'\\nRequire stack:\\n- /var/task/index.js","trace":["Runtime.ImportModuleError: Error: Cannot find module \'aws-sdk\'","Require stack:","- /var/task/index.js","    at '),
  }),
  payload('D2.19', 'M', 'a handler file that is missing',
    RIC, WHEN, {
      code: { 'other.js': '' }, handler: 'app.handler',
    }, { on22: begins('{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module \'app\'\\nRequire stack:\\n- /var/runtime/index.mjs","trace":[') }),
  payload(
    'D2.20', 'M', 'a package that an .mjs imports in vain', RIC, WHEN,
    { code: { 'index.mjs': 'import x from "aws-sdk"\nexport const handler = async () => x' } },
    { both: begins('{"errorType":"Error","errorMessage":"Cannot find package \'aws-sdk\' imported from /var/task/index.mjs","trace":[') },
  ),
  payload(
    'D2.20', 'M', 'an import without its extension', RIC, WHEN,
    { code: { 'index.mjs': 'import "./lib"\nexport const handler = async () => 1', 'lib.mjs': '' } },
    { both: begins('{"errorType":"Error","errorMessage":"Cannot find module \'/var/task/lib\' imported from /var/task/index.mjs') },
  ),
  payload('D2.21', 'M', 'exports in an .mjs',
    RIC, WHEN, { code: { 'index.mjs': 'exports.handler = async () => 1' } },
    { both: begins('{"errorType":"ReferenceError","errorMessage":"exports is not defined in ES module scope') }),
  payload(
    'D2.21', 'M', 'require in an .mjs', RIC, WHEN, { code: { 'index.mjs': 'require("fs"); export const handler = async () => 1' } },
    { both: begins('{"errorType":"ReferenceError","errorMessage":"require is not defined in ES module scope, you can use import instead') },
  ),
  payload('D2.22', 'M', 'export in a plain .js works', RIC, WHEN, { code: 'export const handler = async () => "esm"' }, { both: '"esm"' }),
  payload('D2.23', 'M', 'a syntax error', RIC, WHEN, { code: 'exports.handler = async () => { return } }' }, {
    on22: begins('{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: Unexpected token \'}\'","trace":["Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token \'}\'","    at '),
    on24: begins('{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: Unexpected token \'}\'","trace":["/var/task/index.js:1","exports.handler = async () => { return } }","'),
  }),
  payload('D2.24', 'M', 'an export that is missing',
    RIC, WHEN, { code: 'exports.other = 1' },
    { both: begins('{"errorType":"Runtime.HandlerNotFound","errorMessage":"index.handler is undefined or not exported","trace":[') }),
  payload('D2.24', 'M', 'an export that is no function',
    RIC, WHEN, { code: 'exports.handler = 1' },
    { both: begins('{"errorType":"Runtime.HandlerNotFound","errorMessage":"index.handler is not a function","trace":[') }),
  payload('D2.24', 'M', 'a handler without a dot',
    RIC, WHEN, { code: 'exports.handler = 1', handler: 'index' },
    { both: begins('{"errorType":"Runtime.MalformedHandlerName","errorMessage":"Bad handler","trace":[') }),
  payload('D2.25', 'M', 'code at module level that throws',
    RIC, WHEN, { code: 'throw new Error("top")' },
    { both: begins('{"errorType":"Error","errorMessage":"top","trace":["Error: top","    at ') }),
  payload('D2.26', 'M', 'a result with a cycle', RIC, WHEN, { code: 'exports.handler = async () => { const a = {}; a.a = a; return a }' }, {
    on22: begins('{"errorType":"Error","errorMessage":"Unable to stringify response body","trace":['),
    on24: begins('{"errorType":"Runtime.JSONStringifyError","errorMessage":"Unable to stringify response body","trace":['),
  }),
  payload('D2.26', 'M', 'and one with a BigInt',
    RIC, WHEN, { code: 'exports.handler = async () => ({ n: 1n })' }, {
      on22: begins('{"errorType":"Error","errorMessage":"Unable to stringify response body"'),
      on24: begins('{"errorType":"Runtime.JSONStringifyError"'),
    }),
  payload('D2.27', 'O', 'a response of more than 6,291,556 bytes',
    'LS-lambda', '2026-01', { code: 'exports.handler = async () => "x".repeat(6_291_560)' }, {
    both: '{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}',
  }),
  fact('D2.28', 'D', 'an init of more than 10 s is repeated inside the invocation and ends as a timeout',
    'LDG/lambda-runtime-environment.html', WHEN, initTakesTooLong),
  fact('D2', 'O', 'a failed init is not remembered: the next invocation starts a process and fails again',
    'LS-lambda', '2026-01', async (world) => {
    const { FunctionName } = await makeFunction(world, 'init-fails', 'console.log("starts"); throw new Error("top")')
    const first = await invoke(world, FunctionName)
    const second = await invoke(world, FunctionName)

    for (const { text, tail } of [first, second]) {
      assert.match(text, /^\{"errorType":"Error","errorMessage":"top"/)
      assert.match(tail, /starts/)
    }
  }),
])

async function initTakesTooLong(world: World) {
  const { FunctionName } = await makeFunction(
    world, 'slow-init', 'const until = Date.now() + 60_000; while (Date.now() < until) {}; exports.handler = async () => 1', { Timeout: 1 },
  )

  assert.match(
    (await invoke(world, FunctionName)).text,
    /^\{"errorType":"Sandbox\.Timedout","errorMessage":"RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds"\}$/,
  )
}
