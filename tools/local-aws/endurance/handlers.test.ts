import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { isAlive } from '../../lib/processes.ts'
import type { Input, OperationName, Output, ServiceName } from '../service.ts'
import { testCloud } from '../testing.ts'

const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })
const TOO_LARGE = '{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}'
const exited = (how: string) => new RegExp(`^\\{"errorType":"Runtime\\.ExitError","errorMessage":"RequestId: [\\w-]{36} Error: Runtime exited ${how}"\\}$`)
const TIMED_OUT = /^\{"errorType":"Sandbox\.Timedout","errorMessage":"RequestId: [\w-]{36} Error: Task timed out after 1\.00 seconds"\}$/
const onLinux = process.platform === 'linux'

type Misbehaviour = { what: string, code: string, says: RegExp | string, skip?: string | false, MemorySize?: number }

/** Each handler goes wrong where the event says `bad`, and answers "fine" otherwise. */
const misbehaviours: Misbehaviour[] = [
  { what: 'hangs in a loop', code: 'for (;;);', says: TIMED_OUT },
  { what: 'waits for what never comes', code: 'setInterval(() => {}, 1_000); await new Promise(() => {})', says: TIMED_OUT },
  { what: 'leaves timers and sockets behind', code: 'setInterval(() => {}, 1); require("net").createServer().listen(0, "127.0.0.1"); return "fine"', says: '"fine"' },
  { what: 'ends its process', code: 'process.exit(3)', says: exited('with error: exit status 3') },
  { what: 'ends its process later', code: 'setTimeout(() => process.exit(0), 10); await new Promise((resolve) => setTimeout(resolve, 500))', says: exited('without providing a reason') },
  { what: 'allocates objects without end', code: 'for (const all = []; ;) all.push(new Array(10_000).fill(Math.random()))', says: exited('with error: signal: (aborted|killed)') },
  { what: 'allocates buffers without end', code: 'for (const all = []; ;) { all.push(Buffer.alloc(20_000_000, 1)); await new Promise((resolve) => setTimeout(resolve, 5)) }', says: exited('with error: signal: killed'), skip: !onLinux && 'only Linux tells the memory of a process at no cost' },
  { what: 'answers megabytes', code: 'return "x".repeat(60_000_000)', says: TOO_LARGE, MemorySize: 1024 },
  { what: 'throws megabytes', code: 'throw new Error("x".repeat(20_000_000))', says: TOO_LARGE, MemorySize: 1024 },
  { what: 'logs a line of megabytes', code: 'console.log("x".repeat(5_000_000)); return "fine"', says: '"fine"' },
  { what: 'prints megabytes without an end of line', code: 'for (let i = 0; i < 20; i++) process.stdout.write("x".repeat(500_000)); return "fine"', says: '"fine"' },
  { what: 'opens files without end', code: 'const fs = require("fs"); for (let i = 0; i < 500; i++) fs.openSync(__filename); return "fine"', says: '"fine"' },
  { what: 'writes into the channel of the runtime', code: 'require("fs").writeSync(4, "this is no frame at all"); await new Promise(() => setInterval(() => {}, 100))', says: exited('with error: signal: killed') },
]

