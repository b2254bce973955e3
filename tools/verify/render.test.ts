import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { mistakes } from '../mistakes/index.ts'
import type { CheckReport, Report } from './report.ts'
import { paragraph, render } from './render.ts'

const local = { name: 'local' as const, account: '000000000000', region: 'us-east-1', endpoint: 'http://127.0.0.1:4566' }
const passed: CheckReport = { id: 'table-exists', title: 'The table of connections exists', status: 'pass', ms: 12 }
const waiting: CheckReport = { id: 'takes-anything', title: 'It takes whatever a client sends', status: 'not-reached', ms: 0 }
const failed: CheckReport = {
  id: 'prunes-the-gone', title: 'Clients that left are forgotten', status: 'fail', ms: 40,
  evidence: { seen: 'The row of a client that has left is still in WebsocketConnection after a message. The function answered {"statusCode":200,"body":"Data sent."}' },
  causes: [
    {
      id: 'status-code-410', cause: 'The handler tests `error.statusCode === 410`. SDK v3 errors have no statusCode, so the row is never deleted.',
      fix: 'Test `error instanceof GoneException`.', at: 'steps/02-send-message/sendMessageToConnectedClient.ts:52', docs: 'troubleshooting/stale-connections',
    },
  ],
}
const report = (...checks: CheckReport[]): Report => ({
  cloud: local, steps: [{ step: 2, status: checks.some(({ status }) => status === 'fail') ? 'fail' : 'pass', checks }],
})

const GOLDEN_FAILURE = `\
✗ Step 2 send-message fails: Clients that left are forgotten
  seen   The row of a client that has left is still in WebsocketConnection after
         a message. The function answered {"statusCode":200,"body":"Data sent."}
  cause  The handler tests \`error.statusCode === 410\`. SDK v3 errors have no
         statusCode, so the row is never deleted.
  fix    Test \`error instanceof GoneException\`.
  at     steps/02-send-message/sendMessageToConnectedClient.ts:52
  more   npm run explain status-code-410
  ✓ 1 check passes   · 1 more waits   local 127.0.0.1:4566
Next: do what "fix" says and save. Stuck? npm run hint`

const GOLDEN_SUCCESS = `\
✓ Step 2 send-message passes: 2 checks, 1.5 s (local 127.0.0.1:4566)
  ✓ The table of connections exists                                        12 ms
  ✓ It takes whatever a client sends                                       1.5 s
    judged by its policy: it may post to the stage beta only, and verify tried
    another`

const GOLDEN_UNKNOWN = `\
✗ Step 2 send-message fails: Every connected client hears the message
  seen   0 of 3 connected clients heard the message. The function answered null
  cause  not one that this kit knows. What was seen is all there is to go by.
  log    INFO hello
         ERROR Invoke Error {"errorType":"Error","errorMessage":"the moon is fu…
  local 127.0.0.1:4566
Next: compare with npm run hint, or read npm run logs`

describe('render', () => {
  it('tells a failure in 12 lines: the verdict, what was seen, the cause, the one thing to do', () => {
    assert.equal(render(report(passed, failed, waiting)), GOLDEN_FAILURE)
  })

  it('lists what passes, with times and remarks', () => {
    const remark = 'judged by its policy: it may post to the stage beta only, and verify tried another'

    assert.equal(render(report(passed, { ...waiting, status: 'pass', ms: 1_500, note: remark })), GOLDEN_SUCCESS)
  })

  it('shows the end of the log where no cause is known, without times and ids', () => {
    const log = [
      'START RequestId: 1 Version: $LATEST', '2026-01-01T00:00:00.000Z\tabc\tINFO\thello',
      `2026-01-01T00:00:00.000Z\tabc\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"the moon is full and so is the disk"}`, 'END RequestId: 1', '',
    ].join('\n')
    const check: CheckReport = {
      id: 'reaches-everyone', title: 'Every connected client hears the message', status: 'fail', ms: 9, causes: [],
      evidence: { seen: '0 of 3 connected clients heard the message. The function answered null', log },
    }

    assert.equal(render(report(check)), GOLDEN_UNKNOWN)
  })

  it('paints the same words, and only when asked to', () => {
    const painted = render(report(passed, failed, waiting), { colour: true })

    assert.equal(painted.split('\n')[0], '\u001B[31m✗ Step 2 send-message fails: Clients that left are forgotten\u001B[39m')
    assert.equal(stripVTControlCharacters(painted), GOLDEN_FAILURE)
    assert.equal(stripVTControlCharacters(render(report(passed), { colour: true })), render(report(passed)))
  })

  it('does not blame anyone for a check that broke', () => {
    const text = render(report({ ...failed, causes: [], evidence: { seen: 'the check itself failed: TypeError: x.', broken: { name: 'TypeError', message: 'x' } } }))

    assert.match(text, /^✗ Step 2 send-message: verify could not look whether this is so: Clients that\n  left are forgotten\n/)
    assert.doesNotMatch(text, /cause/)
  })

  it('says whose rights are missing where verify may not look', () => {
    const text = render(report({ ...failed, causes: [], evidence: { seen: 'verify works as arn:x, which may not look: no.', broken: { name: 'AccessDenied', message: 'no', isDenied: true } } }))

    assert.match(text, /could not look whether this is so/)
    assert.match(text, /Next: these are your rights, not your work: npm run explain rights-missing$/)
  })

  it('keeps every known cause within 12 lines of 80 columns, however much was seen', () => {
    for (const { id, mistake } of mistakes) {
      const causes = [{ id, ...mistake, fix: `TODO 1.1: ${mistake.fix}` }, { id: 'another-one', ...mistake }]
      const lines = render(report(passed, { ...failed, title: 'x'.repeat(90), causes, evidence: { seen: `${'word '.repeat(80)}${'y'.repeat(200)}` } }, waiting)).split('\n')

      assert.ok(lines.length <= 12, `${id}: ${lines.length} lines`)
      assert.ok(lines.every((line) => line.length <= 80), `${id}: ${lines.find((line) => line.length > 80)}`)
      assert.ok(lines.some((line) => line.startsWith('  fix')), id)
    }
  })
})

describe('a paragraph', () => {
  it('breaks at blanks, and long words anywhere', () => {
    assert.deepEqual(paragraph('one two three', { width: 7 }), ['one two', 'three'])
    assert.deepEqual(paragraph('abcdefghij', { width: 4 }), ['abcd', 'efgh', 'ij'])
    assert.deepEqual(paragraph(' one\n  two ', { width: 7 }), ['one two'])
    assert.deepEqual(paragraph('', { width: 4 }), [])
  })
})
