import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { lambdaAlone, type LambdaAlone } from './testing.ts'

const ID = '[0-9a-f-]{36}'
const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'

describe('The log of a function', () => {
  let lambda: LambdaAlone
  before(async () => { lambda = await lambdaAlone() })
  after(() => lambda.stop())

  it('of a cold and of a warm invocation reads as on AWS (D3)', async () => {
    await lambda.create('chat', 'console.log("init"); exports.handler = async () => { console.log("one", { a: 1 }); console.warn("two\\nlines"); console.error("e"); console.debug("d"); console.info("i") }')
    const cold = (await lambda.invoke('chat')).tail
    const warm = (await lambda.invoke('chat')).tail

    const body = `START RequestId: ${ID} Version: \\$LATEST\n${TIME}\t${ID}\tINFO\tone { a: 1 }\n${TIME}\t${ID}\tWARN\ttwo\nlines\n${TIME}\t${ID}\tERROR\te\n${TIME}\t${ID}\tDEBUG\td\n${TIME}\t${ID}\tINFO\ti\nEND RequestId: ${ID}\n`
      + `REPORT RequestId: ${ID}\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\t`
    assert.match(cold, new RegExp(`^${TIME}\tundefined\tINFO\tinit\n${body}Init Duration: \\d+\\.\\d\\d ms\t\n$`))
    assert.match(warm, new RegExp(`^${body}\n$`))
  })

  it('goes to the stream of the environment, one event per line or console call (D3.1, D3.3, D3.7)', async () => {
    await lambda.create('room', 'exports.handler = async () => console.log("two\\nlines")', { Runtime: 'nodejs24.x' })
    await lambda.invoke('room')
    await lambda.call('DeleteFunction', { FunctionName: 'room' })
    await lambda.settle()

    const events = lambda.logs.filter(({ group }) => group === '/aws/lambda/room')
    assert.deepEqual(events.map(({ message }) => message.split(/[ \t]/)[0]!.replace(/^20.*/, 'TIME')), ['INIT_START', 'START', 'TIME', 'END', 'REPORT'])
    assert.match(events[0]!.message, /^INIT_START Runtime Version: nodejs:24\.mainline\.v\d+\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n$/)
    assert.match(events[2]!.message, /two\nlines\n$/)
    assert.match(events[0]!.stream, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
  })

  it('of nodejs24.x has a dash where no invocation runs (D3)', async () => {
    await lambda.create('dash', 'console.log("init"); exports.handler = async () => {}', { Runtime: 'nodejs24.x' })
    assert.match((await lambda.invoke('dash')).tail, new RegExp(`^${TIME}\t-\tINFO\tinit\n`))
  })

  it('has the words for each kind of failure (D3.2)', async () => {
    await lambda.create('words', 'throw new Error("top")')
    await lambda.create('words24', 'throw new Error("top")', { Runtime: 'nodejs24.x' })

    assert.match((await lambda.invoke('words')).tail, /\tERROR\tUncaught Exception \t\{"errorType":"Error","errorMessage":"top","stack":\["Error: top"/)
    assert.match((await lambda.invoke('words24')).tail, /\t-\tERROR\tInit Error \t\{"errorType":"Error","errorMessage":"top","stack":\["Error: top"/)
  })

  it('has no line for a timeout but the status in REPORT (D3.4)', async () => {
    await lambda.create('slow', 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 60000))', { Timeout: 1 })
    const { tail } = await lambda.invoke('slow')
    assert.match(tail, /\tDuration: 1000\.00 ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: [1-9]\d* MB\tInit Duration: \d+\.\d\d ms\tStatus: timeout\n$/)
    assert.doesNotMatch(tail, /timed out/)
  })

  it('holds text without a newline back until the next line (D3.5)', async () => {
    await lambda.create('raw', 'exports.handler = async ({ n }) => { process.stdout.write("held" + n) }')
    const first = (await lambda.invoke('raw', { n: 1 })).tail
    await lambda.create('raw2', 'exports.handler = async () => { process.stdout.write("held "); console.log("line") }')

    assert.doesNotMatch(first, /held/)
    assert.match((await lambda.invoke('raw2')).tail, new RegExp(`held ${TIME}\t${ID}\tINFO\tline\n`))
  })

  it('is JSON where the function asks for that (D3.6)', async () => {
    await lambda.create('json', 'exports.handler = async () => { console.log("text"); console.warn({ a: 1 }) }', { LoggingConfig: { LogFormat: 'JSON' } })
    const lines = (await lambda.invoke('json')).tail.trim().split('\n').map((line) => JSON.parse(line))

    assert.deepEqual(lines.map(({ type, level }) => type ?? level), ['platform.start', 'INFO', 'WARN', 'platform.runtimeDone', 'platform.report'])
    assert.deepEqual([lines[1].message, lines[2].message], ['text', { a: 1 }])
    assert.deepEqual(Object.keys(lines[4].record.metrics), ['durationMs', 'billedDurationMs', 'memorySizeMB', 'maxMemoryUsedMB', 'initDurationMs'])
  })

  it('shows at most its last 4 KB to the caller (D1.5)', async () => {
    await lambda.create('much', 'exports.handler = async () => { for (let i = 0; i < 500; i++) console.log("line " + i) }')
    const { tail } = await lambda.invoke('much')
    assert.equal(Buffer.byteLength(tail), 4096)
    assert.match(tail, /line 499\n/)
  })
})
