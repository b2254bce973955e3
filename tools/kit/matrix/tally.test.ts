import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

const { measured, withCounts, withoutSkipped } = await import(new URL('tally.mjs', import.meta.url).href)

const result = (type: string, file: string, more = {}) => ({ type: `test:${type}`, data: { nesting: 1, file: `/kit/matrix/${file}.matrix.ts`, ...more } })
const diagnostic = (message: string) => ({ type: 'test:diagnostic', data: { nesting: 0, message } })

async function messagesAfter(...events: object[]) {
  const messages: string[] = []
  for await (const { type, data } of withCounts(events)) if (type === 'test:diagnostic') messages.push(data.message)
  return messages
}

describe('the tally of the matrix', () => {
  it('counts cells by the question that their file asks, before the summary of the runner', async () => {
    const messages = await messagesAfter(
      result('pass', 'mistakes'), result('pass', 'mistakes'), result('fail', 'mistakes'),
      result('pass', 'alternatives'), result('fail', 'alternatives'), result('fail', 'solutions'),
      diagnostic('tests 6'), diagnostic('pass 3'),
    )

    assert.deepEqual(messages, ['mistakes 3', 'own id first 2', 'alternatives 2', 'alternatives rejected 1', 'wrongly accused 2', 'tests 6', 'pass 3'])
  })

  it('leaves the counts to whoever keeps them', async () => {
    const kept: object[] = []
    for await (const _ of withCounts([result('pass', 'mistakes'), result('fail', 'starters'), diagnostic('tests 2')], (counts: object) => kept.push(counts)));

    assert.deepEqual(kept, [{ mistakes: { all: 1, failed: 0 }, starters: { all: 1, failed: 1 } }])
    assert.deepEqual(measured(kept[0], 2_000).counts, kept[0])
  })

  it('counts no suite, no file, and no cell that was not asked for', async () => {
    const messages = await messagesAfter(
      result('pass', 'starters'), result('pass', 'starters', { details: { type: 'suite' } }), result('fail', 'starters', { nesting: 0 }), result('pass', 'starters', { skip: true }), diagnostic('tests 1'),
    )

    assert.deepEqual(messages, ['starters 1', 'first TODO named 1', 'tests 1'])
  })

  it('is silent about cells that were not asked for', async () => {
    const told: string[] = []
    const cell = (name: string, more = {}) => [{ type: 'test:start', data: { name } }, { type: 'test:pass', data: { name, ...more } }]
    for await (const { type, data } of withoutSkipped([...cell('a', { skip: 'no' }), { type: 'test:start', data: { name: 'suite' } }, ...cell('b'), ...cell('c', { skip: 'no' }), { type: 'test:pass', data: { name: 'suite' } }])) told.push(`${type.slice(5)} ${data.name}`)

    assert.deepEqual(told, ['start suite', 'start b', 'pass b', 'pass suite'])
  })
})
