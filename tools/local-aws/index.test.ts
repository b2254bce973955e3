import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { SSM } from '@aws-sdk/client-ssm'
import { STS } from '@aws-sdk/client-sts'
import { start } from './index.ts'
import { startTestCloud } from './testing.ts'

const temporary = () => mkdtemp(path.join(tmpdir(), 'local-aws-'))

/** A request with whatever Host and headers, as no well-behaved client would send it. */
const raw = (port: number, { method = 'GET', path: target = '/', headers = {}, body }: { method?: string, path?: string, headers?: Record<string, string>, body?: string }) =>
  new Promise<{ status: number, text: string }>((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path: target, headers, setHost: false }, async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode!, text })
    })
    request.on('error', reject)
    request.end(body)
  })

describe('start', () => {
  it('lets one process own a state folder, and names the other', async () => {
    const state = await temporary()
    const aws = await start({ state, port: 0 })

    await assert.rejects(start({ state, port: 0 }), { name: 'KitError', message: /already runs a local AWS on/ })

    await aws.stop()
    await (await start({ state, port: 0 })).stop()
    await rm(state, { recursive: true })
  })

  it('takes over the lock of a process that is dead', async () => {
    const state = await temporary()
    await writeFile(path.join(state, 'lock'), '999999999')

    await (await start({ state, port: 0 })).stop()

    await rm(state, { recursive: true })
  })

  it('takes over the lock of a dead process whose number a living one has now', { skip: process.platform !== 'linux' && 'only Linux tells them apart' }, async () => {
    const state = await temporary()
    for (const pid of [process.ppid, process.pid]) {
      await writeFile(path.join(state, 'lock'), `${pid}\nanother-boot 4711`)

      await (await start({ state, port: 0 })).stop()
    }
    await rm(state, { recursive: true })
  })

  it('says which port is taken and by whom, offers another, and leaves the state folder free', async () => {
    const state = await temporary()
    const other = net.createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => { other.once('listening', resolve) })
    const { port } = other.address() as net.AddressInfo

    await assert.rejects(start({ state, port }), (error: Error & { failure: { next: string } }) => {
      assert.match(error.message, process.platform === 'linux' ? new RegExp(`^Port ${port} is in use by \\S+ \\(process ${process.pid}\\)\\.$`) : new RegExp(`^Port ${port} is in use by .+\\.$`))
      const offered = Number(/port=(\d+)$/.exec(error.failure.next)?.[1])
      assert.ok(offered > port && offered <= port + 20, error.failure.next)
      return true
    })

    other.close()
    await (await start({ state, port: 0 })).stop()
    await rm(state, { recursive: true })
  })

  it('says what is wrong with a state folder that is a file', async () => {
    const folder = await temporary()
    const state = path.join(folder, 'file')
    await writeFile(state, '')

    await assert.rejects(start({ state, port: 0 }), { name: 'KitError', message: /The state folder cannot be used/ })

    await rm(folder, { recursive: true })
  })

  it('keeps keys and state across a restart, and its keys to its owner', async () => {
    const state = await temporary()
    const first = await start({ state, port: 0 })
    await new SSM({ endpoint: first.url, region: first.region, credentials: first.keys }).putParameter({ Name: 'song', Value: 'Space Oddity', Type: 'String' })
    await first.stop()

    const second = await start({ state, port: 0 })
    const { Parameter } = await new SSM({ endpoint: second.url, region: second.region, credentials: first.keys }).getParameter({ Name: 'song' })

    assert.equal(Parameter?.Value, 'Space Oddity')
    if (process.platform !== 'win32') assert.equal((await stat(path.join(state, 'credentials'))).mode & 0o777, 0o600)
    await second.stop()
    await rm(state, { recursive: true })
  })

  it('lets several live in one process, and keeps them apart', async () => {
    const [one, other] = await Promise.all([startTestCloud(), startTestCloud()])
    await new SSM(one.client).putParameter({ Name: 'song', Value: 'Space Oddity', Type: 'String' })

    await assert.rejects(new SSM(other.client).getParameter({ Name: 'song' }), { name: 'ParameterNotFound' })
    await assert.rejects(new STS({ ...other.client, credentials: one.keys }).getCallerIdentity(), { name: 'InvalidClientTokenId' })

    await Promise.all([one.stop(), other.stop()])
  })
})

