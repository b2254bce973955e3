import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { checkPackage, unpack } from './unpack.ts'

const damaged = { name: 'InvalidParameterValueException', message: 'Could not unzip uploaded file. Please check your file, then try to upload again.' }
const UNIX = 3

describe('A package', () => {
  it('is unpacked with its folders; executable files stay executable', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'unpack-'))
    try {
      await unpack(zipSync({ 'index.js': strToU8('a'), 'lib/b.js': strToU8('b'), 'bin/run': [strToU8('#!'), { os: UNIX, attrs: 0o100755 << 16 }] }), folder)

      assert.deepEqual((await readdir(folder)).toSorted(), ['bin', 'index.js', 'lib'])
      assert.equal(await readFile(path.join(folder, 'lib', 'b.js'), 'utf8'), 'b')
      if (process.platform !== 'win32') assert.equal((await stat(path.join(folder, 'bin', 'run'))).mode & 0o111, 0o111)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  for (const name of ['../evil.js', 'a/../../evil.js', '/etc/evil', 'a\\..\\evil.js', 'C:/evil.js', 'C:evil.js', 'file.js:stream', '..'])
    it(`is refused with a file named ${name}`, () => { assert.throws(() => checkPackage(zipSync({ [name]: strToU8('x') })), damaged) })

  it('is refused with a link in it', () => {
    assert.throws(() => checkPackage(zipSync({ link: [strToU8('/etc/passwd'), { os: UNIX, attrs: 0o120777 << 16 }] })), damaged)
  })

  it('is refused when it says or turns out to be larger than 250 MB unpacked', () => {
    const zip = Buffer.from(zipSync({ 'big.bin': new Uint8Array(1000) }))
    const entry = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    zip.writeUInt32LE(262_144_001, entry + 24)

    assert.throws(() => checkPackage(zip), { name: 'InvalidParameterValueException', message: 'Unzipped size must be smaller than 262144000 bytes' })
  })

  it('is refused when it is empty, cut short or no zip at all', () => {
    const zip = zipSync({ 'index.js': strToU8('exports.handler = 1') })
    for (const bytes of [new Uint8Array(), zipSync({}), zip.slice(0, zip.length - 10), zip.slice(30), strToU8('hello')]) assert.throws(() => checkPackage(bytes), damaged)
  })
})
