import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { WebSocketServer } from 'ws'
import { redirectPreload } from './index.ts'

const require = createRequire(import.meta.url)
const { kindOfAwsName } = require('./runtime/aws-names.cjs') as { kindOfAwsName(host: string): string | undefined }
const noName = (host: string) => `ENOTFOUND getaddrinfo ENOTFOUND ${host}`

describe('The preload', () => {
  const server = http.createServer((request, response) => response.end(`${request.method} ${request.headers.host} ${request.url}`))
  let localAws = ''
  before(async () => {
    new WebSocketServer({ server }).on('connection', (socket, request) => {
      socket.send(`${request.headers.host}${request.url}`)
      socket.close()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    localAws = `127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.close()
    server.closeAllConnections()
  })

  /** Runs a script under the preload; `report(text)` is the answer. */
  async function run(script: string, args: string[] = [], env: Record<string, string> = { LOCAL_AWS: localAws }) {
    const helpers = `
      const report = (value) => console.log(value)
      const get = (library, url) => require(library).get(url, (answer) => answer.setEncoding('utf8').on('data', report)).on('error', (error) => report(error.code + ' ' + error.message))
      const connect = (library, ...target) => require(library).connect(...target).on('connect', () => report('connected')).on('error', (error) => report(error.code + ' ' + error.message))
    `
    const child = spawn(process.execPath, ['--require', redirectPreload, ...(args.length > 0 ? args : ['-e', helpers + script])], { env: { ...process.env, ...env } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output += text })
    await once(child, 'close')
    return output.trim()
  }

  const api = 'abc123.execute-api.eu-west-1.amazonaws.com'
  const table = 'dynamodb.us-east-1.amazonaws.com'
  for (const [what, script, expected] of [
    ['https to an API', `get('https', 'https://${api}/beta/x')`, `GET ${api} /beta/x`],
    ['http to a service', `get('http', 'http://${table}/')`, `GET ${table} /`],
    ['fetch to an API', `fetch('https://${api}/beta', { method: 'POST', body: 'x' }).then((answer) => answer.text()).then(report)`, `POST ${api} /beta`],
    ['tls to a service', `connect('tls', 443, '${table}').on('secureConnect', function () { this.end(); report('secure') })`, 'connected\nsecure'],
    ['fetch in a worker', `new (require('worker_threads').Worker)("fetch('https://${api}/w').then((answer) => answer.text()).then(console.log)", { eval: true })`, `GET ${api} /w`],
    ['fetch in a child', `report(require('child_process').execFileSync(process.execPath, ['-e', "fetch('https://${api}/c').then((answer) => answer.text()).then(console.log)"]).toString())`, `GET ${api} /c`],
    ['a lookup of a service', `require('dns').promises.lookup('${table}').then(({ address }) => report(address))`, '127.0.0.1'],
  ] as const)
    it(`leads ${what} to the local AWS`, async () => { assert.equal(await run(script), expected) })

  for (const [what, script, expected] of [
    ['the endpoint without an API id (B7.10)', "get('https', 'https://execute-api.us-east-1.amazonaws.com/@connections/x')", noName('execute-api.us-east-1.amazonaws.com')],
    ['a misspelt region', "get('https', 'https://dynamodb.us-est-1.amazonaws.com/')", noName('dynamodb.us-est-1.amazonaws.com')],
    ['a name that only begins like AWS', "get('https', 'https://dynamodb.us-east-1.amazonaws.com.example.com/')", noName('dynamodb.us-east-1.amazonaws.com.example.com')],
    ['a name that only ends like AWS', "get('https', 'https://evilamazonaws.com/')", noName('evilamazonaws.com')],
    ['http', "get('http', 'http://example.com/')", noName('example.com')],
    ['fetch', "fetch('https://example.com/').catch(({ cause }) => report(cause.code))", 'ENOTFOUND'],
    ['net', "connect('net', 80, 'example.com')", noName('example.com')],
    ['net with an address', "connect('net', { host: '192.0.2.1', port: 80 })", 'ENETUNREACH connect ENETUNREACH 192.0.2.1:80'],
    ['tls', "connect('tls', { host: 'example.com', port: 443 })", noName('example.com')],
    ['http2', "connect('http2', 'https://example.com')", noName('example.com')],
    ['http2 to a service, which has none here', `connect('http2', 'https://${table}')`, noName(table)],
    ['lookup', "require('dns').lookup('example.com', (error) => report(error.code))", 'ENOTFOUND'],
    ['resolve', "require('dns').promises.resolve4('example.com').catch(({ message }) => report(message))", 'queryA ENOTFOUND example.com'],
    ['a resolver of its own', "new (require('dns').Resolver)().resolveMx('example.com', ({ message }) => report(message))", 'queryMx ENOTFOUND example.com'],
    ['dgram', "require('dgram').createSocket('udp4').send('x', 53, '192.0.2.1', function (error) { report(error.code); process.exit() })", 'ENETUNREACH'],
    ['a Node process of the program', "report(require('child_process').spawnSync(process.execPath, ['-e', \"fetch('https://example.com').catch((error) => console.log(error.cause.code))\"]).stdout.toString())", 'ENOTFOUND'],
    ['imported functions', "import('node:net').then(({ connect }) => connect(80, 'example.com').on('error', ({ code }) => report(code)))", 'ENOTFOUND'],
  ] as const)
    it(`refuses ${what}`, async () => { assert.equal(await run(script), expected) })

  it('leaves loopback alone', async () => {
    assert.equal(await run(`get('http', 'http://${localAws}/x')`), `GET ${localAws} /x`)
    assert.equal(await run(`get('http', 'http://localhost:${localAws.split(':')[1]}/x')`), `GET localhost:${localAws.split(':')[1]} /x`)
  })

  it('refuses everything but loopback where it does not know a local AWS', async () => {
    assert.equal(await run(`get('https', 'https://${api}/beta')`, [], { LOCAL_AWS: '' }), noName(api))
  })

  it('lets nobody answer on port 80 of an API, where an endpoint that begins with wss:// goes', async () => {
    assert.equal(await run(`get('http', 'http://${api}/beta'); setTimeout(() => { report('silence'); process.exit() }, 100)`), 'silence')
  })

  it('leads wscat to the local AWS by the URL of AWS', async () => {
    const wscat = path.join(path.dirname(require.resolve('wscat/package.json')), 'bin', 'wscat')
    assert.match(await run('', [wscat, '--no-color', '-w', '1', '-x', 'hi', '-c', `wss://${api}/beta`]), new RegExp(`${api}/beta`))
  })

  it('takes no variable away from the program but its own', async () => {
    assert.equal(await run('report([process.env.LOCAL_AWS, process.env.NODE_OPTIONS, process.env.KEPT].join())', [], { LOCAL_AWS: localAws, KEPT: 'yes', NODE_OPTIONS: '' }), ',,yes')
  })

  it('knows the names of AWS', () => {
    const kinds = [
      'abc123.execute-api.us-east-1.amazonaws.com', 'abc123.execute-api.eu-west-1.api.aws', 'execute-api.us-east-1.amazonaws.com', 'iam.amazonaws.com', 'sts.amazonaws.com',
      'my.bucket.s3.eu-west-1.amazonaws.com', 'bucket.s3.amazonaws.com', '000000000000.ddb.us-east-1.amazonaws.com', 'x.abc123.execute-api.us-east-1.amazonaws.com', 'amazonaws.com', 'DynamoDB.US-EAST-1.amazonaws.com.',
    ].map(kindOfAwsName)
    assert.deepEqual(kinds, ['api', 'api', undefined, 'service', 'service', 'service', 'service', 'service', undefined, undefined, 'service'])
  })
})
