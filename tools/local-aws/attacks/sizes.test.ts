import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendSigned } from '../protocol/signed-fetch-testing.ts'
import { openServer } from '../server.ts'
import { startTestCloud } from '../testing.ts'
import { mockChat, requestLines, say, type Victim } from './attack-testing.ts'

const MEBIBYTE = 1024 * 1024

describe('a request that is too large (mailpit v1.30.0 to 1.30.5, ws 8.17.1)', () => {
  let aws: Victim
  before(async () => { aws = await startTestCloud() })
  after(() => aws.stop())
  const host = { Host: 'localhost' }

  it('is answered 431 where its headers or its address pass 32 KB', async () => {
    const tooMuch = [
      requestLines('GET', '/', { ...host, 'X-Long': 'x'.repeat(33_000) }),
      requestLines('GET', `/${'x'.repeat(33_000)}`, host),
      requestLines('GET', '/', [...Object.entries(host), ...Array.from({ length: 4_000 }, (_, at): [string, string] => [`x-${at}`, 'yyyyy'])]),
    ]
    for (const request of tooMuch) assert.equal((await say(aws.port, request)).status, 431)
  })

  it('has lost its Host where that comes after 2 000 other headers, and is refused', async () => {
    const many = Array.from({ length: 2_500 }, (_, at): [string, string] => [`x${at}`, ''])

    assert.equal((await say(aws.port, requestLines('GET', '/', [...many, ['Host', 'localhost']]))).status, 400)
    assert.equal((await say(aws.port, requestLines('GET', '/', [['Host', 'localhost'], ...many]))).status, 403)
  })

  it('is answered before its body has come, where it says that it will be too long', async () => {
    for (const length of [2 * MEBIBYTE, 99_999_999_999_999]) {
      const { status, body } = await say(aws.port, requestLines('POST', '/', { ...host, 'Content-Length': String(length) }), { patienceMs: 2_000 })

      assert.equal(status, 400)
      assert.match(body, /<Code>EntityTooLarge<\/Code>/)
    }
  })

  it('is answered in the shape of its service where the body is over the limit', async () => {
    const signing = { endpoint: aws.url, credentials: aws.keys }
    const body = Buffer.alloc(MEBIBYTE + 1, 0x20)

    const [query, json, rest] = await Promise.all([
      sendSigned({ ...signing, service: 'iam' }, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      sendSigned({ ...signing, service: 'ssm' }, { method: 'POST', body, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' } }),
      sendSigned({ ...signing, service: 'apigateway' }, { method: 'POST', path: '/v2/apis', body }),
    ])

    assert.deepEqual([query.status, json.status, rest.status], [413, 413, 413])
    assert.match(query.text, /<Code>RequestEntityTooLarge/)
    for (const { text } of [json, rest]) assert.match(text, /Request must be smaller than 1048576 bytes/)
  })

  it('is read to its end and forgotten at @connections: 413, and memory stays', async () => {
    const chat = await mockChat(aws)
    const before = process.memoryUsage.rss()

    const { status } = await say(aws.port, requestLines('POST', `${chat}/@connections/abc`, host, 'x'.repeat(20 * MEBIBYTE)), { patienceMs: 10_000 })

    assert.equal(status, 413)
    assert.ok(process.memoryUsage.rss() - before < 200 * MEBIBYTE)
  })

  for (const [what, lines] of [
    ['both lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n'],
    ['a length that is no number', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x10\r\n\r\n'],
    ['a chunk of no size', 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['a return inside a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n'],
    ['a nought inside a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['nonsense', 'hello\r\n\r\n'],
  ] as const)
    it(`is refused with ${what}, and the connection ends`, async () => {
      const { status, body } = await say(aws.port, Buffer.from(lines, 'latin1'), { until: /^never$/ })

      assert.equal(status, 400)
      assert.doesNotMatch(body, /HTTP\/1\.1/)
    })
})

describe('a slow client (slowloris)', () => {
  let server: Awaited<ReturnType<typeof openServer>>
  before(async () => {
    server = await openServer({
      port: 0, upgrade: async () => {}, patience: { headersMs: 200, requestMs: 400, checkMs: 50 },
      routes: [async (request, response) => {
        for await (const _ of request) { /* to its end */ }
        response.end('done')
        return true
      }],
    })
  })
  after(() => server.close())

  /** Sends a byte now and then; answers what it heard when it was hung up on. */
  async function trickle(first: string, piece: string) {
    const socket = net.connect(server.port, '127.0.0.1')
    let heard = ''
    socket.on('data', (chunk) => { heard += chunk }).on('error', () => {})
    socket.write(first)
    const timer = setInterval(() => socket.write(piece), 30)
    await once(socket, 'close')
    clearInterval(timer)
    return heard
  }

  it('that never ends its headers is sent away', async () => assert.match(await trickle('GET / HTTP/1.1\r\nHost: localhost\r\n', 'X: y\r\n'), /^HTTP\/1\.1 408 Request Timeout/))
  it('that never ends its body is sent away', async () => assert.match(await trickle('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n', 'x'), /^HTTP\/1\.1 408 Request Timeout/))

  it('that says nothing at all does not keep others waiting, 500 of them neither, and they too are sent away', async () => {
    const silent = Array.from({ length: 500 }, () => net.connect(server.port, '127.0.0.1').on('error', () => {}))
    await Promise.all(silent.map((socket) => once(socket, 'connect')))
    const begin = performance.now()

    assert.equal((await say(server.port, requestLines('GET', '/', { Host: 'localhost' }))).status, 200)

    assert.ok(performance.now() - begin < 1_000)
    await Promise.race([Promise.all(silent.map((socket) => socket.destroyed || once(socket.resume(), 'close'))), sleep(5_000).then(() => assert.fail('some are still open'))])
  })
})
