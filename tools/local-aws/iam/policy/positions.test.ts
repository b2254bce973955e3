import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { statementSpans } from './positions.ts'

const span = (from: [number, number], to: [number, number]) =>
  ({ StartPosition: { Line: from[0], Column: from[1] }, EndPosition: { Line: to[0], Column: to[1] } })

describe('the position of a statement (E2.6)', () => {
  it('begins after the brace of a single statement', () => {
    const json = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}}'

    assert.deepEqual(statementSpans(json), [span([1, 38], [1, json.length])])
  })

  it('begins after the bracket of a list', () => {
    const json = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Condition: { Bool: { 'a:"}': 'true' } } }] }, null, 4)

    assert.deepEqual(statementSpans(json), [span([3, 19], [11, 10])])
  })

  it('is found for each of several, wherever Statement stands', () => {
    const json = '{"Statement": [{"Sid": "Statement"}, {"Sid": "b"}], "Version": "2012-10-17"}'

    assert.deepEqual(statementSpans(json), [span([1, 16], [1, 36]), span([1, 36], [1, 50])])
  })
})