describe('a handler that misbehaves', () => {
  let aws: Awaited<ReturnType<typeof testCloud>>
  before(async () => {
    aws = await testCloud()
    await call('iam', 'CreateRole', { RoleName: 'chat', AssumeRolePolicyDocument: trust })
    await call('iam', 'AttachRolePolicy', { RoleName: 'chat', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' })
  })
  after(() => aws.stop())

  const call = <S extends ServiceName, O extends OperationName<S>>(service: S, operation: O, input: Input<S, O>): Promise<Output<S, O>> =>
    aws.cloud.call(service, operation, input, aws.cloud.authority.internal(aws.place.account), aws.place)
  async function create(FunctionName: string, code: string, MemorySize = 128) {
    const source = `exports.handler = async ({ bad }) => {\n  if (!bad) return 'fine'\n  ${code}\n}`
    await call('lambda', 'CreateFunction', {
      FunctionName, Role: `arn:aws:iam::${aws.place.account}:role/chat`, Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: /hangs|never/.test(FunctionName) ? 1 : 20, MemorySize,
      Code: { ZipFile: zipSync({ 'index.js': strToU8(source) }) },
    })
  }
  async function invoke(FunctionName: string, event: object) {
    const { Payload } = await call('lambda', 'Invoke', { FunctionName, Payload: Buffer.from(JSON.stringify(event)) as never })
    return Buffer.from(Payload!).toString()
  }
  const messagesOf = async (name: string) => (await call('logs', 'FilterLogEvents', { logGroupName: `/aws/lambda/${name}` })).events!.map(({ message }) => message!)

  for (const { what, code, says, skip = false, MemorySize } of misbehaviours) {
    it(`that ${what} is contained, and the next call works`, { skip }, async () => {
      const name = what.replaceAll(' ', '-')
      await create(name, code, MemorySize)

      const answer = await invoke(name, { bad: true })

      if (typeof says === 'string') assert.equal(answer, says)
      else assert.match(answer, says)
      assert.equal(await invoke(name, {}), '"fine"')
    })
  }

  it('that floods its log has every line in it, in order, however large the batches are', async () => {
    await create('floods', 'for (let i = 0; i < 4_000; i++) console.log(i, "x".repeat(2_000))')
    await invoke('floods', { bad: true })
    await invoke('floods', {})

    const numbers = await until(async () => {
      const found = (await messagesOf('floods')).flatMap((message) => /INFO\t(\d+) x/.exec(message)?.[1] ?? [])
      return found.length === 4_000 ? found : undefined
    })

    assert.deepEqual(numbers.map(Number), Array.from({ length: 4_000 }, (_, index) => index))
  })

  it('that logs faster than its log is written has to wait', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => { release = resolve })
    await create('faster', 'for (let i = 0; i < 30; i++) console.log("x".repeat(1_000_000))')
    await invoke('faster', {})
    let written = 0
    const { call: real } = aws.cloud
    aws.cloud.call = (async (service: never, operation: string, input: { logEvents?: { message: string }[] }, ...rest: [never, never]) => {
      if (operation !== 'PutLogEvents') return real(service, operation as never, input as never, ...rest)
      written += input.logEvents!.reduce((sum, { message }) => sum + message.length, 0)
      await held
      return {}
    }) as never

    const invocation = invoke('faster', { bad: true })
    const first = await Promise.race([invocation, new Promise((resolve) => { setTimeout(resolve, 300, 'still waiting') })])
    assert.equal(first, 'still waiting')
    assert.ok(written < 2_000_000, `${written} characters were handed over at once`)
    release()
    await invocation
    await until(async () => written > 30_000_000 || undefined)
    aws.cloud.call = real
  })

  it('that starts programs takes them along when it ends, also those it let go of', { skip: process.platform === 'win32' && 'there are no process groups' }, async () => {
    await create('spawns', 'const child = require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" }); child.unref(); return child.pid')
    const pid = Number(await invoke('spawns', { bad: true }))
    assert.ok(isAlive(pid))

    await call('lambda', 'DeleteFunction', { FunctionName: 'spawns' })

    await until(async () => !isAlive(pid) || undefined)
  })

  it('leaves no descriptor and no process behind', { skip: !onLinux && 'only Linux shows them' }, async () => {
    const { Functions } = await call('lambda', 'ListFunctions', {})
    for (const { FunctionName } of Functions!) await call('lambda', 'DeleteFunction', { FunctionName })
    const count = async () => (await readdir('/proc/self/fd')).length
    const settled = async (wanted: (found: number) => boolean) => until(async () => (wanted(await count()) && (await children()).length <= 1) || undefined)
    await settled(() => true)
    const before = await count()
    await create('hangs-last', 'for (;;);')
    await Promise.all([invoke('hangs-last', { bad: true }), invoke('hangs-last', {})])
    await call('lambda', 'DeleteFunction', { FunctionName: 'hangs-last' })

    await settled((found) => found <= before)
  })
})

/** The keeper is one. */
async function children() {
  const task = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')
  const pids = task.trim().split(' ').filter(Boolean)
  const names = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return names.filter((name) => /bootstrap|keeper/.test(name))
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const patience = Date.now() + 15_000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    assert.ok(Date.now() < patience, 'it did not come to pass within 15 s')
    await new Promise((resolve) => { setTimeout(resolve, 10) })
  }
}
