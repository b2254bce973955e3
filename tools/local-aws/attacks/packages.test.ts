import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { checkPackage, unpack } from '../lambda/unpack.ts'
import { lambdaAlone, type LambdaAlone } from '../lambda/testing.ts'

const MEBIBYTE = 1024 * 1024
const damaged = { name: 'InvalidParameterValueException' }
const UNIX = 3

describe('a function package that means harm', () => {
  let home: string
  let box: string
  before(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'attack-zip-'))
    box = path.join(home, 'box', 'inner')
    await mkdir(box, { recursive: true })
  })
  after(() => rm(home, { recursive: true }))
  const outside = async () => (await readdir(home, { recursive: true })).filter((name) => !name.replaceAll('\\', '/').startsWith('box'))

  for (const name of ['../evil.js', '../../evil.js', 'a/../../../evil.js', '/evil.js', '//evil.js', '..\\evil.js', 'C:\\evil.js', 'C:evil.js', '\\\\host\\share\\evil.js', 'a/..', '..', 'a\0.js', 'index.js::$DATA'])
    it(`is refused with ${JSON.stringify(name)} (zip slip)`, async () => {
      await assert.rejects(unpack(zipSync({ 'index.js': strToU8(''), [name]: strToU8('evil') }), box), damaged)
      assert.deepEqual(await outside(), [])
    })

  it('is refused with a link, even one that a later file would go through', async () => {
    const zip = zipSync({ 'lib': [strToU8('/tmp'), { os: UNIX, attrs: 0o120777 << 16 }], 'lib/evil.js': strToU8('evil') })

    await assert.rejects(unpack(zip, box), damaged)
  })

  it('is refused with a device or a pipe', async () => {
    for (const type of [0o010000, 0o020000, 0o060000, 0o140000]) await assert.rejects(unpack(zipSync({ x: [strToU8(''), { os: UNIX, attrs: (type | 0o666) << 16 }] }), box), damaged)
  })

  it('is refused where two readers would find two lists of files in it (zip64)', async () => {
    const zip = twoLists('good.js', '../../evil.js')

    await assert.rejects(unpack(zip, box), damaged)
    assert.deepEqual(await outside(), [])
  })

  it('is unpacked by its list, where the names beside the files differ', async () => {
    const zip = Buffer.from(zipSync({ 'aaaaaaaaaa.js': strToU8('evil') }))
    zip.write('../evil.js', 30) // the local header only

    await unpack(zip, box)
    assert.deepEqual(await outside(), [])
  })

  it('is unpacked to no more than it says, where it lies about its size', async () => {
    const zip = Buffer.from(zipSync({ 'big.bin': new Uint8Array(20 * MEBIBYTE) }, { level: 1 }))
    zip.writeUInt32LE(10, zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24)
    const memory = process.memoryUsage.rss()

    await unpack(zip, path.join(box, 'liar')).catch((error) => assert.equal(error.name, damaged.name))
    assert.ok(process.memoryUsage.rss() - memory < 15 * MEBIBYTE)
  })

  it('is refused before it is unpacked where it would become more than 250 MB, though its files share their bytes (zip bomb, Fifield 2019)', () => {
    const zip = Buffer.from(zipSync({ 'kernel': new Uint8Array(MEBIBYTE) }))
    const at = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    const end = zip.indexOf(Buffer.from([0x50, 0x4b, 5, 6]))
    const entry = zip.subarray(at, end)
    const many = Buffer.concat([zip.subarray(0, at), ...Array.from({ length: 300 }, () => entry), zip.subarray(end)])
    many.writeUInt16LE(300, many.length - 12)
    many.writeUInt16LE(300, many.length - 14)

    assert.throws(() => checkPackage(many), { ...damaged, message: 'Unzipped size must be smaller than 262144000 bytes' })
  })

  it('is refused with a list that is cut, doubled or points anywhere', () => {
    const zip = Buffer.from(zipSync({ 'index.js': strToU8('x') }))
    for (let at = 0; at < zip.length - 4; at += 3)
      for (const value of [0, 0xff]) {
        const spoilt = Buffer.from(zip)
        spoilt.fill(value, at, at + 4)
        try {
          checkPackage(spoilt)
        } catch (error) {
          assert.equal((error as Error).name, damaged.name)
        }
      }
  })
})

describe('a function whose package cannot be unpacked', () => {
  let lambda: LambdaAlone
  before(async () => { lambda = await lambdaAlone() })
  after(() => lambda.stop())

  it('is Failed and says why; the next one works', async () => {
    const zip = zipSync({ 'index.js': strToU8('exports.handler = async () => 1'), 'a': strToU8('file'), 'a/b': strToU8('in it') })
    await lambda.create('odd', '', { Code: { ZipFile: zip } })

    await assert.rejects(lambda.invoke('odd'), { name: 'ResourceConflictException' })
    assert.equal((await lambda.call('GetFunction', { FunctionName: 'odd' })).Configuration!.State, 'Failed')
    await lambda.create('even', 'exports.handler = async () => 2')
    assert.equal((await lambda.invoke('even')).answer, 2)
  })
})

/** A zip whose ordinary list names 65 535 times one file, and whose zip64 list names another. */
function twoLists(shown: string, hidden: string): Buffer {
  const [shownZip, hiddenZip] = [shown, hidden].map((name) => Buffer.from(zipSync({ [name]: strToU8('evil') }, { level: 0 })))
  const entryOf = (zip: Buffer) => zip.subarray(zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2])), zip.indexOf(Buffer.from([0x50, 0x4b, 5, 6])))
  const localOf = (zip: Buffer) => zip.subarray(0, zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2])))
  const first = localOf(hiddenZip!)
  const list = Buffer.concat(Array.from({ length: 65_535 }, () => entryOf(shownZip!)))
  const secret = entryOf(hiddenZip!)
  const listAt = first.length
  const secretAt = listAt + list.length

  const zip64 = Buffer.alloc(56)
  zip64.writeUInt32LE(0x06064b50, 0)
  zip64.writeUInt32LE(1, 32)
  zip64.writeUInt32LE(secretAt, 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeUInt32LE(secretAt + secret.length, 8)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(65_535, 8)
  end.writeUInt16LE(65_535, 10)
  end.writeUInt32LE(listAt, 16)
  return Buffer.concat([first, list, secret, zip64, locator, end])
}
