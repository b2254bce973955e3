import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from './diagnose.ts'
import { mistakes } from './index.ts'
import type { MachineFacts } from './machine-facts.ts'
import { soundMachine } from './machine-testing.ts'

const found = (facts: MachineFacts) => diagnose(facts).map(({ id }) => id)
const alteredBy = (facts: MachineFacts) => found({ ...soundMachine(), ...facts })

describe('a sound machine', () => {
  it('gives nothing to find', () => assert.deepEqual(found(soundMachine()), []))
  it('is not accused of what nobody looked at', () => assert.deepEqual(found({}), []))
})

describe('a machine with one thing wrong', () => {
  for (const { id, mistake: { break: how, machine } } of mistakes) {
    if (how.kind !== 'machine') continue
    it(`is found to have ${id}`, () => assert.deepEqual(found(how.facts), [id]))
    it(`is found to have ${id} and nothing else, where all the rest is sound`, () => assert.deepEqual(alteredBy(how.facts), [id]))
    it(`is told by a sign of ${id}`, () => assert.ok(machine))
  }
})

describe('a machine where one thing causes another', () => {
  const refused = { status: 'refused', message: 'Signature expired' } as const

  it('names the clock before the keys', () => {
    assert.deepEqual(alteredBy({ clock: { skewSeconds: 4000, against: 'x' }, credentials: refused }), ['clock-skew', 'credentials-refused'])
  })

  it('names the network, and not each endpoint', () => {
    const endpoints = ['sts', 'lambda'].map((name) => ({ host: `${name}.eu-west-1.amazonaws.com`, error: 'ENOTFOUND', ms: 3 }))

    assert.deepEqual(alteredBy({ endpoints }), ['no-network'])
    assert.deepEqual(alteredBy({ endpoints, proxy: { https: 'http://p:1', noProxy: 'localhost' } }), ['proxy-needed'])
  })

  it('names a failure before a remark', () => {
    assert.deepEqual(alteredBy({ terminal: { isTTY: true, colour: true, columns: 40 }, bootstrap: {} }), ['not-bootstrapped', 'terminal-narrow'])
  })

  it('names the certificate once, also where the handshake saw it', () => {
    assert.deepEqual(alteredBy({ webSocket: { url: 'wss://x', error: 'SELF_SIGNED_CERT_IN_CHAIN', expected: 403 } }), ['tls-inspected'])
  })
})

describe('what is no fault', () => {
  const cases: [string, MachineFacts][] = [
    ['Node at the lower end of the range', { node: { version: '20.19.0', platform: 'linux', arch: 'x64', tlsUnchecked: false } }],
    ['Node 24 for arm64 on an Apple processor', { node: { version: '24.1.0', platform: 'darwin', arch: 'arm64', cpu: 'Apple M2', tlsUnchecked: false } }],
    ['no event account to compare with', { chosen: { cloud: 'aws', event: {} } }],
    ['/mnt without WSL', { folder: { path: '/mnt/c/chat', platform: 'linux', wsl: false, writable: true } }],
    ['a folder that is named like a service in part only', { folder: { path: '/home/ada/dropboxes/onedriver', platform: 'linux', wsl: false, writable: true } }],
    ['the usual line endings of Git for Windows', { git: { version: '2.47.0', autocrlf: 'true', crlf: 20, platform: 'win32' } }],
    ['our own local AWS on the port', { port: { port: 4566, use: 'ours' } }],
    ['a local AWS that runs and answers', { state: { lock: { pid: 1, alive: true }, running: { pid: 1, alive: true, answers: true }, unusable: [] } }],
    ['a proxy that leaves localhost alone', { proxy: { http: 'http://p:1', noProxy: '.example.com, LOCALHOST' } }],
    ['a clock that is a little off', { clock: { skewSeconds: -90, against: 'x' } }],
    ['a bootstrap that may not be looked at', { bootstrap: { denied: true } }],
    ['the same region named twice', { region: { chosen: 'eu-west-1', named: { AWS_REGION: 'eu-west-1', profile: 'eu-west-1' } } }],
    ['Lambda that said nothing of runtimes', { lambda: { concurrent: 1000, unreserved: 1000, runtimes: {} } }],
    ['a pipe instead of a terminal', { terminal: { isTTY: false, colour: false, columns: 20 } }],
  ]
  for (const [title, facts] of cases) it(title, () => assert.deepEqual(alteredBy(facts), []))
})
