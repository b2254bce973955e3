import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { root } from '../lib/paths.ts'
import { installNewest, ownSdk } from './newest-sdk.ts'

let folder = ''
before(() => { folder = mkdtempSync(path.join(tmpdir(), 'newest-sdk-test-')) })
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

/** A program in the place of npm. */
function npm(name: string, source: string) {
  const file = path.join(folder, name)
  writeFileSync(file, source)
  return file
}

describe('ownSdk', () => {
  it('knows the clients, and not what the local AWS is made of', () => {
    const names = Object.keys(ownSdk())

    assert.ok(names.includes('@aws-sdk/client-lambda') && names.includes('@smithy/signature-v4'))
    assert.ok(!names.includes('@aws-sdk/core') && !names.includes('@smithy/core'))
  })
})

describe('installNewest', () => {
  it('installs the newest of each and tells the versions', async () => {
    const fake = npm('npm.mjs', `
      import { mkdirSync, writeFileSync } from 'node:fs'
      for (const wanted of process.argv.filter((arg) => arg.endsWith('@latest'))) {
        const name = wanted.slice(0, -'@latest'.length)
        mkdirSync('node_modules/' + name, { recursive: true })
        writeFileSync('node_modules/' + name + '/package.json', JSON.stringify({ version: '4.0.0' }))
      }`)

    assert.deepEqual(await installNewest({ '@aws-sdk/client-lambda': '3.1.0' }, folder, fake), [{ name: '@aws-sdk/client-lambda', ours: '3.1.0', newest: '4.0.0' }])
  })

  it('says what npm said where the registry does not answer', async () => {
    const fake = npm('offline.mjs', `
      console.error('npm error code ECONNREFUSED\\nnpm error syscall connect\\nnpm error FetchError: request to the registry failed')
      process.exitCode = 1`)

    await assert.rejects(installNewest({ '@aws-sdk/client-lambda': '3.1.0' }, folder, fake), {
      name: 'KitError', message: /npm could not install the newest SDK: FetchError: request to the registry failed/,
    })
  })

  it('says so where it was not npm that ran it', async () => {
    await assert.rejects(installNewest({}, folder, ''), { name: 'KitError' })
  })
})

describe('the hooks', () => {
  it('give clients the newest SDK, and nobody else', async () => {
    const home = path.join(folder, 'node_modules/@aws-sdk/client-sts')
    mkdirSync(home, { recursive: true })
    writeFileSync(path.join(home, 'package.json'), JSON.stringify({ name: '@aws-sdk/client-sts', version: '4.0.0', type: 'module', exports: './index.js' }))
    writeFileSync(path.join(home, 'index.js'), '')
    const asks = (parent: string) => `import { resolve } from ${JSON.stringify(pathToFileURL(path.join(root, 'tools/kit/newest-sdk-hooks.mjs')).href)}
      const next = (specifier, { parentURL }) => parentURL
      console.log(resolve('@aws-sdk/client-sts', { parentURL: ${JSON.stringify(pathToFileURL(path.join(root, parent)).href)} }, next))`
    const asked = async (parent: string) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', asks(parent)], { env: { ...process.env, NEWEST_SDK: folder } })
      return stdout.trim()
    }

    assert.equal(await asked('tools/verify/aws.ts'), pathToFileURL(path.join(folder, 'asks.mjs')).href)
    assert.equal(await asked('tools/local-aws/service.ts'), pathToFileURL(path.join(root, 'tools/local-aws/service.ts')).href)
  })
})
