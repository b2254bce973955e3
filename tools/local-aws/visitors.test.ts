import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { describe, it } from 'node:test'
import { hostNameOf, refusal } from './visitors.ts'

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage

describe('refusal', () => {
  for (const host of ['localhost:4566', '127.0.0.1', '[::1]:4566', 'LOCALHOST:1', 'abc123.execute-api.us-east-1.amazonaws.com', 'lambda.eu-west-1.amazonaws.com'])
    it(`lets ${host} in`, () => assert.equal(refusal(request({ host })), undefined))

  for (const host of ['evil.example', 'localhost.evil.example', 'evilamazonaws.com', '192.168.1.4:4566', 'amazonaws.com', '', '[::1', 'a b', 'localhost:99999999', '127.0.0.1.nip.io'])
    it(`turns away the Host "${host}"`, () => assert.match(refusal(request({ host })) ?? '', /Host/))

  for (const url of ['/', '/a?b', '//', '//evil.example/', 'http://localhost:4566/a', 'HTTP://127.0.0.1'])
    it(`lets the target ${url} in`, () => assert.equal(refusal({ url, headers: { host: 'localhost' } } as IncomingMessage), undefined))

  for (const url of ['http://evil.example/', 'http://localhost@evil.example/', 'http://', 'ftp://localhost/', 'x', '*', '/docs/#/../x'])
    it(`turns away the target ${url}`, () => assert.match(refusal({ url, headers: { host: 'localhost' } } as IncomingMessage) ?? '', /address/))

  it('turns away a Host that stands twice', () => {
    const twice = { headers: { host: 'localhost' }, rawHeaders: ['Host', 'localhost', 'HOST', 'evil.example'] } as unknown as IncomingMessage

    assert.match(refusal(twice) ?? '', /Host/)
  })

  it('turns away a request without a Host', () => assert.match(refusal(request({})) ?? '', /Host/))

  for (const origin of ['http://localhost:4566', 'http://127.0.0.1:3000', 'https://localhost'])
    it(`lets a page of ${origin} in`, () => assert.equal(refusal(request({ host: 'localhost:4566', origin })), undefined))

  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'file://', 'nonsense', ''])
    it(`turns away a page of "${origin}"`, () => assert.match(refusal(request({ host: 'localhost:4566', origin })) ?? '', /Origin/))

  it('turns away what a browser says another site asked for', () =>
    assert.match(refusal(request({ host: 'localhost:4566', 'sec-fetch-site': 'cross-site' })) ?? '', /other sites/))
})

describe('hostNameOf', () => {
  it('never throws', () => {
    for (const host of ['%', '[', ']', '::::', 'a:b:c', '\u0000', 'x'.repeat(10_000)]) assert.doesNotThrow(() => hostNameOf(host))
  })
})
