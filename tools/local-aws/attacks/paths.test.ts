import assert from 'node:assert/strict'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { S3 } from '@aws-sdk/client-s3'
import { docsHandler } from '../../kit/docs/handler.ts'
import { start } from '../index.ts'
import { sendSigned } from '../protocol/signed-fetch-testing.ts'
import { startTestCloud } from '../testing.ts'
import { requestLines, say, type Victim } from './attack-testing.ts'
import { furnish } from './fuzz/furnish-testing.ts'

/** Ways up and out, as they were tried on other servers. */
const WAYS_OUT = [
  '../credentials', '..%2fcredentials', '%2e%2e/credentials', '%2e%2e%2fcredentials', '..\\credentials', '..%5ccredentials', '%252e%252e%252fcredentials', '....//credentials',
  '..;/credentials', '%c0%ae%c0%ae/credentials', '/etc/passwd', '//etc/passwd', '%2fetc%2fpasswd', 'C:/Windows/win.ini', 'C:%5cWindows', 'credentials%00.txt', 'credentials::$DATA',
  'CREDEN~1', '.', '..', '%', '%zz', '%ff', 'x%0d%0aSet-Cookie:a=b',
]

describe('a path that leads out (Vite CVE-2025-30208 and CVE-2026-53571, esbuild GHSA-g7r4-m6w7-qqqr)', () => {
  let aws: Victim
  before(async () => {
    aws = await startTestCloud()
    await new S3({ ...aws.client, forcePathStyle: true }).createBucket({ Bucket: 'attic' })
  })
  after(() => aws.stop())

  it('in the key of an object is a name like any other', async () => {
    const s3 = new S3({ ...aws.client, forcePathStyle: true })
    const keys = WAYS_OUT.filter((key) => key !== '.' && key !== '..').flatMap((way) => [way, `a/../../${way}`])
    for (const Key of keys) await s3.putObject({ Bucket: 'attic', Key, Body: Key })

    for (const Key of keys) assert.equal(await (await s3.getObject({ Bucket: 'attic', Key })).Body!.transformToString(), Key)
    assert.equal((await s3.listObjectsV2({ Bucket: 'attic' })).KeyCount, new Set(keys).size)
    assert.deepEqual(await strangeFiles(aws.state), [])
  })

  it('in the request line, as sent, reaches no file', async () => {
    for (const way of WAYS_OUT)
      for (const target of [`/${way}`, `/attic/${way}`, `/docs/${way}`, `/_workshop/${way}`, `/_workshop/faults/${way}`, `/_lambda-code/${way}`, `/_lambda-code/000000000000/us-east-1/${way}`, `/abcdefghij/beta/${way}`]) {
        const { status, body } = await say(aws.port, requestLines('GET', target, { Host: 'localhost' }))

        assert.ok(status >= 400 && status < 500, `${target}: ${status}`)
        assert.doesNotMatch(body, /secretAccessKey|root:|Set-Cookie/)
      }
  })

  it('signed for S3 is a key, and no more', async () => {
    for (const way of WAYS_OUT) {
      const { status, text } = await sendSigned({ endpoint: aws.url, service: 's3', credentials: aws.keys }, { path: `/attic/nothing/${way}` })

      assert.ok(status === 404 || status === 400 || status === 403, `${way}: ${status} ${text}`)
      assert.doesNotMatch(text, /secretAccessKey|root:/)
    }
  })

  it('in the name of a bucket is refused', async () => {
    for (const name of ['..', '.', '..%2f..%2fetc', '%2e%2e', 'a..b', 'a/../../b', 'A', 'x'.repeat(64), '__proto__']) {
      const { status } = await sendSigned({ endpoint: aws.url, service: 's3', credentials: aws.keys }, { method: 'PUT', path: `/${name}` })

      assert.ok(status >= 400 && status < 500, `${name}: ${status}`)
    }
    assert.deepEqual(await strangeFiles(aws.state), [])
  })

  it('in x-amz-copy-source and in TemplateURL is answered 4xx', async () => {
    const signing = { endpoint: aws.url, credentials: aws.keys }
    for (const way of WAYS_OUT) {
      const copy = await sendSigned({ ...signing, service: 's3' }, { method: 'PUT', path: '/attic/copy', headers: { 'x-amz-copy-source': `attic/nothing/${way}` } })
      const url = encodeURIComponent(`http://127.0.0.1/attic/nothing/${way}`)
      const template = await sendSigned({ ...signing, service: 'cloudformation' }, {
        method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `Action=ValidateTemplate&Version=2010-05-15&TemplateURL=${url}`,
      })

      assert.ok(copy.status >= 400 && copy.status < 500, `${way}: ${copy.status} ${copy.text}`)
      assert.ok(template.status >= 400 && template.status < 500, `${way}: ${template.status} ${template.text}`)
    }
  })

  it('in the region of a signature is refused before a folder has its name', async () => {
    for (const region of ['..', '../..', 'global', '%2e%2e', 'us-east-1/../..', '__proto__']) {
      const { status } = await sendSigned({ endpoint: aws.url, service: 'ssm', credentials: aws.keys, region }, { method: 'POST', headers: { 'x-amz-target': 'AmazonSSM.DescribeParameters', 'content-type': 'application/x-amz-json-1.1' }, body: '{}' })

      assert.ok(status >= 400 && status < 500, `${region}: ${status}`)
    }
    assert.deepEqual((await readdir(path.join(aws.state, aws.account))).toSorted(), ['global', 'us-east-1'])
  })

  it('in the address of a package is refused: it carries a signature over all of it', async () => {
    const sha = 'a'.repeat(64)
    const signature = 'b'.repeat(64)
    for (const address of [
      `000000000000/us-east-1/${sha}?expires=9999999999999&signature=${signature}`, `000000000000/us-east-1/${sha}?expires=9999999999999&signature=`, `000000000000/us-east-1/../${sha}?expires=1&signature=${signature}`,
      `000000000000/%2e%2e/${sha}?expires=1&signature=${signature}`, `111111111111/us-east-1/${sha}?expires=9999999999999&signature=${signature}`, `000000000000/us-east-1/${sha}?expires=${'9'.repeat(400)}&signature=${signature}`,
    ])
      assert.equal((await say(aws.port, requestLines('GET', `/_lambda-code/${address}`, { Host: 'localhost' }))).status, 403, address)
  })

  it('leaves the state folder to its owner', async () => {
    if (process.platform === 'win32') return
    await furnish(aws)
    const isOpen = async (name: string) => ((await stat(path.join(aws.state, name))).mode & 0o077) !== 0
    const open: string[] = []
    // What lies in the state folder itself, and the folders that lead to the rest.
    for (const name of await readdir(aws.state, { recursive: true }))
      if (await isOpen(name) && (path.dirname(name) === '.' || await isOpen(path.dirname(name)))) open.push(name)
    assert.deepEqual(open, [])
  })
})

describe('the pages beside the cloud', () => {
  it('are read from their folder only, through the port that everyone uses', async () => {
    const home = await startTestCloud()
    after(() => home.stop())
    const site = path.join(home.state, 'site')
    await mkdir(site)
    await writeFile(path.join(site, 'index.html'), 'home')
    await writeFile(path.join(site, '404.html'), 'no such page')
    const state = path.join(home.state, 'inner')
    const aws = await start({ state, port: 0, site: docsHandler(site) })
    after(() => aws.stop())

    for (const way of [...WAYS_OUT, '../inner/credentials', '..%2finner%2fcredentials', '%2e%2e/inner/running.json']) {
      const { status, body, head } = await say(aws.port, requestLines('GET', `/docs/${way}`, { Host: 'localhost' }))

      assert.ok(status >= 400 && status < 500, `${way}: ${status}`)
      assert.doesNotMatch(`${head}${body}`, /secretAccessKey|token|root:|Set-Cookie:/)
    }
  })
})

/** Files in the state folder whose names were chosen from outside: none may be. */
async function strangeFiles(state: string) {
  const names = await readdir(state, { recursive: true })
  return names.filter((name) => /credentials./.test(path.basename(name)) || /passwd|win\.ini|CREDEN|Windows/.test(name))
}
