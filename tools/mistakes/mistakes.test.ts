import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { causesOf, explain, mistakes, type Evidence } from './index.ts'

const here = import.meta.dirname
const solutions = path.join(here, '../../solutions')

const evidence = (given: Partial<Evidence>): Evidence =>
  ({ step: 1, check: 'runs-its-code', seen: '', source: '', log: '', frames: [], denied: [], allowed: [], chat: { functions: {} }, ...given })
const routes = (key: string) => ({ functions: {}, routes: [{ id: 'r1', key }] })
const ids = (given: Partial<Evidence>) => causesOf(evidence(given)).map(({ id }) => id)

describe('the list of mistakes', () => {
  it('names every file of the folders, and no other', () => {
    const files = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(path.join(here, name)).map((file) => `${name}/${file.replace(/\.ts$/, '')}`))

    assert.deepEqual(mistakes.map(({ place, id }) => `${place}/${id}`).toSorted(), files.toSorted())
  })

  it('has each id once', () => {
    assert.equal(new Set(mistakes.map(({ id }) => id)).size, mistakes.length)
  })

  it('has at least three of each step', () => {
    for (const step of [1, 2, 3, 4]) assert.ok(mistakes.filter((entry) => entry.step === step).length >= 3, `step ${step}`)
  })
})

for (const { id, mistake } of mistakes)
  describe(`the mistake ${id}`, () => {
    it('is told in so few words that a failure fits 12 lines', () => {
      assert.ok(mistake.cause.length <= 142, `cause: ${mistake.cause.length} characters`)
      assert.ok(mistake.fix.length <= 142, `fix: ${mistake.fix.length} characters`)
      assert.match(mistake.cause, /[.)]$/)
    })

    it('does not match where nothing was seen', () => {
      assert.equal(mistake.matches(evidence({ check: 'none' })), false)
    })

    if (mistake.break.kind === 'edit')
      it('changes texts that are in the solutions exactly once', () => {
        for (const { file, find } of mistake.break.kind === 'edit' ? mistake.break.edits : [])
          assert.equal(readFileSync(path.join(solutions, file), 'utf8').split(find).length - 1, 1, `${file}: ${find}`)
      })

    if (mistake.break.kind === 'lines')
      it('is what explain thinks of first', () => {
        const { lines } = mistake.break as { lines: string[] }

        assert.equal(explain(lines.join('\n'))[0]?.id, id)
      })
  })

describe('causesOf', () => {
  it('names nothing where nothing fits', () => {
    assert.deepEqual(ids({ check: 'reaches-everyone', step: 2, log: 'something else', source: 'PostToConnection Scan' }), [])
  })

  it('tells a slow policy from a missing one', () => {
    const log = 'User: arn:aws:sts::000000000000:assumed-role/r/f is not authorized to perform: execute-api:ManageConnections on resource: x'

    assert.deepEqual(ids({ step: 2, check: 'reaches-everyone', log, source: 'PostToConnection Scan' }), ['post-grant-missing'])
    assert.deepEqual(ids({ step: 2, check: 'reaches-everyone', log, source: 'PostToConnection Scan', allowed: ['execute-api:ManageConnections'] }), ['policy-not-everywhere-yet'])
  })

  it('tells a misspelt route from a missing one', () => {
    assert.deepEqual(ids({ step: 3, check: 'send-route', chat: routes('$connect') }), ['no-send-route'])
    assert.deepEqual(ids({ step: 3, check: 'send-route', chat: routes('sendmessage') }), ['route-key-misspelt'])
  })

  it('accuses code only of what the deployed package holds', () => {
    assert.deepEqual(ids({ check: 'runs-its-code', answer: { payload: 'null' }, source: '' }), [])
    assert.deepEqual(ids({ check: 'runs-its-code', answer: { payload: 'null' }, source: 'async function handler(event) {\n}' }), ['nothing-stored'])
  })

  it('knows the old test for 410 in either order', () => {
    for (const source of ['if (e.statusCode === 410) x()', 'if (410 == e.statusCode) DeleteItem()'])
      assert.equal(ids({ step: 2, check: 'prunes-the-gone', source: `${source} DeleteItem` })[0], 'status-code-410')
  })
})

describe('explain', () => {
  it('finds a mistake by its id', () => {
    assert.deepEqual(explain('status-code-410').map(({ id }) => id), ['status-code-410'])
  })

  it('finds it by a line that people paste', () => {
    assert.equal(explain("Error: Cannot find module 'aws-sdk'\nRequire stack:")[0]?.id, 'sdk-v2')
    assert.equal(explain('TypeError [ERR_INVALID_URL]: Invalid URL')[0]?.id, 'endpoint-without-scheme')
  })

  it('admits that it does not know', () => {
    assert.deepEqual(explain('the dog ate my keyboard'), [])
  })
})
