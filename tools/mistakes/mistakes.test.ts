import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { steps } from '../steps.ts'
import { causesOf, examplesOf, explain, linesIn, mistakes, type Entry, type Evidence } from './index.ts'

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
    for (const { number: step } of steps) assert.ok(mistakes.filter((entry) => entry.step === step).length >= 3, `step ${step}`)
  })
})

/** Whether nothing in the text tells the two apart: a line of it is in an example of the other, too. */
const looksLike = (other: Entry, text: string) => examplesOf(other).some((example) => linesIn(example).some((line) => linesIn(text).some((mine) => mine === line)))

for (const entry of mistakes) {
  const { id, mistake } = entry
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

    if (mistake.break.kind === 'observed')
      it('is what verify thinks of first where it was observed', () => {
        const { evidence: seen } = mistake.break as { evidence: Partial<Evidence> }

        assert.equal(ids({ step: entry.step ?? 1, ...seen })[0], id)
      })

    if (mistake.break.kind === 'lines')
      it('is what explain thinks of first', () => {
        const { lines } = mistake.break as { lines: string[] }

        assert.equal(explain(lines.join('\n'))[0]?.id, id)
      })

    for (const example of examplesOf(entry))
      it(`is found by what people paste: ${example.split('\n')[0]!.slice(0, 60)}`, () => {
        const [first, second] = explain(example)

        if (first?.id === id) return
        assert.equal(second?.id, id, `first ${first?.id}, second ${second?.id}`)
        assert.ok(looksLike(first!, example), `${first!.id} is first and does not look like that`)
      })

    it('has an example, if it shows as a line', () => {
      if (mistake.says.length > 0) assert.notDeepEqual(examplesOf(entry), [])
    })

    it('has patterns that know its examples, and none that knows nothing of them', () => {
      const examples = examplesOf(entry).flatMap(linesIn)
      if (examples.length > 0) assert.ok(mistake.says.some((pattern) => examples.some((line) => pattern.test(line))))
    })
  })
}

describe('a deploy that fails', () => {
  for (const { id, mistake: { break: how } } of mistakes.filter(({ place, mistake }) => (place === 'stack' || place === '04-deploy') && mistake.break.kind === 'lines'))
    it(`with the words of ${id} is told so first`, () => {
      const log = (how as { lines: string[] }).lines.join(' ')

      assert.equal(ids({ step: 4, check: 'deploys', seen: 'AWS::X::Y Z could not be created', log })[0], id)
    })

  it('is told by what is in the way of the account, too', () => {
    const log = `Resource handler returned message: "Resource of type 'AWS::DynamoDB::Table' with identifier 'WebsocketConnection' already exists."`

    assert.deepEqual(ids({ check: 'deploys', log }), ['name-taken'])
  })

  it('is not told by words of a log, nor by words that nobody knows', () => {
    assert.deepEqual(ids({ step: 4, check: 'deploys', log: 'ERR_INVALID_URL' }), [])
    assert.deepEqual(ids({ step: 4, check: 'deploys', log: 'the dog ate the template' }), [])
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

  it('tells first that what runs is not what was written, where a stack was deployed from here', () => {
    const given = { step: 2, check: 'prunes-the-gone', source: 'if (error.statusCode === 410) DeleteItem()', sameCode: false }

    assert.deepEqual(ids(given), ['status-code-410'])
    assert.deepEqual(ids({ ...given, chat: { functions: {}, stack: { name: 'ChatStack', status: 'UPDATE_COMPLETE', outputs: {}, resources: [] } } }), ['edited-not-deployed', 'status-code-410'])
  })

  it('tells a deployment that is on its way from one that nobody makes', () => {
    const stage = { name: 'beta', autoDeploy: true, deploymentId: 'd1' }
    const given = { step: 4, check: 'serves-the-routes' }

    assert.deepEqual(ids({ ...given, chat: { functions: {}, stage } }), ['deployment-on-its-way'])
    assert.deepEqual(ids({ ...given, chat: { functions: {}, stage: { ...stage, autoDeploy: false } } }), ['not-in-the-deployed-stage'])
    assert.deepEqual(ids({ ...given, chat: { functions: {}, stage: { ...stage, lastDeploymentStatusMessage: 'Deployment attempt failed: x' } } }), ['auto-deploy-failed'])
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

  it('reads past colours, ends of lines of other systems, and what repeats', () => {
    const pasted = '\u001b[33merror: Unexpected server response: 429\u001b[39m\r\n'.repeat(3)

    assert.equal(explain(pasted)[0]?.id, 'stage-throttled-to-zero')
    assert.deepEqual(linesIn(pasted), ['error: Unexpected server response: 429'])
  })

  it('thinks of what shows rarely before what shows often', () => {
    const frame = '< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}'

    assert.equal(explain(frame)[0]?.id, 'no-send-route')
    assert.equal(explain(`> {“action”: “sendMessage”}\n${frame}`)[0]?.id, 'smart-quotes')
  })

  it('admits that it does not know', () => {
    assert.deepEqual(explain('the dog ate my keyboard'), [])
  })
})
