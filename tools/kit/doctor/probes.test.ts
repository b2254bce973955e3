import assert from 'node:assert/strict'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { DEFAULT_PORT } from '../../local-aws/index.ts'
import { startTestCloud } from '../../local-aws/testing.ts'
import { awsProfiles } from './aws-files.ts'
import { probeRegion } from './aws-access.ts'
import { gather } from './gather.ts'
import { probeGit } from './git.ts'
import { probeDisk, probeFolder, probeProxy } from './machine-probes.ts'
import { probeNpm } from './npm.ts'
import { probePackages } from './packages.ts'
import { listeningInodes, ownerFromLsof, pidFromNetstat } from '../../lib/port-owner.ts'
import { probePort, USUAL_PORT } from './port.ts'
import { probeState } from './state.ts'
import { testPlace, testServer } from './testing.ts'

const NO_PROCESS = 2 ** 30

const removals: (() => void)[] = []
after(() => { for (const remove of removals) remove() })
const place = (given: Parameters<typeof testPlace>[0] = {}) => {
  const made = testPlace(given)
  removals.push(made.remove)
  return made.place
}

/** Whose running.json says that its local AWS is there. */
const runningAt = (url: string) => place({ files: { 'kit/.workshop/local/running.json': JSON.stringify({ pid: process.pid, url }) } })
const lock = (packages: object) => JSON.stringify({ packages })

describe('the probe of packages', () => {
  const wanted = { '': { dependencies: { ws: '1' } }, 'node_modules/ws': { version: '1.0.0' }, 'node_modules/extra': { version: '2.0.0', optional: true } }

  it('finds nothing wrong where all is there', async () => {
    const here = place({ files: {
      'kit/package-lock.json': lock(wanted), 'kit/node_modules/.package-lock.json': lock({ 'node_modules/ws': { version: '1.0.0' } }),
      'kit/node_modules/ws/package.json': '{}', 'kit/node_modules/@esbuild/some-system/package.json': '{}',
    } })

    assert.deepEqual(await probePackages(here), { missing: [], wrong: [], binaries: ['some-system'], wanted: `${process.platform}-${process.arch}` })
  })

  it('finds what is missing, gone from its folder, or of another version', async () => {
    const files = { 'kit/package-lock.json': lock(wanted), 'kit/node_modules/.package-lock.json': lock({ 'node_modules/ws': { version: '0.9.0' } }) }

    assert.deepEqual(await probePackages(place({ files: { 'kit/package-lock.json': lock(wanted) } })).then(({ missing }) => missing), ['ws'])
    const { missing, wrong } = await probePackages(place({ files }))
    assert.deepEqual({ missing, wrong }, { missing: ['ws'], wrong: ['ws'] })
  })
})

describe('the probe of npm', () => {
  it('reads the registry where npm does, the environment first, and without its password', async () => {
    const files = { 'kit/.npmrc': 'fund=false\nregistry = https://kit.example.com/npm\n', 'home/.npmrc': 'registry=https://home.example.com/' }

    assert.equal((await probeNpm(place({ files }))).registry, 'https://kit.example.com/npm/')
    assert.equal((await probeNpm(place({ files: { 'home/.npmrc': files['home/.npmrc'] } }))).registry, 'https://home.example.com/')
    assert.equal((await probeNpm(place({ files, environment: { npm_config_registry: 'https://ada:sesame@env.example.com' } }))).registry, 'https://env.example.com/')
    assert.equal((await probeNpm(place())).registry, 'https://registry.npmjs.org/')
  })

  it('asks the registry on aws only', async () => {
    const asked: string[] = []
    const registry = await testServer((request, response) => {
      asked.push(request.url!)
      response.writeHead(403).end()
    })
    const environment = { npm_config_registry: registry.url }

    assert.equal((await probeNpm(place({ environment }))).registryStatus, undefined)
    assert.equal((await probeNpm(place({ environment, settings: { cloud: 'aws' } }))).registryStatus, '403')
    assert.deepEqual(asked, ['/-/ping'])
    await registry.stop()
    assert.equal((await probeNpm(place({ environment, settings: { cloud: 'aws' } }))).registryStatus, 'ECONNREFUSED')
  })
})

describe('the probes of disk, folder, git and proxy', () => {
  it('measure the disk and know the folder', async () => {
    const here = place()

    assert.ok((await probeDisk(here))!.freeBytes > 0)
    const { path: folder, writable } = (await probeFolder(here))!
    assert.deepEqual({ folder, writable }, { folder: here.root, writable: true })
  })

  it('count files with CR LF', async () => {
    const { crlf } = await probeGit(place({ files: { 'kit/steps/a.ts': 'one\r\ntwo\r\n', 'kit/steps/01/b.ts': 'one\n' } }))

    assert.equal(crlf, 1)
  })

  it('leave users and passwords of proxies out', () => {
    assert.deepEqual(probeProxy(place({ environment: { https_proxy: 'http://ada:sesame@proxy.example.com:8080', NO_PROXY: 'localhost' } })), { https: 'http://proxy.example.com:8080', noProxy: 'localhost' })
    assert.deepEqual(probeProxy(place({ environment: { HTTP_PROXY: 'ada:s@same@proxy:1' } })), { http: 'proxy:1' })
  })
})

