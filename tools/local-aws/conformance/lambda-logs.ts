import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { invoke, makeFunction } from './harness/functions.ts'
import { makeRole } from './harness/roles.ts'
import type { World } from './harness/world.ts'

const TAIL = '2026-09-22'
const DOCS = '2026-11'
const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'

const CODE = `
console.log('during init')
exports.handler = async (event) => {
  if (event.do === 'throw') throw new Error('boom')
  if (event.do === 'sleep') await new Promise((resolve) => setTimeout(resolve, 60_000))
  if (event.do === 'write') return void process.stdout.write('no newline')
  for (const level of ['log', 'info', 'debug', 'warn', 'error', 'trace']) if (event.do === 'levels') console[level](level)
  console.log('text\\nof two lines')
}`
const logger = (world: World) => world.once('function logger', () => makeFunction(world, 'logger', CODE, { Timeout: 2 }))

/** The messages that CloudWatch Logs has of a function, once one of them fits. They come some seconds late (D3.7). */
const logged = ({ aws, eventually }: World, FunctionName: string, wanted: RegExp) => eventually(`a log line like ${wanted}`, async () => {
  const { events = [] } = await aws.logs.filterLogEvents({ logGroupName: `/aws/lambda/${FunctionName}` }).catch((error: Error) => {
    if (error.name !== 'ResourceNotFoundException') throw error
    return { events: [] }
  })
  return events.some(({ message }) => wanted.test(message!)) && events
})

