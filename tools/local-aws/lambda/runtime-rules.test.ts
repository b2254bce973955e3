import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Input } from '../service.ts'
import { lambdaAlone, type LambdaAlone } from './testing.ts'

type Seen = Awaited<ReturnType<LambdaAlone['invoke']>>
type Expected = string | RegExp | ((seen: Seen) => void)

type Row = {
  id: string
  cause: string
  code: string | Record<string, string>
  options?: Partial<Input<'lambda', 'CreateFunction'>>
  /** the payload: exact, by pattern, or by a function; `both` where the runtimes agree */
  both?: Expected
  on22?: Expected
  on24?: Expected
}

const exit = (reason: string) => new RegExp(`^\\{"errorType":"Runtime\\.ExitError","errorMessage":"RequestId: [0-9a-f-]{36} Error: Runtime exited ${reason}"\\}$`)
const NO_REASON = exit('without providing a reason')
const STATUS_1 = exit('with error: exit status 1')
/** A trace is at the end of a payload and its frames are the host's. */
const starts = (text: string): Expected => ({ text: seen }) => assert.equal(seen.slice(0, text.length), text)

const rows: Row[] = [
  { id: 'D1.7', cause: 'a handler that returns nothing', code: 'exports.handler = async () => {}', both: 'null' },
  { id: 'D2.1', cause: 'throw new Error', code: 'exports.handler = async () => { throw new Error("boom") }', both: starts('{"errorType":"Error","errorMessage":"boom","trace":["Error: boom","    at ') },
  { id: 'D2.1', cause: 'throw new Error, sync', code: 'exports.handler = () => { throw new Error("boom") }', both: starts('{"errorType":"Error","errorMessage":"boom","trace":["Error: boom","    at ') },
  {
    id: 'D2.2', cause: 'a class with a name and fields', code: 'exports.handler = async () => { throw Object.assign(new Error("m"), { name: "MyErr", extra: 7 }) }',
    both({ text, tail }) {
      assert.match(text, /^\{"errorType":"MyErr","errorMessage":"m","trace":\[/)
      assert.doesNotMatch(text, /extra/)
      assert.match(tail, /\tERROR\tInvoke Error \t\{"errorType":"MyErr","errorMessage":"m","name":"MyErr","extra":7,"stack":\[/)
    },
  },
  { id: 'D2.3', cause: 'throw a text', code: 'exports.handler = async () => { throw "plain text" }', both: '{"errorType":"string","errorMessage":"plain text","trace":[]}' },
  { id: 'D2.3', cause: 'throw an object', code: 'exports.handler = async () => { throw { a: 1 } }', both: '{"errorType":"object","errorMessage":"[object Object]","trace":[]}' },
  {
    id: 'D2.4', cause: 'throw undefined', code: 'exports.handler = async () => { throw undefined }',
    on22: '{"errorType":"string","errorMessage":"handled","trace":[]}', on24: '{"errorType":"undefined","errorMessage":"undefined","trace":[]}',
  },
  {
    id: 'D2.6', cause: 'a rejection without a handler while the invocation runs',
    code: 'exports.handler = async () => { Promise.reject(new Error("later")); await new Promise((resolve) => setTimeout(resolve, 500)); return 1 }',
    on22: starts('{"errorType":"Runtime.UnhandledPromiseRejection","errorMessage":"Error: later","trace":["Runtime.UnhandledPromiseRejection: Error: later","    at process.<anonymous> (/var/runtime/index.mjs:'),
    on24({ text, tail }) {
      assert.match(text, STATUS_1)
      assert.match(tail, /Error: later\n {4}at exports\.handler \(\/var\/task\/index\.js:1:/)
    },
  },
  {
    id: 'D2.7', cause: 'a timer that throws', code: 'exports.handler = () => new Promise(() => { setTimeout(() => { throw new TypeError("tick") }, 5) })',
    on22: starts('{"errorType":"TypeError","errorMessage":"tick","trace":["TypeError: tick","    at '), on24: STATUS_1,
  },
  {
    id: 'D2.8', cause: 'a floating rejection after the return', code: 'exports.handler = async () => { Promise.reject(new Error("float")); return "good" }',
    on22: '"good"', on24: STATUS_1,
  },
  { id: 'D2.9', cause: 'nothing left to wait for', code: 'exports.handler = async () => { await new Promise(() => {}) }', on22: 'null', on24: NO_REASON },
  { id: 'D2.10', cause: 'a value returned without a promise', code: 'exports.handler = () => ({ statusCode: 200 })', on22: 'null', on24: '{"statusCode":200}' },
  {
    id: 'D2.11', cause: 'a callback', code: 'exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { called: true }), 5) }',
    on22: '{"called":true}', on24: starts('{"errorType":"Runtime.CallbackHandlerDeprecated","errorMessage":"ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need'),
  },
  {
    id: 'D2.11', cause: 'a callback before the event loop is empty', code: 'exports.handler = (event, context, callback) => { let late = 1; setTimeout(() => { console.log("late " + ++late) }, 40); callback(null, late) }',
    on22({ text, tail }) {
      assert.equal(text, '1')
      assert.match(tail, /late 2/)
    },
  },
  { id: 'D2.11', cause: 'an error in the callback', code: 'exports.handler = (event, context, callback) => callback("no")', on22: '{"errorType":"string","errorMessage":"no","trace":[]}' },
  {
    id: 'D2.12', cause: 'three parameters, async and unused', code: 'exports.handler = async (event, context, callback) => 1',
    on22: '1', on24: starts('{"errorType":"Runtime.CallbackHandlerDeprecated"'),
  },
  { id: 'D2.13', cause: 'context.succeed', code: 'exports.handler = async (event, context) => { context.succeed("done") }', on22: '"done"', on24: starts('{"errorType":"TypeError","errorMessage":"context.succeed is not a function","trace":[') },
  {
    id: 'D2.14', cause: 'a timeout', code: 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 60_000))', options: { Timeout: 1 },
    both: /^\{"errorType":"Sandbox\.Timedout","errorMessage":"RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds"\}$/,
  },
  { id: 'D2.15', cause: 'process.exit(0)', code: 'exports.handler = async () => { process.exit(0) }', both: NO_REASON },
  { id: 'D2.16', cause: 'process.exit(1)', code: 'exports.handler = async () => { console.log("last words"); process.exit(1) }', both({ text, tail }) {
    assert.match(text, STATUS_1)
    assert.match(tail, /last words/)
  } },
  { id: 'D2.17', cause: 'killed', code: 'exports.handler = async () => { process.kill(process.pid, "SIGKILL"); await new Promise((resolve) => setTimeout(resolve, 5_000)) }', both({ text, tail }) {
    assert.match(text, exit('with error: signal: killed'))
    assert.match(tail, /\tStatus: error\tError Type: Runtime\.OutOfMemory\n$/)
  } },
  {
    id: 'D2.18', cause: 'a module that is missing', code: 'require("aws-sdk"); exports.handler = async () => 1',
    on22: starts('{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module \'aws-sdk\'\\nRequire stack:\\n- /var/task/index.js\\n- /var/runtime/index.mjs",'
      + '"trace":["Runtime.ImportModuleError: Error: Cannot find module \'aws-sdk\'","Require stack:","- /var/task/index.js","- /var/runtime/index.mjs","    at '),
    on24: starts('{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module \'aws-sdk\'\\nRequire stack:\\n- /var/task/index.js",'
      + '"trace":["Runtime.ImportModuleError: Error: Cannot find module \'aws-sdk\'","Require stack:","- /var/task/index.js","    at '),
  },
  {
    id: 'D2.19', cause: 'a handler file that is missing', code: 'exports.handler = async () => 1', options: { Handler: 'app.handler' },
    both: starts('{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module \'app\'\\nRequire stack:\\n- /var/runtime/index.mjs","trace":['),
  },
  {
    id: 'D2.20', cause: 'a package that import cannot find', code: { 'index.mjs': 'import x from "aws-sdk"; export const handler = async () => x' },
    both: starts('{"errorType":"Error","errorMessage":"Cannot find package \'aws-sdk\' imported from /var/task/index.mjs","trace":['),
  },
  {
    id: 'D2.20', cause: 'import of a file without its extension', code: { 'index.mjs': 'import "./lib"; export const handler = async () => 1', 'lib.mjs': '' },
    both: starts('{"errorType":"Error","errorMessage":"Cannot find module \'/var/task/lib\' imported from /var/task/index.mjs'),
  },
  { id: 'D2.21', cause: 'exports in .mjs', code: { 'index.mjs': 'exports.handler = async () => 1' }, both: starts('{"errorType":"ReferenceError","errorMessage":"exports is not defined in ES module scope') },
  {
    id: 'D2.21', cause: 'require in .mjs', code: { 'index.mjs': 'const fs = require("fs"); export const handler = async () => 1' },
    both: starts('{"errorType":"ReferenceError","errorMessage":"require is not defined in ES module scope, you can use import instead'),
  },
  { id: 'D2.22', cause: 'export in a plain .js', code: 'export const handler = async () => "esm"', both: '"esm"' },
  { id: 'D2.22', cause: 'a package of type module', code: { 'package.json': '{"type":"module"}', 'index.js': 'export const handler = async () => "module"' }, both: '"module"' },
  {
    id: 'D2.23', cause: 'a syntax error', code: 'exports.handler = async () => { return } }',
    on22: starts('{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: Unexpected token \'}\'","trace":["Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token \'}\'","    at '),
    on24: starts('{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: Unexpected token \'}\'","trace":["/var/task/index.js:1","exports.handler = async () => { return } }","'),
  },
  { id: 'D2.24', cause: 'an export that is missing', code: 'exports.other = 1', both: starts('{"errorType":"Runtime.HandlerNotFound","errorMessage":"index.handler is undefined or not exported","trace":["Runtime.HandlerNotFound: ') },
  { id: 'D2.24', cause: 'an export that is no function', code: 'exports.handler = 1', both: starts('{"errorType":"Runtime.HandlerNotFound","errorMessage":"index.handler is not a function","trace":[') },
  { id: 'D2.24', cause: 'a setting without a dot', code: 'exports.handler = 1', options: { Handler: 'index' }, both: starts('{"errorType":"Runtime.MalformedHandlerName","errorMessage":"Bad handler","trace":[') },
  { id: 'D2.25', cause: 'code at module level that throws', code: 'throw new Error("top")', both: starts('{"errorType":"Error","errorMessage":"top","trace":["Error: top","    at ') },
  {
    id: 'D2.26', cause: 'a result with a cycle', code: 'exports.handler = async () => { const a = {}; a.a = a; return a }',
    on22: starts('{"errorType":"Error","errorMessage":"Unable to stringify response body","trace":['), on24: starts('{"errorType":"Runtime.JSONStringifyError","errorMessage":"Unable to stringify response body","trace":['),
  },
  { id: 'D2.26', cause: 'a result with a BigInt', code: 'exports.handler = async () => ({ n: 1n })', on22: starts('{"errorType":"Error","errorMessage":"Unable to'), on24: starts('{"errorType":"Runtime.JSONStringifyError"') },
  {
    id: 'D2.27', cause: 'a response that is too big', code: 'exports.handler = async () => "x".repeat(6_291_560)',
    both: '{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}',
  },
  { id: 'D2.15', cause: 'process.exit at module level', code: 'process.exit(3)', both: exit('with error: exit status 3') },
]

for (const runtime of ['nodejs22.x', 'nodejs24.x'] as const) {
  describe(`The rules of ${runtime}`, () => {
    let lambda: LambdaAlone
    before(async () => { lambda = await lambdaAlone() })
    after(() => lambda.stop())

    for (const [index, row] of rows.entries()) {
      const expected = row.both ?? (runtime === 'nodejs22.x' ? row.on22 : row.on24)
      if (expected === undefined) continue
      it(`hold for ${row.cause} (${row.id})`, async () => {
        const name = `row-${index}`
        await lambda.create(name, row.code, { Runtime: runtime, ...row.options })

        const seen = await lambda.invoke(name)

        if (typeof expected === 'string') assert.equal(seen.text, expected)
        else if (expected instanceof RegExp) assert.match(seen.text, expected)
        else expected(seen)
        assert.equal(seen.failed, 'errorType' in Object(seen.answer))
        assert.doesNotMatch(seen.text + seen.tail, /local-aws-lambda-|bootstrap\.cjs/, 'real folders show')
      })
    }
    it('hold for the call after a floating rejection: it is cold (D2.8)', async () => {
      const code = 'let count = 0; exports.handler = async () => { if (++count === 1) Promise.reject(new Error("float")); return count }'
      await lambda.create('floating', code, { Runtime: runtime })

      const answers = [await lambda.invoke('floating'), await lambda.invoke('floating')].map(({ answer }) => answer.errorType ?? answer)

      assert.deepEqual(answers, runtime === 'nodejs22.x' ? [1, 1] : ['Runtime.ExitError', 'Runtime.ExitError'])
    })
    it('hold in a new process after the old one died, and in the same one otherwise (D4.20, D4.21)', async () => {
      const count = 'let count = 0; exports.handler = async ({ way }) => { count++; if (way === "exit") process.exit(1); if (way === "throw") throw new Error(); return count }'
      await lambda.create('counter', count, { Runtime: runtime })
      const next = async (way?: string) => (await lambda.invoke('counter', { way })).answer

      assert.equal(await next(), 1)
      await next('throw')
      assert.equal(await next(), 3)
      await next('exit')
      assert.equal(await next(), 1)
      assert.equal(new Set(lambda.logs.filter(({ group }) => group.endsWith('/counter')).map(({ stream }) => stream)).size, 1, 'the log stream stays')
    })
  })
}
