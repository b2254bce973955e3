import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { check, CheckFailed, fail, pass, type Check, type Context } from './check.ts'
import { runChecks } from './runner.ts'

function context() {
  const cleared: string[] = []
  const fake = {
    cloud: { identity: 'arn:aws:iam::000000000000:user/ada' },
    chat: { facts: () => ({ functions: {} }), function: async () => undefined },
    probe: { clear: async () => { cleared.push('clear') } },
  } as unknown as Context
  return { fake, cleared }
}
const statuses = async (checks: Check[], signal?: AbortSignal) => (await runChecks({ step: 1, checks, context: context().fake, signal })).map(({ status }) => status)

describe('runChecks', () => {
  it('does not reach a check whose need failed, nor what needs that one, and goes on with the rest', async () => {
    const found = await statuses([
      check('a', 'A', {}, async () => fail('broken')),
      check('b', 'B', { needs: ['a'] }, async () => undefined),
      check('c', 'C', { needs: ['b'] }, async () => undefined),
      check('d', 'D', {}, async () => pass('by the way')),
    ])

    assert.deepEqual(found, ['fail', 'not-reached', 'not-reached', 'pass'])
  })

  it('keeps what a failing check saw', async () => {
    const [result] = await runChecks({ step: 2, checks: [check('a', 'A', {}, async () => fail('It was red.', { denied: ['x:Y'] }))], context: context().fake })

    const { step, check: id, seen, denied, log, frames } = result!.evidence!
    assert.deepEqual({ step, id, seen, denied, log, frames }, { step: 2, id: 'a', seen: 'It was red.', denied: ['x:Y'], log: '', frames: [] })
  })

  it('takes CheckFailed from below for a failure of the check', async () => {
    const [result] = await runChecks({ step: 1, checks: [check('a', 'A', {}, async () => { throw new CheckFailed(fail('Nobody got in.')) })], context: context().fake })

    assert.equal(result!.evidence!.seen, 'Nobody got in.')
    assert.equal(result!.evidence!.broken, undefined)
  })

  it('says that the check itself failed where something unexpected happened', async () => {
    const [result] = await runChecks({ step: 1, checks: [check('a', 'A', {}, async () => { throw new RangeError('out of it') })], context: context().fake })

    assert.equal(result!.status, 'fail')
    assert.equal(result!.evidence!.seen, 'the check itself failed: RangeError: out of it.')
    assert.deepEqual(result!.evidence!.broken, { name: 'RangeError', message: 'out of it' })
  })

  it('names who verify runs as when AWS refuses a call of its own', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' })
    const [result] = await runChecks({ step: 1, checks: [check('a', 'A', {}, async () => { throw denied })], context: context().fake })

    assert.match(result!.evidence!.seen, /^verify works as arn:aws:iam::000000000000:user\/ada, which may not look: /)
    assert.equal(result!.evidence!.broken!.isDenied, true)
  })

  it('ends at an abort, even in a check that waits for ever, and clears the probes of that check', async () => {
    const { fake, cleared } = context()
    const abort = new AbortController()
    const running = runChecks({
      step: 1, context: fake, signal: abort.signal, graceMs: 10,
      checks: [check('a', 'A', {}, () => { abort.abort(); return new Promise(() => {}) }), check('b', 'B', {}, async () => undefined)],
    })

    assert.deepEqual((await running).map(({ status }) => status), ['not-reached', 'not-reached'])
    assert.deepEqual(cleared, ['clear'])
  })
})
