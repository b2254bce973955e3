import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../lib/paths.ts'

/** Runs a script under the guard; answers what it printed and what the guard wrote down. */
function underGuard(script: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guard-'))
  const log = path.join(folder, 'log')
  const { stdout } = spawnSync(process.execPath, ['--require', path.join(root, 'tools/kit/loopback-guard.cjs'), '--input-type=module', '-e', script], {
    encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', LOOPBACK_GUARD_LOG: log },
  })
  const written = existsSync(log) ? readFileSync(log, 'utf8') : ''
  rmSync(folder, { recursive: true })
  return { stdout: stdout.trim(), written }
}

describe('the loopback guard', () => {
  for (const [what, script] of [
    ['a name', "import http from 'node:http'; http.get('http://workshop.invalid/').on('error', ({ message }) => console.log(message))"],
    ['an address', "import net from 'node:net'; net.connect({ host: '192.0.2.1', port: 9 }).on('error', ({ message }) => console.log(message))"],
    ['fetch', "fetch('http://192.0.2.1:8080/').catch(({ cause }) => console.log(cause.message))"],
    ['a look-up', "import dns from 'node:dns'; dns.promises.lookup('workshop.invalid').catch(({ message }) => console.log(message))"],
    ['a look-up of its own that leads outside', "import net from 'node:net'; net.connect({ host: 'inside', port: 9, lookup: (name, options, found) => found(null, options.all ? [{ address: '192.0.2.1', family: 4 }] : '192.0.2.1', 4) }).on('error', ({ message }) => console.log(message))"],
    ['a datagram', "import dgram from 'node:dgram'; const socket = dgram.createSocket('udp4'); try { socket.send('x', 9, '192.0.2.1') } catch ({ message }) { console.log(message); socket.close() }"],
  ] as const)
    it(`refuses ${what} off loopback, and writes it down`, () => {
      const { stdout, written } = underGuard(script)

      assert.match(stdout, /^Off loopback, refused in tests/)
      assert.notEqual(written, '')
    })

  it('leaves loopback alone', () => {
    const { stdout, written } = underGuard(`import http from 'node:http'
      const server = http.createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1', async () => {
        console.log(await (await fetch('http://localhost:' + server.address().port)).text())
        server.close()
      })`)

    assert.equal(stdout, 'hello')
    assert.equal(written, '')
  })
})
