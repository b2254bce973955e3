import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../lib/paths.ts'

/** Which top-level place may import which; tests may import anything. See tools/README.md. */
const MAY_IMPORT: Record<string, string[]> = {
  'tools/lib': [],
  'tools/steps.ts': [],
  'tools/mistakes': ['tools/lib', 'tools/steps.ts'],
  'tools/verify': ['tools/mistakes', 'tools/lib', 'tools/steps.ts'],
  'tools/local-aws': ['tools/lib'],
  'tools/room': ['tools/lib', 'tools/verify'],
  'tools/kit': ['tools/room', 'tools/verify', 'tools/mistakes', 'tools/lib', 'tools/local-aws', 'tools/steps.ts'],
  'steps': [],
  'solutions': [],
}
const SKIPPED = new Set(['node_modules', '.git', '.workshop', 'cdk.out'])

const filesUnder = (folder: string): string[] => readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
  if (SKIPPED.has(entry.name)) return []
  const name = path.posix.join(folder, entry.name)
  return entry.isDirectory() ? filesUnder(name) : [name]
})
const placeOf = (file: string) => Object.keys(MAY_IMPORT).find((place) => file === place || file.startsWith(`${place}/`))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
/** Specifiers of static and dynamic imports, requires and re-exports. */
const importsOf = (file: string, text = read(file)) => [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n\\]+)['"]/g)].map((match) => match[1]!)
const withoutTypeImports = (text: string) => text.replaceAll(/^import type [^;]*? from '[^']+'$/gm, '')

const all = filesUnder('.').map((file) => path.posix.normalize(file))
const code = all.filter((file) => /\.(ts|mjs|cjs)$/.test(file) && placeOf(file))
const shipped = code.filter((file) => !/\.(test|clients|newest)\.ts$|\/test(ing|s)?(\.|\/)|\/fixtures\//.test(file))

describe('the house', () => {
  it('imports downwards only', () => {
    const wrong = shipped.flatMap((file) => {
      const place = placeOf(file)!
      return importsOf(file).filter((specifier) => specifier.startsWith('.')).flatMap((specifier) => {
        const target = path.posix.join(path.posix.dirname(file), specifier)
        const other = placeOf(target)
        return other === place || (other && MAY_IMPORT[place]!.includes(other)) ? [] : [`${file} imports ${target}`]
      })
    })

    assert.deepEqual(wrong, [])
  })

  it('enters the local AWS through its index only', () => {
    const wrong = shipped.filter((file) => placeOf(file) !== 'tools/local-aws').flatMap((file) =>
      importsOf(file).filter((specifier) => /local-aws\/(?!index\.ts$)/.test(specifier)).map((specifier) => `${file} imports ${specifier}`))

    assert.deepEqual(wrong, [])
  })

  it('keeps mistakes free of Node, so that they also run in a browser', () => {
    const wrong = shipped.filter((file) => file.startsWith('tools/mistakes/')).flatMap((file) =>
      importsOf(file, withoutTypeImports(read(file))).filter((specifier) => !specifier.startsWith('.')).map((specifier) => `${file} imports ${specifier}`))

    assert.deepEqual(wrong, [])
  })

  it('leaves TODOs to the participant', () => {
    const wrong = shipped.filter((file) => !file.startsWith('steps/') && /(\/\/|\/?\*)\s*TODO\b/.test(read(file)))

    assert.deepEqual(wrong, [])
  })
})

const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
const prose = all.filter((file) => file.endsWith('.md') || (/\.(ts|mjs)$/.test(file) && file.startsWith('tools/')))

describe('npm scripts', () => {
  it('exist when prose names them', () => {
    const missing = prose.flatMap((file) => [...read(file).matchAll(/\bnpm (?:run (?:--silent |-s )?([a-z][\w-]*(?::[\w-]+)*)|(start|test)\b)/g)]
      .map((match) => match[1] ?? match[2]!)
      .filter((name) => !scripts.includes(name) && !/^(verify:step-)$/.test(name))
      .map((name) => `${file}: npm run ${name}`))

    assert.deepEqual(missing, [])
  })

  it('all go through tools/kit/run.mjs, and there are at most 40', () => {
    const { scripts: bodies } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

    assert.deepEqual(Object.entries(bodies).filter(([, body]) => !/^node tools\/kit\/run\.mjs [a-z-]+( [\w.-]+)*$/.test(body)), [])
    assert.ok(scripts.length <= 40, `${scripts.length} scripts`)
  })
})

describe('a lockfile', () => {
  for (const file of all.filter((name) => name.endsWith('package-lock.json')))
    it(`holds no download addresses: ${file}`, () => {
      assert.doesNotMatch(read(file), /"resolved":/)
    })
})
