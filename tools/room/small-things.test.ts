import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createEchoes, type Echoes } from './echoes.ts'
import { qrCode, openOnLan } from './invitation.ts'
import { isPrivate, lanAddresses } from './lan.ts'
import { isPasscode, newPasscode } from './passcode.ts'
import { fitted, shownText } from './shown.ts'
import { words } from './words.ts'

describe('a passcode', () => {
  it('is three of 256 different plain words', () => {
    assert.equal(new Set(words).size, 256)
    assert.ok(words.every((word) => /^[a-z]{4,9}$/.test(word)))
    assert.ok(isPasscode(newPasscode()))
    assert.deepEqual(['', 'a-b', 'a-b-c-d', 'a/b-c-d', 'A-b-c', undefined].map(isPasscode), Array(6).fill(false))
  })

  it('is another one each time', () => {
    assert.equal(new Set(Array.from({ length: 100 }, newPasscode)).size, 100)
  })
})

const ipv4 = (address: string, internal = false) => ({ address, internal, family: 'IPv4' as const, netmask: '', mac: '', cidr: null })

describe('the addresses of a machine', () => {
  it('begin with those on which people are', () => {
    const found = lanAddresses({
      lo: [ipv4('127.0.0.1', true)], docker0: [ipv4('172.17.0.1')], eth0: [ipv4('203.0.113.9')], wlan0: [ipv4('192.168.1.20')],
    })

    assert.deepEqual(found.map(({ address }) => address), ['192.168.1.20', '172.17.0.1', '203.0.113.9'])
  })

  it('are private or not', () => {
    assert.deepEqual(['10.1.2.3', '172.31.0.1', '192.168.0.1', '172.32.0.1', '203.0.113.9'].map(isPrivate), [true, true, true, false, false])
  })
})

describe('what a room opens', () => {
  it('is told with address and network, and a public address is called one', () => {
    const lines = openOnLan({ host: '192.168.1.20', port: 4567, network: 'wlan0', reach: 'http://127.0.0.1:4000' }).join('\n')
    assert.match(lines, /192\.168\.1\.20:4567, nothing else/)
    assert.match(lines, /same network \(wlan0\) and knows the URL/)

    assert.match(openOnLan({ host: '203.0.113.9', port: 1, reach: '' }).join('\n'), /the whole internet/)
  })
})

describe('a QR code', () => {
  it('is drawn in blocks, white on black where there are colours', () => {
    const plain = qrCode('ws://192.168.1.20:4567/copper-otter-lamp', { environment: {}, colour: false })
    assert.ok(plain.length > 15 && plain.every((line) => /^[ █▀▄]*$/.test(line)))
    assert.ok(qrCode('x', { environment: {}, colour: true })[0]!.includes('\u001b[97m\u001b[40m'))
  })

  it('is left out where it would be read aloud', () => {
    assert.deepEqual(qrCode('x', { environment: { ACCESSIBLE: '1' } }), [])
  })
})

describe('a text of somebody else', () => {
  it('moves no cursor, rings no bell and turns no direction', () => {
    assert.equal(shownText('\u001b[2J\u001b]0;title\u0007hi\u0007 \u202eevil\u009b1m'), 'hi\ufffd \ufffdevil')
  })

  it('keeps its lines below each other, and its emoji', () => {
    assert.equal(shownText('one\r\ntwo\rthree\n\n', '  '), 'one\n  two\n  three')
    assert.equal(shownText('👩‍🚀 ok'), '👩‍🚀 ok')
  })

  it('is cut where it would fill the screen', () => {
    assert.match(shownText('x'.repeat(100_000)), /^x{2000}… \(98000 more characters\)$/)
  })

  it('is broken between words, below what it belongs to, and never within a URL', () => {
    assert.equal(fitted('12:34:56 › \u001b[2mone two three\u001b[0m four', 24), '12:34:56 › \u001b[2mone two\n           three\u001b[0m four')
    assert.equal(fitted('           second line of it', 24), '           second line\n           of it')
    assert.equal(fitted('· at ws://192.168.1.20:4567/copper now', 24), '· at\n  ws://192.168.1.20:4567/copper\n  now')
    assert.equal(fitted('a b c', 0), 'a b c')
  })
})

describe('echoes', () => {
  it('come back once for each time that something was said', () => {
    const echoes = createEchoes({ ms: 60_000, late: () => {} })
    echoes.expect('hi')
    echoes.expect('hi')

    assert.deepEqual([echoes.heard('hi'), echoes.heard('ho'), echoes.heard('hi'), echoes.heard('hi')], [true, false, true, false])
  })

  it('are told when they are late, nothing is waited for then, and they are known when they come after all', async () => {
    let echoes!: Echoes
    const told = await new Promise((resolve) => {
      echoes = createEchoes({ ms: 1, late: (text) => { void echoes.none().then(() => resolve(text)) } })
      echoes.expect('hi')
    })

    assert.equal(told, 'hi')
    assert.deepEqual([echoes.heard('hi'), echoes.heard('hi')], [true, false])
    assert.deepEqual(echoes.forget(), [])
  })

  it('can be forgotten, all of them or the oldest', async () => {
    const echoes = createEchoes({ ms: 60_000, late: () => {} })
    for (const text of ['a', 'b', 'c']) echoes.expect(text)
    echoes.refused()

    assert.deepEqual(echoes.forget(), ['b', 'c'])
    await echoes.none()
  })
})
