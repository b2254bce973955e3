import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { evaluateSelection, isSelectionExpression } from './selection.ts'

const body = { action: 'send', service: 'chat', n: 7, yes: true, list: ['a', 2, ['b']], deep: { er: { x: 'found' } }, nothing: null }
const evaluate = (expression: string) => evaluateSelection(expression, { request: { body } })

describe('selection expression', () => {
  const cases: [id: string, expression: string, value: string][] = [
    ['A7.2', '$request.body.action', 'send'],
    ['A7.2', '${request.body.action}', 'send'],
    ['A7.2', '$request.body.deep.er.x', 'found'],
    ['A7.2', '${request.body.service}/${request.body.action}', 'chat/send'],
    ['A7.2', 'constant', 'constant'],
    ['A7.2', '\\$default', '$default'],
    ['A7.2', 'a\\$b${request.body.action}', 'a$bsend'],
    ['A7.3', '$request.body.missing', ''],
    ['A7.3', '$request.body.action.length', ''],
    ['A7.3', '$request.body.constructor', ''],
    ['A7.3', '${request.body.action}-${request.body.missing}', 'send-'],
    ['A7.3', '$request.body.nothing', ''],
    ['A7.4', '$request.body.n', '7'],
    ['A7.4', '$request.body.yes', 'true'],
    ['A7.4', '$request.body.list', '[a, 2, [b]]'],
    ['A7.2', '$request.body.list[1]', '2'],
  ]
  for (const [id, expression, value] of cases) {
    it(`${id} ${expression} gives "${value}"`, () => {
      assert.equal(evaluate(expression), value)
    })
  }

  it('gives the empty string where the body is no object', () => {
    for (const text of [undefined, null, 'text', 7]) assert.equal(evaluateSelection('$request.body.action', { request: { body: text } }), '')
  })

  it('C5.17 is told from what cannot be one', () => {
    for (const right of ['$request.body.action', '${request.body.a}-${context.connectionId}', 'constant', '\\$default']) assert.ok(isSelectionExpression(right), right)
    for (const wrong of ['$body.action', '${request.body.a', 'costs $5', '${nonsense}', '$request.cookie.a']) assert.ok(!isSelectionExpression(wrong), wrong)
  })
})