describe('a local AWS', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  before(async () => { aws = await startTestCloud() })
  after(() => aws.stop())

  it('keeps accounts and regions apart', async () => {
    const keys = await aws.addAccount('111111111111')
    const create = { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }], BillingMode: 'PAY_PER_REQUEST' as const }
    await new DynamoDB(aws.client).createTable({ TableName: 'here', ...create })
    const there = [new DynamoDB({ ...aws.client, region: 'eu-west-1' }), new DynamoDB({ ...aws.client, credentials: keys })]

    assert.deepEqual((await new DynamoDB(aws.client).listTables({})).TableNames, ['here'])
    for (const client of there) assert.deepEqual((await client.listTables({})).TableNames, [])
    assert.equal((await new STS({ ...aws.client, credentials: keys }).getCallerIdentity()).Account, '111111111111')
  })

  it('is bootstrapped in every region that is used', async () => {
    const { Parameter } = await new SSM({ ...aws.client, region: 'eu-central-1' }).getParameter({ Name: '/cdk-bootstrap/hnb659fds/version' })

    assert.ok(Number(Parameter?.Value) >= 6)
  })

  it('turns away strangers before anything else looks at them', async () => {
    assert.equal((await raw(aws.port, { headers: { host: 'evil.example' } })).status, 403)
    assert.equal((await raw(aws.port, { headers: { host: 'localhost', origin: 'https://evil.example' } })).status, 403)
    assert.equal((await raw(aws.port, { headers: { host: 'localhost', origin: 'null' } })).status, 403)
  })

  it('listens on 127.0.0.1 only, not on every interface', async () => {
    const refused = await new Promise((resolve) => {
      const socket = net.connect({ host: '127.0.0.2', port: aws.port }, () => resolve(false))
      socket.on('error', () => resolve(true))
    })

    assert.equal(refused, true)
  })

  it('survives what is not HTTP', async () => {
    const socket = net.connect(aws.port, '127.0.0.1')
    socket.resume().end('\u0000\u0001 nonsense\r\n\r\n')
    await new Promise((resolve) => { socket.once('close', resolve) })

    assert.equal((await new STS(aws.client).getCallerIdentity()).Account, aws.account)
  })

  it('answers an operation that is not built by naming it', async () => {
    await assert.rejects(new DynamoDB(aws.client).listBackups({}), { name: 'NotImplemented', message: /dynamodb ListBackups is not built into the local AWS/ })
  })
})

describe('/_workshop', () => {
  let aws: Awaited<ReturnType<typeof startTestCloud>>
  const host = 'localhost'
  before(async () => { aws = await startTestCloud() })
  after(() => aws.stop())

  it('wants the token of running.json', async () => {
    const { token } = JSON.parse(await readFile(path.join(aws.state, 'running.json'), 'utf8'))

    assert.equal(token, aws.token)
    assert.equal((await raw(aws.port, { path: '/_workshop/events', headers: { host } })).status, 401)
    assert.equal((await raw(aws.port, { path: '/_workshop/events', headers: { host, authorization: `Bearer ${token.replace(/./, 'x')}` } })).status, 401)
  })

  it('streams what happens as JSON lines', async () => {
    const response = await fetch(`${aws.url}/_workshop/events?token=${aws.token}`)
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    const seen = (async () => {
      for (let text = ''; ;) {
        text += (await reader.read()).value
        if (/"kind":"decision"/.test(text)) return text.trim().split('\n').map((line) => JSON.parse(line))
      }
    })()
    await new DynamoDB(aws.client).listTables({})

    const decision = (await seen).find(({ kind }) => kind === 'decision')
    await reader.cancel()

    assert.equal(decision.action, 'dynamodb:ListTables')
    assert.equal(decision.allowed, true)
  })

  it('sets faults and takes them back exactly', async () => {
    const headers = { host, 'authorization': `Bearer ${aws.token}`, 'content-type': 'application/json' }
    const dynamoDB = new DynamoDB({ ...aws.client, maxAttempts: 1 })
    const put = await raw(aws.port, { method: 'PUT', path: '/_workshop/faults/slow-down', headers, body: JSON.stringify({ kind: 'throttle', service: 'dynamodb', operation: 'ListTables' }) })

    assert.equal(put.status, 200)
    await assert.rejects(dynamoDB.listTables({}), { name: 'ThrottlingException' })
    assert.equal((await raw(aws.port, { method: 'DELETE', path: '/_workshop/faults/slow-down', headers })).status, 200)
    assert.deepEqual((await dynamoDB.listTables({})).TableNames, [])
    assert.equal((await raw(aws.port, { method: 'DELETE', path: '/_workshop/faults/slow-down', headers })).status, 404)
  })

  it('refuses a fault that it does not know, and says which there are', async () => {
    const headers = { host, authorization: `Bearer ${aws.token}` }

    for (const body of ['', '{', '[]', '{"kind":"meteor"}', '{"kind":"slow","service":"s3"}', '{"kind":"toString"}']) {
      const { status, text } = await raw(aws.port, { method: 'PUT', path: '/_workshop/faults/x', headers, body })

      assert.equal(status, 400, body)
      assert.match(text, /throttle/)
    }
  })
})

describe('the site', () => {
  it('is offered what is not signed, and only that', async () => {
    const state = await temporary()
    const asked: string[] = []
    const aws = await start({ state, port: 0, site: (request, response) => {
      asked.push(request.url!)
      if (request.url !== '/docs/') return false
      response.end('the site')
      return true
    } })
    const client = { endpoint: aws.url, region: aws.region, credentials: aws.keys }

    assert.equal(await (await fetch(`${aws.url}/docs/`)).text(), 'the site')
    assert.equal((await fetch(`${aws.url}/docs/?X-Amz-Credential=x`)).status, 403)
    assert.equal((await fetch(`${aws.url}/elsewhere`)).status, 403)
    assert.equal((await new STS(client).getCallerIdentity()).Account, aws.account)
    assert.deepEqual(asked, ['/docs/', '/elsewhere'])
    await aws.stop()
    await rm(state, { recursive: true })
  })
})
