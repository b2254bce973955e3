import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareIds, fact, isWithin, localFact, section, unanswered, type Fact } from './fact.ts'
import { conformance, reportOf, rowsOf } from './index.ts'
import { planOf } from './report.ts'
import type { Result } from './run.ts'
import { sections } from './sections.ts'

const facts = sections.flatMap((one) => one.facts)
const fine = async () => {}
const result = (one: Fact, outcome: Result['outcome'], seen?: string): Result => ({ section: 'Things', fact: one, outcome, ms: 1, seen })

describe('the facts', () => {
  it('have an id, a source, a date, and a proof or a reason why not', () => {
    const wrong = facts.filter(({ id, mark, says, source, date, prove, why }) =>
      !/^[A-H]\d*(\.\d+)?$/.test(id) || !/^[DOMU]$/.test(mark) || !says || !source || !/^20\d\d(-\d\d){0,2}$/.test(date) || Boolean(prove) === Boolean(why))

    assert.deepEqual(wrong.map(({ id, says }) => `${id} ${says}`), [])
  })

  it('are told apart by id and sentence', () => {
    const seen = facts.map(({ id, says }) => `${id} ${says}`)

    assert.deepEqual(seen.filter((one, at) => seen.indexOf(one) !== at), [])
  })

  for (const letter of 'ABCDEFGH') it(`leave at most one in ten of the certain rows unanswered in ${letter}`, () => {
    const certain = facts.filter(({ id, mark }) => id.startsWith(letter) && mark !== 'U')
    const answered = new Set(certain.filter(({ prove }) => prove).map(({ id }) => id))
    const all = new Set(certain.map(({ id }) => id))

    assert.ok((all.size - answered.size) / all.size <= 0.1, `${all.size - answered.size} of ${all.size}`)
  })
})

describe('the local AWS', () => {
  for (const part of ['A7', 'B2']) {
    it(`answers like AWS in ${part}`, async () => {
      const results = await conformance({ part, heard: () => {}, warn: (line) => assert.fail(line) })

      assert.deepEqual(
        results.filter(({ outcome }) => outcome === 'differs').map(({ fact: { id, says }, seen }) => `${id} ${says}: ${seen}`), [],
      )
      assert.ok(results.length > 0)
    })
  }
})

describe('a fact', () => {
  it('belongs to its row, its group and its letter', () => {
    assert.deepEqual(['B2.3', 'B2', 'B'].map((asked) => isWithin('B2.3', asked)), [true, true, true])
    assert.deepEqual(['B2.1', 'B', 'B1', 'C'].map((asked) => isWithin('B2.13', asked)), [false, true, false, false])
    assert.equal(isWithin('A12.1', 'A1'), false)
  })

  it('comes in the order of the sheets', () => {
    assert.deepEqual(['B1.1', 'A10.2', 'A2', 'A2.12', 'A2.3', 'F.2'].toSorted(compareIds), ['A2', 'A2.3', 'A2.12', 'A10.2', 'B1.1', 'F.2'])
  })
})

describe('the report', () => {
  const results = [
    result(fact('A1.1', 'D', 'one is one', 'books', '2026', fine), 'passes'),
    result(fact('A1.1', 'O', 'one is also one', 'books', '2026', fine), 'differs', 'two\n(conformance/x.ts:1)'),
    result(fact('A1.2', 'O', 'two is two', 'books', '2026', fine), 'passes'),
    result(unanswered('A1.3', 'D', 'three is three', 'books', '2026', 'nobody counts so far'), 'not answered'),
    result(fact('A1.4', 'U', 'four is four', 'rumours', '2026', fine), 'passes'),
    result(localFact('clock', 'A1.5', 'D', 'five o\'clock', 'books', '2026', fine), 'local only'),
  ]

  it('counts a row as its worst fact', () => {
    assert.deepEqual(
      rowsOf(results).map(({ id, outcome }) => [id, outcome]),
      [['A1.1', 'differs'], ['A1.2', 'passes'], ['A1.3', 'not answered'], ['A1.4', 'uncertain'], ['A1.5', 'local only']],
    )
  })

  it('tells what differs, what is not answered, what is uncertain, then counts', () => {
    assert.equal(reportOf(results), [
      'Differs from AWS', '✗ A1.1 O one is also one', '    books, 2026', '    two', '    (conformance/x.ts:1)', '',
      'Not answered, and why', '  A1.3 D three is three', '      nobody counts so far', '',
      'Uncertain, and what was decided', '  A1.4 four is four', '',
      'section  rows  proofs  pass  differs  not answered  uncertain  local only',
      'Things   5     5       1     1        1             1          1',
      'all      5     5       1     1        1             1          1', '',
      '1 of 4 rows that are documented, observed or measured are not answered.',
    ].join('\n'))
  })

  it('plans what AWS would be asked', () => {
    assert.equal(planOf([section('Things', results.map((one) => one.fact))]), [
      'section  rows  proofs on AWS  local only  because they need',
      'Things   5     4              1           clock',
    ].join('\n'))
  })
})
