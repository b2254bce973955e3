import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { excerpt } from '../../../docs/plugins/excerpt.ts'
import { quoteFiles } from '../../../docs/plugins/quote-files.ts'

const text = `const a = 1

function story() {
  // TODO 1.1 First think.
  //   Then write.
  // TODO 1.2 Answer.

  return a
}
`
const root = mkdtempSync(path.join(tmpdir(), 'quotes-'))
writeFileSync(path.join(root, 'story.ts'), text)
after(() => rmSync(root, { recursive: true }))

const of = (region: Parameters<typeof excerpt>[2]) => excerpt('story.ts', text, region)

describe('excerpt', () => {
  it('shows a file, a line, or lines from one text to the next, at the left margin', () => {
    assert.equal(of({}), text.trimEnd())
    assert.equal(of({ from: 'return a' }), 'return a')
    assert.equal(of({ from: '// TODO 1.2', to: 'return' }), '// TODO 1.2 Answer.\n\nreturn a')
  })

  it('shows a TODO up to the next one or to what is no comment', () => {
    assert.equal(of({ todo: '1.1' }), '// TODO 1.1 First think.\n//   Then write.')
    assert.equal(of({ todo: '1.2' }), '// TODO 1.2 Answer.')
  })

  it('refuses a region that is gone, or there more than once', () => {
    assert.throws(() => of({ from: 'no such line' }), { name: 'ExcerptError', message: /story\.ts: from="no such line" is in 0 lines/ })
    assert.throws(() => of({ from: 'TODO' }), { message: /is in 2 lines/ })
    assert.throws(() => of({ from: 'return a', to: 'function' }), { message: /no line from line 8 on holds to="function"/ })
    assert.throws(() => of({ to: 'function' }), { message: /without from/ })
    assert.throws(() => of({ todo: '1' }), { message: /has no TODO 1\./ })
  })

  it('reads files of Windows alike', () => {
    assert.equal(excerpt('story.ts', text.replaceAll('\n', '\r\n'), { from: 'function', to: '}' }).split('\n')[0], 'function story() {')
  })
})

const quoted = (meta: string, value = '') => {
  const block = { type: 'code', lang: 'ts', meta, value }
  quoteFiles({ root })({ type: 'root', children: [{ type: 'list', children: [block] }] }, { path: 'page.mdx' })
  return block
}

describe('code blocks that quote a file', () => {
  it('get its lines, and its path as title', () => {
    assert.deepEqual(quoted('file="story.ts" from="const a" {1}'), { type: 'code', lang: 'ts', meta: '{1} title="story.ts"', value: 'const a = 1' })
    assert.equal(quoted('file="story.ts" title="A story"').meta, 'title="A story"')
  })

  it('are the only ones that are touched', () => {
    assert.deepEqual(quoted('title="other"', 'x'), { type: 'code', lang: 'ts', meta: 'title="other"', value: 'x' })
  })

  it('fail the build, naming page and file, where file or region is gone', () => {
    assert.throws(() => quoted('file="gone.ts"'), { message: /^page\.mdx quotes gone\.ts, which cannot be read\./ })
    assert.throws(() => quoted('file="story.ts" from="gone"'), { message: /^page\.mdx quotes story\.ts: from="gone"/ })
    assert.throws(() => quoted('file="../story.ts"'), { message: /outside the repository/ })
    assert.throws(() => quoted('file="story.ts" form="const a"'), { message: /with form, which is not known/ })
    assert.throws(() => quoted('file="story.ts"', 'const a = 2'), { message: /has text of its own/ })
  })
})