export const lambdaLogs = section('D3 logs of functions', [
  fact('D3', 'O', 'a cold tail has init output, START, the handler\'s lines, END and REPORT, which ends with a tab',
    'CAP-TAIL', TAIL, async (world) => {
    const { FunctionName } = await makeFunction(world, 'cold', CODE)
    const { tail } = await invoke(world, FunctionName)

    assert.match(
      tail,
      new RegExp(`^${TIME}\\tundefined\\tINFO\\tduring init\\nSTART RequestId: ${ID} Version: \\$LATEST\\n${TIME}\\t${ID}\\tINFO\\ttext[\\r\\n]of two lines\\nEND RequestId: ${ID}\\nREPORT RequestId: ${ID}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms\\t\\n$`),
    )
  }),
  fact('D3', 'M', 'nodejs24.x prints - for the request id during init', 'aws-lambda-ric 4.0.2', DOCS, async (world) => {
    const { FunctionName } = await makeFunction(world, 'cold-24', CODE, { Runtime: 'nodejs24.x' })
    assert.match((await invoke(world, FunctionName)).tail, new RegExp(`${TIME}\\t-\\tINFO\\tduring init\\n`))
  }),
  fact('D3', 'O', 'levels are INFO for log and info, DEBUG, WARN, ERROR and TRACE', 'CAP-TAIL', TAIL, async (world) => {
    const { tail } = await invoke(world, (await logger(world)).FunctionName, { do: 'levels' })

    for (const [level, text] of [
      ['INFO', 'log'], ['INFO', 'info'], ['DEBUG', 'debug'], ['WARN', 'warn'], ['ERROR', 'error'], ['TRACE', 'Trace: trace|trace'],
    ])
      assert.match(tail, new RegExp(`\\t${level}\\t(?:${text})`), text)
  }),
  fact('D3.1', 'O', 'INIT_START is in CloudWatch Logs and not in the tail; the billed duration includes the init and is rounded up',
    'CAP-TAIL', TAIL, async (world) => {
    const { FunctionName } = await makeFunction(world, 'billed', CODE)
    const { tail } = await invoke(world, FunctionName)
    const [, duration, billed, init] = /Duration: ([\d.]+) ms\tBilled Duration: (\d+) ms\t.*Init Duration: ([\d.]+) ms/.exec(tail)!

    assert.doesNotMatch(tail, /INIT_START/)
    assert.equal(Number(billed), Math.ceil(Number((Number(duration) + Number(init)).toFixed(2))))
    assert.ok(await logged(
      world, FunctionName, /^INIT_START Runtime Version: \S+\tRuntime Version ARN: arn:aws:lambda:[\w-]+::runtime:[0-9a-f]{64}\n$/,
    ))
  }),
  fact('D3.2', 'O', 'the line of a failure has stack where the payload has trace', 'CAP-TAIL, RIC', TAIL, async (world) => {
    const { tail, text } = await invoke(world, (await logger(world)).FunctionName, { do: 'throw' })

    assert.match(
      tail,
      new RegExp(`${TIME}\\t${ID}\\tERROR\\tInvoke Error \\t\\{"errorType":"Error","errorMessage":"boom","stack":\\["Error: boom","    at `),
    )
    assert.match(text, /"trace":\["Error: boom"/)
  }),
  fact('D3.3', 'D', 'a text of two lines stays one event', 'RIC', DOCS, async (world) => {
    const { FunctionName } = await logger(world)
    await invoke(world, FunctionName)
    const events = await logged(world, FunctionName, /of two lines/)

    assert.match(
      events.find(({ message }) => /of two lines/.test(message!))!.message!,
      new RegExp(`^${TIME}\\t${ID}\\tINFO\\ttext[\\r\\n]of two lines\\n$`),
    )
  }),
  fact('D3.4', 'O', 'a timeout shows as Status: timeout in REPORT, without a tab at the end and without a line Task timed out',
    'CAP-TAIL', TAIL, async (world) => {
    const { tail } = await invoke(world, (await logger(world)).FunctionName, { do: 'sleep' })

    assert.match(
      tail,
      new RegExp(`REPORT RequestId: ${ID}\\tDuration: 2000\\.00 ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB(\\tInit Duration: [\\d.]+ ms)?\\tStatus: timeout\\n$`),
    )
    assert.doesNotMatch(tail, /Task timed out/)
  }),
  fact('D3.5', 'O', 'text without a newline is held back and comes before the next line', 'CAP-TAIL', TAIL, async (world) => {
    const { FunctionName } = await logger(world)
    const first = await invoke(world, FunctionName, { do: 'write' })
    const second = await invoke(world, FunctionName)

    assert.doesNotMatch(first.tail, /no newline/)
    assert.match(second.tail, new RegExp(`no newline${TIME}`))
  }),
  fact('D3.6', 'O', 'LogFormat JSON makes JSON of the handler\'s and of the platform\'s lines', 'CAP-TAIL', TAIL, async (world) => {
    const { FunctionName, FunctionArn } = await makeFunction(world, 'json', CODE, { LoggingConfig: { LogFormat: 'JSON' } })
    const lines = (await invoke(world, FunctionName)).tail.trim().split('\n').map((line) => JSON.parse(line))
    const line = lines.find(({ message }) => message?.startsWith('text'))
    const platform = (type: string) => lines.find((one) => one.type === type)

    assert.deepEqual(Object.keys(line), ['timestamp', 'level', 'requestId', 'message'])
    assert.deepEqual(platform('platform.start').record, { requestId: line.requestId, functionArn: FunctionArn, version: '$LATEST' })
    assert.equal(platform('platform.runtimeDone').record.status, 'success')
    assert.deepEqual(
      Object.keys(platform('platform.report').record.metrics),
      ['durationMs', 'billedDurationMs', 'memorySizeMB', 'maxMemoryUsedMB', 'initDurationMs'],
    )
  }),
  fact('D3.7', 'O', 'the group is /aws/lambda/FN, the stream YYYY/MM/DD/[$LATEST] and 32 hex digits; texts keep their newline',
    'CAP-TAIL', TAIL, async (world) => {
    const { FunctionName } = await logger(world)
    await invoke(world, FunctionName)
    const [event] = await logged(world, FunctionName, /^END RequestId/)

    assert.match(event!.logStreamName!, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
    assert.match(event!.message!, /\n$/)
  }),
  fact('D3.8', 'D', 'the group is made with the first line, without retention; without permission the function works and logs nothing',
    'LDG/monitoring-cloudwatchlogs.html', DOCS, async (world) => {
    const { FunctionName } = await logger(world)
    await invoke(world, FunctionName)
    await logged(world, FunctionName, /^END/)
    const { Arn } = await makeRole(world, 'silent', [], { Service: 'lambda.amazonaws.com' })
    const silent = await makeFunction(world, 'silent', CODE, { Role: Arn })
    const { text } = await invoke(world, silent.FunctionName)

    const groups = async (logGroupNamePrefix: string) => (await world.aws.logs.describeLogGroups({ logGroupNamePrefix })).logGroups!
    assert.deepEqual((await groups(`/aws/lambda/${FunctionName}`)).map(({ retentionInDays }) => retentionInDays), [undefined])
    assert.equal(text, 'null')
    assert.deepEqual(await groups(`/aws/lambda/${silent.FunctionName}`), [])
  }),
])
