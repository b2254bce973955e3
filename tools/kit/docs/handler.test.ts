import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import http, { type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { docsHandler } from './handler.ts'

const home = mkdtempSync(path.join(tmpdir(), 'docs-'))
const site = path.join(home, 'build')
const files: Record<string, string> = {
  'build/index.html': 'home',
  'build/404.html': 'no such page',
  'build/steps/connect.html': 'step 1',
  'build/troubleshooting.html': 'paste',
  'build/troubleshooting/forbidden.html': '403',
  'build/assets/js/main.0a1b2c3d.js': 'code()',
  'build/.hidden': 'hidden',
  'build/strange.bin': 'bytes',
  'build-secret/index.html': 'a neighbour',
  'secret.txt': 'secret',
}
for (const [name, content] of Object.entries(files)) {
  mkdirSync(path.dirname(path.join(home, name)), { recursive: true })
  writeFileSync(path.join(home, name), content)
}
let linksWork = true
try {
  symlinkSync(path.join(home, 'secret.txt'), path.join(site, 'link.txt'))
} catch {
  linksWork = false // Windows without the right to make links
}

const docs = docsHandler(site)
const server = http.createServer((request, response) => {
  if (!docs(request, response)) response.writeHead(418).end('not for the site')
})
let port = 0

before(() => new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', () => {
    port = (server.address() as { port: number }).port
    resolve()
  })
}))
after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(home, { recursive: true })
})

type Got = { status: number, headers: IncomingHttpHeaders, body: string }

/** The path goes out as it is written here; `fetch` would tidy it. */
function get(pathname: string, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    http.request({ host: '127.0.0.1', port, path: pathname, method, agent: false }, async (response) => {
      resolve({ status: response.statusCode!, headers: response.headers, body: await text(response) })
    }).on('error', reject).end()
  })
}

describe('GET /docs/…', () => {
  it('answers the pages without .html, a page beside a folder of its name too', async () => {
    for (const [page, body] of [['', 'home'], ['steps/connect', 'step 1'], ['troubleshooting', 'paste'], ['troubleshooting/forbidden', '403'], ['steps/connect?cloud=aws', 'step 1'], ['steps/connect.html', 'step 1']]) {
      const got = await get(`/docs/${page}`)

      assert.deepEqual([got.status, got.body, got.headers['content-type']], [200, body, 'text/html; charset=utf-8'], page)
    }
  })

  it('sends /docs and a slash at the end to where the page is', async () => {
    const [bare, slash] = [await get('/docs?a=1'), await get('/docs/steps/connect/')]

    assert.deepEqual([bare.status, bare.headers.location], [308, '/docs/?a=1'])
    assert.deepEqual([slash.status, slash.headers.location], [308, '/docs/steps/connect'])
  })

  it('lets browsers keep what has a hash in its name, and nothing else', async () => {
    const asset = await get('/docs/assets/js/main.0a1b2c3d.js')

    assert.equal(asset.headers['content-type'], 'text/javascript; charset=utf-8')
    assert.match(asset.headers['cache-control']!, /immutable/)
    assert.equal((await get('/docs/')).headers['cache-control'], 'no-cache')
  })

  it('guesses no type, and lets no browser guess', async () => {
    const { headers } = await get('/docs/strange.bin')

    assert.equal(headers['content-type'], 'application/octet-stream')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.match(headers['content-security-policy'] as string, /default-src 'self'/)
  })

  it('answers 404 with the page for it where there is none, a folder included', async () => {
    for (const page of ['nothing', 'steps', 'steps/', 'assets', 'troubleshooting/nothing']) {
      const got = await get(`/docs/${page}`)

      assert.deepEqual([got.status, got.body], [404, 'no such page'], page)
    }
  })

  it('reads nothing outside the folder', async () => {
    for (const page of [
      '../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', '%2e%2e%2fsecret.txt', 'steps/../../secret.txt', 'steps/..%2f..%2fsecret.txt',
      '..\\secret.txt', '..%5csecret.txt', '%2e%2e%5csecret.txt', '....//secret.txt', '../build-secret/index.html', '..%2fbuild-secret/', '%252e%252e/secret.txt',
      'index.html%00.txt', '%00', '//etc/passwd', '%2fetc%2fpasswd', 'C:/Windows/win.ini', 'index.html::$DATA', '%', '%ff', '.hidden', 'steps/./connect', 'steps//connect', 'index.html.',
      ...linksWork ? ['link.txt'] : [],
    ]) {
      const got = await get(`/docs/${page}`)

      assert.ok(got.status === 400 || got.status === 404, `${page}: ${got.status}`)
      assert.doesNotMatch(got.body, /secret$|neighbour|hidden|root:/, page)
    }
  })

  it('does not send a browser elsewhere', async () => {
    for (const page of ['/example.com/', '/example.com/%2f..', '%2f%2fexample.com/']) {
      const { status, headers } = await get(`/docs/${page}`)

      assert.ok(status === 400 || status === 404, `${page}: ${status}`)
      assert.equal(headers.location, undefined)
    }
  })
})

describe('other requests', () => {
  it('HEAD answers what GET does, without the body', async () => {
    const [head, page] = [await get('/docs/steps/connect', 'HEAD'), await get('/docs/steps/connect')]

    assert.deepEqual([head.status, head.body, head.headers['content-length']], [200, '', page.headers['content-length']])
  })

  it('POST is refused with what is allowed', async () => {
    const { status, headers } = await get('/docs/', 'POST')

    assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'])
  })

  it('leaves other paths to others', async () => {
    for (const other of ['/', '/docsx', '/documents/', '/x/docs/']) assert.equal((await get(other)).status, 418, other)
  })

  it('leaves all to others where the site is not built', () => {
    const unbuilt = docsHandler(path.join(home, 'nothing'))

    assert.equal(unbuilt({ url: '/docs/', method: 'GET' } as never, {} as never), false)
  })
})
