import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { lambdaAlone, type LambdaAlone } from '../lambda/testing.ts'

/** An address that is nobody's (RFC 5737); nothing may be sent to it, and where something is, it arrives nowhere. */
const ELSEWHERE = '192.0.2.1'

/** Ways out by Node's own modules. Each calls `done` with what came of it. */
const WAYS_OUT: Record<string, string> = {
  'net.connect': `require('net').connect(9, '${ELSEWHERE}').on('error', done).on('connect', () => done('out'))`,
  'net.connect with a look-up of its own': `require('net').connect({ host: 'localhost', port: 9, lookup: elsewhere }).on('error', ({ message }) => done(message.includes('${ELSEWHERE}') ? 'out' : message))`,
  'http.get with a look-up of its own': `require('http').get({ host: 'localhost', port: 9, lookup: elsewhere }).on('error', ({ message }) => done(message.includes('${ELSEWHERE}') ? 'out' : message))`,
  'net.connect to an IPv4 address in IPv6': `require('net').connect(9, '::ffff:${ELSEWHERE}').on('error', done).on('connect', () => done('out'))`,
  'net.Socket.prototype.connect': `require('net').Socket.prototype.connect.call(new (require('net').Socket)(), 9, '${ELSEWHERE}').on('error', done)`,
  'tls.connect': `require('tls').connect(9, '${ELSEWHERE}').on('error', done)`,
  'https.get': `require('https').get('https://${ELSEWHERE}/').on('error', done)`,
  'http with an agent of its own': `require('http').get({ host: '${ELSEWHERE}', agent: new (require('http').Agent)() }).on('error', done)`,
  'http2.connect': `require('http2').connect('https://${ELSEWHERE}').on('error', done)`,
  'fetch': `fetch('http://${ELSEWHERE}/').catch(({ cause }) => done(cause))`,
  'dgram.send': `require('dgram').createSocket('udp4').send('x', 9, '${ELSEWHERE}', (error) => done(error ?? 'out'))`,
  'dgram.connect': `require('dgram').createSocket('udp4').on('error', done).connect(9, '${ELSEWHERE}')`,
  'dgram with a look-up of its own': `require('dgram').createSocket({ type: 'udp4', lookup: (name, family, found) => { done('out'); found(null, '127.0.0.1', 4) } }).send('x', 9, 'localhost', () => done('held'))`,
  'dns.lookup': `require('dns').lookup('elsewhere.example', done)`,
  'dns.resolve': `require('dns').resolve('elsewhere.example', done)`,
  'dns.Resolver': `new (require('dns').promises.Resolver)().resolveTxt('elsewhere.example').catch(done)`,
  'a worker': `new (require('worker_threads').Worker)(worker, { eval: true }).on('message', done)`,
  'a worker with arguments of its own': `new (require('worker_threads').Worker)(worker, { eval: true, execArgv: [] }).on('message', done)`,
  'a worker with an environment of its own': `new (require('worker_threads').Worker)(worker, { eval: true, env: {} }).on('message', done)`,
  'a worker by import': `import('node:worker_threads').then(({ Worker }) => new Worker(worker, { eval: true, execArgv: [] }).on('message', done))`,
  'a Node process': `done(require('child_process').execFileSync(process.execPath, ['-e', child]).toString())`,
  'a Node process with an environment of its own': `done(require('child_process').spawnSync(process.execPath, ['-e', child], { env: { NODE_OPTIONS: '' } }).stdout.toString())`,
  'the binding of tcp': `new (process.binding('tcp_wrap').TCP)(0); done('out')`,
  'the binding of udp': `new (process.binding('udp_wrap').UDP)(); done('out')`,
  'the binding of cares': `process.binding('cares_wrap'); done('out')`,
}
const HELPERS = `
  const attempt = (done) => {
    const elsewhere = (name, options, found) => options.all ? found(null, [{ address: '${ELSEWHERE}', family: 4 }]) : found(null, '${ELSEWHERE}', 4)
    const worker = "require('net').connect(9, '${ELSEWHERE}').on('error', ({ code }) => require('worker_threads').parentPort.postMessage(code))"
    const child = "require('net').connect(9, '${ELSEWHERE}').on('error', ({ code }) => console.log(code))"
`
const handlerOf = (way: string) => `${HELPERS}
    try { ${way} } catch (error) { done(error) }
  }
  exports.handler = () => new Promise((resolve) => attempt((result) => resolve(String(result?.code ?? result?.message ?? result).trim())))`