describe('the probe of the local AWS\'s state', () => {
  it('is content where there is none', async () => assert.deepEqual(await probeState(place()), { unusable: [] }))

  it('tells a dead owner from a living one', async () => {
    const dead = place({ files: { 'kit/.workshop/local/lock': String(NO_PROCESS) } })
    const alive = place({ files: { 'kit/.workshop/local/lock': String(process.pid) } })

    assert.deepEqual((await probeState(dead)).lock, { pid: NO_PROCESS, alive: false })
    assert.deepEqual((await probeState(alive)).lock, { pid: process.pid, alive: true })
  })

  it('tells a local AWS from another program at its address', async () => {
    const other = await testServer((_, response) => response.writeHead(200).end('hello'))
    const aws = await startTestCloud()

    const [real, wrong] = await Promise.all([probeState(runningAt(aws.url)), probeState(runningAt(other.url))])

    await Promise.all([aws.stop(), other.stop()])
    assert.equal(real.running!.answers, true)
    assert.equal(wrong.running!.answers, false)
  })

  it('names files that are no JSON, each once', async () => {
    const files = { 'kit/.workshop/settings.json': '{', 'kit/.workshop/progress.json': '' }

    assert.deepEqual((await probeState(place({ files, unusable: ['.workshop/settings.json is not JSON.'] }))).unusable,
      ['.workshop/settings.json is not JSON.', '.workshop/progress.json is not JSON.'])
  })
})

describe('the probe of the port', () => {
  it('looks at the usual port', () => assert.equal(USUAL_PORT, DEFAULT_PORT))

  it('tells free, another program, this folder\'s local AWS and that of another folder', async () => {
    const other = await testServer((_, response) => response.end('hello'))
    const aws = await startTestCloud()

    const found = await Promise.all([probePort(place(), other.port), probePort(runningAt(aws.url), aws.port), probePort(place(), aws.port)])

    await Promise.all([aws.stop(), other.stop()])
    assert.deepEqual(found.map(({ use }) => use), ['other', 'ours', 'kit'])
    assert.deepEqual(await probePort(place(), other.port), { port: other.port, use: 'free' })
    if (process.platform === 'linux') assert.match(found[0]!.by!, new RegExp(`\\(process ${process.pid}\\)`))
  })

  it('reads who has it as each system tells', () => {
    assert.equal(ownerFromLsof('p4711\ncnode\nf23\n'), 'node (process 4711)')
    assert.equal(ownerFromLsof(''), undefined)
    assert.equal(pidFromNetstat('  TCP    127.0.0.1:45660   0.0.0.0:0   LISTENING   1\r\n  TCP    127.0.0.1:4566    0.0.0.0:0    ABHÖREN    4711\r\n', 4566), '4711')
    assert.deepEqual(listeningInodes('  0: 0100007F:11D6 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000 0 987 1\n  1: 0100007F:11D6 0100007F:9999 01 0 0 0 0 0 988 1', 4566), ['987'])
  })
})

describe('the files of AWS', () => {
  const files = {
    'home/.aws/config': '[default]\nregion = us-east-1\n\n[profile workshop]\r\nregion=eu-west-1\r\ns3 =\n  max = 2\n', 'home/.aws/credentials': '[workshop]\naws_access_key_id = AKIAEXAMPLE\n',
  }

  it('are read by profile', async () => {
    assert.deepEqual(await awsProfiles(place({ files })), { default: { region: 'us-east-1' }, workshop: { region: 'eu-west-1', s3: '', aws_access_key_id: 'AKIAEXAMPLE' } })
  })

  it('name a region, after settings and environment', async () => {
    assert.deepEqual(await probeRegion(place({ files, settings: { profile: 'workshop' } })), { chosen: 'eu-west-1', named: { 'the profile': 'eu-west-1' } })
    assert.equal((await probeRegion(place({ files, environment: { AWS_REGION: 'ap-south-1' } }))).chosen, 'ap-south-1')
    assert.deepEqual(await probeRegion(place({ environment: { AWS_DEFAULT_REGION: 'eu-west-1' } })), { named: { AWS_DEFAULT_REGION: 'eu-west-1' } })
  })
})

describe('gathering on the local AWS', () => {
  it('looks at the machine only', async () => {
    const facts = await gather(place())

    assert.deepEqual(Object.keys(facts).toSorted(), ['chosen', 'disk', 'folder', 'git', 'node', 'npm', 'packages', 'port', 'proxy', 'state', 'terminal'])
  })

  it('notes why something could not be told, and goes on', async () => {
    const here = place()
    rmSync(here.root, { recursive: true })
    const facts = await gather(here)
    mkdirSync(path.join(here.root), { recursive: true })

    assert.match(facts.notKnown!.disk!, /ENOENT/)
    assert.ok(facts.node)
  })
})
