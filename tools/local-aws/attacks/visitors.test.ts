import assert from 'node:assert/strict'
import net from 'node:net'
import { after, before, describe, it } from 'node:test'
import { startTestCloud } from '../testing.ts'
import { HANDSHAKE, mockChat, requestLines, say, type Victim } from './attack-testing.ts'

describe('a visitor from elsewhere', () => {
  let aws: Victim
  let chat: string
  before(async () => {
    aws = await startTestCloud()
    chat = await mockChat(aws)
  })
  after(() => aws.stop())

  const get = (target: string, headers: Record<string, string> | [string, string][]) => say(aws.port, requestLines('GET', target, headers))
  const upgrade = (headers: Record<string, string> | [string, string][]) => get(chat, [...Object.entries(HANDSHAKE), ...Array.isArray(headers) ? headers : Object.entries(headers)])
  const ours = () => `localhost:${aws.port}`

  it('is let in where nothing is wrong, or the rest of this file would prove nothing', async () => {
    assert.equal((await upgrade({ Host: ours() })).status, 101)
    assert.equal((await upgrade({ Host: ours(), Origin: 'http://localhost:5173' })).status, 101)
    assert.match((await get('/', { Host: ours() })).body, /<Code>AccessDenied/)
  })

  describe('by another interface', () => {
    for (const host of ['127.0.0.2', '::1'])
      it(`finds nobody at ${host}`, () => new Promise<void>((resolve, reject) => {
        const socket = net.connect({ host, port: aws.port })
        const nobody = () => {
          socket.destroy()
          resolve()
        }
        // Not every system has this address, and some of them only wait.
        socket.setTimeout(500, nobody)
        socket.on('error', nobody)
        socket.on('connect', () => {
          socket.destroy()
          reject(new Error(`${host} is served`))
        })
      }))
  })

  describe('under a foreign Host (DNS rebinding: CVE-2025-66414, DFIR-Companion PR #280)', () => {
    for (const host of ['evil.example', 'evil.example:PORT', 'localhost.evil.example', '127.0.0.1.nip.io:PORT', '127.0.0.2:PORT', '0.0.0.0:PORT', '[::ffff:127.0.0.1]:PORT', '2130706433', 'evilamazonaws.com', 'amazonaws.com.evil.example', 'localhost.'])
      it(`is refused as ${host}, also with an Origin that equals it`, async () => {
        const Host = host.replace('PORT', String(aws.port))
        for (const headers of [{ Host }, { Host, Origin: `http://${Host}` }] as Record<string, string>[]) {
          const [page, socket] = [await get('/_workshop/events', headers), await upgrade(headers)]

          assert.deepEqual([page.status, socket.status], [403, 403])
          assert.match(page.body, /this Host is not served here/)
        }
      })
  })

  describe('with a malformed Host (webpack-dev-server CVE-2026-14631: the process died)', () => {
    for (const host of ['', ' ', '[', '[::1', ']', '::::', 'a b', '%', '%00', 'localhost:', 'localhost:x', 'localhost:99999999', 'user@localhost', 'localhost/', 'http://localhost', 'l\u00f6calhost', 'x'.repeat(10_000)])
      it(`is refused as ${JSON.stringify(host.slice(0, 20))}, and the next one is served`, async () => {
        for (const { status } of [await get('/', { Host: host }), await upgrade({ Host: host })]) assert.ok(status === 400 || status === 403, String(status))
        assert.equal((await upgrade({ Host: ours() })).status, 101)
      })

    it('is refused without any', async () => {
      assert.equal((await get('/', {})).status, 400)
      assert.equal((await say(aws.port, 'GET / HTTP/1.0\r\n\r\n')).status, 403)
    })
  })

  describe('with a Host that stands twice', () => {
    for (const hosts of [['localhost', 'evil.example'], ['evil.example', 'localhost'], ['localhost', 'localhost']])
      it(`is refused with ${hosts.join(' and ')}`, async () => {
        const headers = hosts.map((host): [string, string] => ['Host', host])

        assert.match((await get('/', headers)).body, /this Host is not served here/)
        assert.equal((await upgrade(headers)).status, 403)
      })
  })

  describe('with another name in the request line than in Host', () => {
    for (const target of ['http://evil.example/', 'http://evil.example:80/_workshop/events', 'http://user@localhost/', 'http://[', 'ftp://localhost/', 'nonsense', '*'])
      it(`is refused with ${target}`, async () => {
        const { status, body } = await get(target, { Host: ours() })

        assert.ok(status === 400 || /this address is not served here/.test(body), `${status} ${body}`)
      })

    it('is served where both are ours', async () => {
      assert.match((await get(`http://${ours()}/`, { Host: ours() })).body, /<Code>AccessDenied/)
    })
  })

  describe('from a foreign page (Mailpit CVE-2026-22689, Vite CVE-2025-24010)', () => {
    for (const origin of ['https://evil.example', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example', 'http://evil.example:4566', 'https://localhost@evil.example', 'file://', 'chrome-extension://abc', 'nonsense', '', 'http://[', 'http://localhost, http://evil.example'])
      it(`is refused with Origin ${JSON.stringify(origin)}, on HTTP and before the upgrade`, async () => {
        const headers = { Host: ours(), Origin: origin }

        assert.match((await get('/', headers)).body, /this Origin is not served here/)
        assert.equal((await upgrade(headers)).status, 403)
      })

    it('is refused with an Origin that stands twice', async () => {
      for (const origins of [['http://localhost', 'https://evil.example'], ['https://evil.example', 'http://localhost']])
        assert.equal((await upgrade([['Host', ours()], ...origins.map((origin): [string, string] => ['Origin', origin])])).status, 403)
    })

    it('is refused with Origin null, which is not "no Origin" (Next.js CVE-2026-27977)', async () => {
      const headers = { Host: ours(), Origin: 'null' }

      assert.deepEqual([(await get('/', headers)).status, (await upgrade(headers)).status], [403, 403])
    })

    it('is refused by Sec-Fetch-Site alone: the GET of an image or a script has no Origin (Encore PR #2537)', async () => {
      const headers = { 'Host': ours(), 'Sec-Fetch-Site': 'cross-site' }

      assert.deepEqual([(await get('/', headers)).status, (await upgrade(headers)).status], [403, 403])
    })
  })

  it('gets no permissive CORS header, on no path, for no Origin (inngest, DynamoDB Local)', async () => {
    for (const target of ['/', '/_workshop/events', '/_lambda-code/x', chat, `${chat}/@connections/x`, '/2015-03-31/functions', '/nowhere'])
      for (const origin of ['http://localhost:3000', 'https://evil.example', 'null'])
        for (const method of ['GET', 'OPTIONS']) {
          const preflight = { 'Host': ours(), 'Origin': origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization, x-amz-target' }
          const { head, status } = await say(aws.port, requestLines(method, target, preflight))

          assert.doesNotMatch(head, /access-control-/i, `${method} ${target} from ${origin}`)
          assert.ok(status >= 400, `${method} ${target} from ${origin}: ${status}`)
        }
  })

  it('changes nothing by a text/plain POST, which needs no preflight (cezar #426)', async () => {
    const body = '{"TableName":"stolen"}'
    const simple = { 'Host': ours(), 'Content-Type': 'text/plain' }
    const posts: [target: string, headers: Record<string, string>][] = [
      ['/', { ...simple, 'X-Amz-Target': 'DynamoDB_20120810.DeleteTable' }], ['/', simple], ['/?Action=CreateUser&UserName=x', simple],
      ['/_workshop/faults/x', simple], [`${chat}/@connections/x`, simple], ['/2015-03-31/functions/x/invocations', simple],
    ]
    for (const [target, headers] of posts) {
      const [own, foreign] = [await say(aws.port, requestLines('POST', target, headers, body)), await say(aws.port, requestLines('POST', target, { ...headers, Origin: 'https://evil.example' }, body))]

      assert.ok(own.status >= 400, `${target}: ${own.status}`)
      assert.match(foreign.body, /this Origin is not served here/, target)
    }
  })

  it('opens /_workshop only with the token, whatever looks like it (Vite: random token per process)', async () => {
    const guesses = ['', 'x', aws.token.slice(1), `${aws.token}x`, aws.token.toUpperCase() === aws.token ? 'y' : aws.token.toUpperCase(), '\u00e9'.repeat(aws.token.length), 'undefined', '__proto__']
    for (const guess of guesses) {
      assert.equal((await get('/_workshop/events', { Host: ours(), Authorization: `Bearer ${guess}` })).status, 401, guess)
      assert.equal((await get(`/_workshop/events?token=${encodeURIComponent(guess)}`, { Host: ours() })).status, 401, guess)
    }
    assert.equal((await get('/_workshop/events', { Host: ours(), Authorization: `Bearer ${aws.token}` })).status, 200)
    assert.equal((await get('/_workshop/events', { Host: ours(), Authorization: `Bearer ${aws.token}`, Origin: 'https://evil.example' })).status, 403)
  })
})