describe('a function that tries to leave this machine', () => {
  let lambda: LambdaAlone
  before(async () => { lambda = await lambdaAlone() })
  after(() => lambda.stop())

  it(`is held by every one of ${Object.keys(WAYS_OUT).length} ways that Node offers`, async () => {
    const names = Object.keys(WAYS_OUT)
    await Promise.all(names.map((name, at) => lambda.create(`way-${at}`, handlerOf(WAYS_OUT[name]!), { Timeout: 20 })))
    const answers: Record<string, string> = {}
    for (let at = 0; at < names.length; at += 5)
      await Promise.all(names.slice(at, at + 5).map(async (name, offset) => { answers[name] = (await lambda.invoke(`way-${at + offset}`)).answer }))

    const out = Object.entries(answers).filter(([, answer]) => !/^(ENETUNREACH|ENOTFOUND|ERR_INVALID_MODULE|held|connect ECONNREFUSED (127\.|::1))/.test(String(answer)))
    assert.deepEqual(out, [])
  })

  it('is not held where it starts a program that is not Node, or digs for inner classes: the README says so', async () => {
    const readme = await readFile(path.join(import.meta.dirname, '..', 'README.md'), 'utf8')

    assert.match(readme, /not a sandbox/)
  })
})

describe('a function that looks at its host', () => {
  let lambda: LambdaAlone
  before(async () => {
    process.env.HOST_SECRET_OF_THE_TEST = 'hush'
    process.env.AWS_PROFILE_OF_THE_TEST = 'hush'
    lambda = await lambdaAlone()
  })
  after(async () => {
    delete process.env.HOST_SECRET_OF_THE_TEST
    delete process.env.AWS_PROFILE_OF_THE_TEST
    await lambda.stop()
  })

  it('finds AWS\'s list in its environment, not the host\'s variables', async () => {
    await lambda.create('env', 'exports.handler = async () => ({ names: Object.keys(process.env), child: require("child_process").execFileSync(process.execPath, ["-p", "Object.keys(process.env).join()"]).toString() })')
    const { answer } = await lambda.invoke('env')

    for (const name of [...answer.names, ...answer.child.trim().split(',')]) assert.doesNotMatch(name, /HOST_SECRET|AWS_PROFILE|^HOME$|^USER$|SSH|npm_/i)
    assert.ok(!answer.names.includes('LOCAL_AWS'))
  })

  it('gets keys of its own role, never the administrator\'s', async () => {
    await lambda.create('keys', 'exports.handler = async () => ({ id: process.env.AWS_ACCESS_KEY_ID, argv: process.argv, execArgv: process.execArgv, cwd: process.cwd() })')
    const { answer } = await lambda.invoke('keys')

    assert.match(answer.id, /^ASIA/)
    assert.doesNotMatch(JSON.stringify(answer), /secret|token/i)
    assert.ok(!answer.cwd.startsWith(lambda.root), 'it runs outside of the state folder')
  })

  it('finds no descriptor of the host open but its own pipes', { skip: process.platform !== 'linux' }, async () => {
    await lambda.create('fds', `exports.handler = async () => require('fs').readdirSync('/proc/self/fd').map((fd) => { try { return require('fs').readlinkSync('/proc/self/fd/' + fd) } catch { return '' } })`)
    const { answer } = await lambda.invoke('fds')

    assert.deepEqual(answer.filter((target: string) => target.startsWith(lambda.root)), [])
  })

  it('is answered for by its limits when it forks, hangs and floods', async () => {
    await lambda.create('flood', 'exports.handler = async () => { for (;;) console.log("x".repeat(100000)) }', { Timeout: 1 })
    const { text, failed } = await lambda.invoke('flood')

    assert.ok(failed)
    assert.match(text, /Task timed out after 1\.00 seconds/)
  })
})
