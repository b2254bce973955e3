import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { awsPageOf } from '../../../docs/generate/aws-pages.ts'
import { catalogue } from '../../../docs/generate/catalogue.ts'
import { checkTitles } from '../../../docs/generate/check-titles.ts'
import { readable } from '../../../docs/generate/literal.ts'
import { anchorOf } from '../../../docs/generate/lists.ts'
import { code, plain, prose } from '../../../docs/generate/markdown.ts'
import { generatedPages } from '../../../docs/generate/pages.ts'
import type { EventFacts } from '../../lib/event-facts.ts'
import { root } from '../../lib/paths.ts'
import { mistakes } from '../../mistakes/index.ts'
import { steps } from '../../steps.ts'
import { alternatives } from '../matrix/alternatives.ts'
import { cells, type Proof } from '../matrix/cells.ts'

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const files = (folder: string) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file.replaceAll('\\', '/')}`)

const byHand = files('docs/content/troubleshooting').filter((file) => !file.endsWith('/index.mdx')).map((file) => `troubleshooting/${path.posix.parse(file).name}`)
const sources = {
  checks: new Map([['table-key', 'Its key is the string connectionId']]),
  fileOf: () => "  matches: ({ check }) => check === 'table-key',\n  break: x",
  solution: (file: string) => read(`solutions/${file}`),
  scripts: ['doctor'],
}
const generated = generatedPages(mistakes, sources, { byHand })
const pages = catalogue(mistakes)

const slugIn = (text: string) => /^slug: "?([^"\n]+)"?$/m.exec(text)?.[1]
const written = files('docs/content').filter((file) => /\.mdx?$/.test(file) && !file.includes('/generated/'))
const slugOf = (file: string) => slugIn(read(file)) ?? `/${file.replace(/^docs\/content\//, '').replace(/\.mdx?$/, '')}`
const slugs = new Set([...written.map(slugOf), ...generated.map(({ text }) => slugIn(text)).filter(Boolean)])

describe('the pages of the mistakes', () => {
  it('are one for each, at an address of its own', () => {
    const addresses = generated.map(({ text }) => slugIn(text)).filter((slug) => slug !== undefined)

    for (const { slug } of pages) assert.ok(addresses.includes(slug), slug)
    assert.equal(new Set(addresses).size, addresses.length)
    assert.equal(new Set(generated.map((page) => page.path)).size, generated.length)
  })

  it('have titles that differ, with something to read in them', () => {
    const titles = pages.map(({ title }) => title.toLowerCase())

    assert.deepEqual(titles.filter((title, index) => titles.indexOf(title) !== index), [])
    assert.deepEqual(titles.filter((title) => title.length < 8 || /\\|\(\?/.test(title)), [])
  })

  it('tell cause, fix, file and, but for the machine, a page of AWS', () => {
    for (const { slug, entry: { mistake, place } } of pages) {
      const { text } = generated.find((page) => slugIn(page.text) === slug)!

      for (const part of ['**Cause.**', '**Fix.**', '## How the kit tells it', ...place === 'machine' ? [] : ['(https://docs.aws.amazon.com/']]) assert.ok(text.includes(part), `${slug}: ${part}`)
      if (mistake.at) assert.ok(text.includes(mistake.at), slug)
    }
  })

  it('name the check that fails, by what it says', () => {
    const { text } = generated.find((page) => page.path.endsWith('/wrong-key.md'))!

    assert.match(text, /The check “Its key is the string connectionId” \(`table-key`\) fails in step 1/)
  })

  it('are named by what verify and explain print', () => {
    const missing = mistakes.filter(({ mistake }) => !slugs.has(`/${mistake.docs}`)).map(({ id, mistake }) => `${id}: ${mistake.docs}`)

    assert.deepEqual(missing, [])
  })
})

describe('the page of what is proven', () => {
  const measured = {
    at: '2026-01-02T03:04:05.678Z', ms: 125_000, node: '22.1.0', cores: 2, checks: { 'sdk-v2': 'runs-its-code' },
    counts: { mistakes: { all: 200, failed: 1 }, starters: { all: 6, failed: 0 }, solutions: { all: 4, failed: 0 }, alternatives: { all: 30, failed: 0 } },
  }
  const page = (more = {}) => generatedPages(mistakes, sources, { byHand, ...more }).find(({ path: file }) => file === 'proof.md')!.text
  const proofs: Proof[] = ['deployed', 'observed', 'lines', 'machine']

  it('lists each mistake once, and the matrix proves each in one way', () => {
    const listed = [...page().matchAll(/^\| \[.*\) `([a-z0-9-]+)` \| (?:deployed|observed|read|diagnosed) \|/gm)].map(([, id]) => id)

    assert.deepEqual(listed.toSorted(), proofs.flatMap((proof) => cells(proof).map(({ id }) => id)).toSorted())
    assert.deepEqual(listed, mistakes.map(({ id }) => id))
  })

  it('lists each other right way', () => {
    for (const { id } of alternatives) assert.ok(page().includes(`| \`${id}\` |`), id)
  })

  it('shows what a run measured, and says so where there was none', () => {
    assert.match(page(), /Not run yet where this site was built/)
    assert.match(page({ measured }), /2026-01-02, 2 min 5 s on 2 processors, Node 22\.1\.0\./)
    assert.match(page({ measured }), /named first\? \| 200 \| 199 \|/)
    assert.match(page({ measured }), /`sdk-v2` \| deployed \| `runs-its-code` \|/)
  })
})

describe('what the facilitator decided', () => {
  const piece = (name: string, event?: EventFacts) => generatedPages(mistakes, sources, { byHand, event }).find(({ path: file }) => file === `_event/${name}.md`)!.text
  const decided = { sharedUrl: 'ws://192.168.1.20:4567/copper-otter-lamp', account: '111122223333', region: 'eu-west-1', minutes: 90 }

  it('is told on the site', () => {
    assert.equal(piece('join', decided), '```sh\nnpx wscat -c ws://192.168.1.20:4567/copper-otter-lamp\nnpm run chat shared\n```\n')
    assert.equal(piece('facts', decided), '**This event:** AWS account `111122223333`, region `eu-west-1`, 90 minutes, [the shared room](/steps/chat) at `ws://192.168.1.20:4567/copper-otter-lamp`.\n')
  })

  it('is asked for by nothing where it is left open', () => {
    assert.equal(piece('join'), '```sh\nnpx wscat -c THE_URL_ON_THE_BOARD\nnpm run chat THE_URL_ON_THE_BOARD\n```\n')
    assert.equal(piece('facts'), '\n')
  })

  it('is only text', () => {
    assert.equal(piece('join', { sharedUrl: 'ws://a/```\n<b>', minutes: 120 }), '```sh\nnpx wscat -c ws://a/%60%60%60%3Cb%3E\nnpm run chat shared\n```\n')
  })
})

describe('links within the site', () => {
  it('lead to pages that are there', () => {
    const texts = [...generated.map((page) => [page.path, page.text] as const), ...written.map((file) => [file, read(file)] as const)]
    const broken = texts.flatMap(([name, text]) => [...text.matchAll(/\]\((\/[^)#\s]*)(?:#[^)]*)?\)|\bto="(\/[^"#]*)/g)]
      .map((match) => match[1] ?? match[2]!).filter((target) => !slugs.has(target)).map((target) => `${name}: ${target}`))

    assert.deepEqual(broken, [])
  })

  it('lead from each step to its mistakes', () => {
    for (const { id, name } of steps) assert.ok(read(`docs/content/steps/${name}.mdx`).includes(`(/troubleshooting/by-step#${anchorOf(id)})`), name)
  })
})

describe('a pattern as a line', () => {
  it('shows the first of what it matches', () => {
    assert.equal(readable(/not authorized to perform: dynamodb:(Scan|Query)/), 'not authorized to perform: dynamodb:Scan')
    assert.equal(readable(/Unexpected server response: 50[02]/), 'Unexpected server response: 500')
    assert.equal(readable(/ResourceNotFoundException.*Requested resource not found/), 'ResourceNotFoundException … Requested resource not found')
    assert.equal(readable(/^Stack with id ChatStack\S* does not exist$/), 'Stack with id ChatStack… does not exist')
    assert.equal(readable(/"message": ?"Forbidden"(?!x)/), '"message":"Forbidden"')
    assert.equal(readable(/(?:a|b)\.c \[x\]/), 'a.c [x]')
  })

  it('is a line that the pattern knows, where it has no gap', () => {
    const wrong = mistakes.flatMap(({ id, mistake }) => mistake.says.map((pattern) => ({ id, pattern, line: readable(pattern) })))
      .filter(({ pattern, line }) => !line.includes('…') && !pattern.test(line) && !/\(\?|\\b|[:,]$|\^\s|\\s/.test(pattern.source))

    assert.deepEqual(wrong, [])
  })
})

describe('text of the kit in Markdown', () => {
  it('is only text', () => {
    const hostile = '<img src=x onerror=alert(1)> [a](javascript:b) **c** {d} | `e` :f[g]'

    assert.doesNotMatch(plain(hostile), /[<>[\]`*{}|]/)
    assert.equal(prose('Test `error instanceof X` <b>'), 'Test `error instanceof X` &lt;b&gt;')
    assert.equal(code('a `b` c'), '``a `b` c``')
  })
})

const pageOf = (id: string) => awsPageOf(mistakes.find((entry) => entry.id === id)!)?.url.split('/').at(-1)

describe('pages of AWS', () => {
  it('fit the subject', () => {
    assert.equal(pageOf('status-code-410'), 'apigateway-how-to-call-websocket-api-connections.html')
    assert.equal(pageOf('policy-not-everywhere-yet'), 'troubleshoot.html')
    assert.equal(pageOf('callback-handler'), 'nodejs-handler.html')
    assert.equal(pageOf('clock-skew'), 'reference_sigv-troubleshooting.html')
    assert.equal(pageOf('disk-full'), undefined)
  })
})

describe("the site's package", () => {
  const manifest = JSON.parse(read('docs/package.json')) as Record<'dependencies' | 'devDependencies' | 'overrides', Record<string, string>>
  const locked = JSON.parse(read('docs/package-lock.json')).packages as Record<string, { optionalDependencies?: Record<string, string> }>

  it('names exact versions, and no download addresses', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides })

    assert.deepEqual(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)), [])
    assert.doesNotMatch(read('docs/package-lock.json'), /"resolved"/)
  })

  it('holds the binaries of every system, not of the author\'s alone', () => {
    const missing = Object.entries(locked).flatMap(([place, { optionalDependencies = {} }]) => Object.keys(optionalDependencies)
      .filter((name) => !locked[`node_modules/${name}`] && !locked[`${place}/node_modules/${name}`]))

    assert.deepEqual(missing, [])
  })
})

describe('checkTitles', () => {
  it('reads ids and titles in each of the quotes', () => {
    const titles = checkTitles([`check('a-b', 'It\\'s there', {})\n  check('c', "A client's row", {}) check('d', \`\${about} exists\`, {})`])

    assert.deepEqual([...titles], [['a-b', "It's there"], ['c', "A client's row"], ['d', 'The function exists']])
  })

  it('finds those of verify', () => {
    assert.ok(checkTitles(files('tools/verify').filter((file) => file.endsWith('.ts')).map(read)).size > 15)
  })
})
