import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fit, ShapeMismatch, type Shape } from './shape.ts'

const shape: Shape = { 'Name!': 'string', Timeout: 'number', On: 'boolean', Tags: [{ 'Key!': 'string' }], Variables: { '*': 'string' }, Later: 'unbuilt', Document: 'any' }
const violations = (value: unknown) => {
  try {
    fit(value, shape)
    return []
  } catch (error) {
    assert.ok(error instanceof ShapeMismatch)
    return error.violations
  }
}

describe('fit', () => {
  it('turns scalars into the types that services want', () => {
    assert.deepEqual(
      fit({ Name: 7, Timeout: '10', On: 'true', Tags: [{ Key: true }], Variables: { A: 1 }, Document: { b: '2' } }, shape),
      { Name: '7', Timeout: 10, On: true, Tags: [{ Key: 'true' }], Variables: { A: '1' }, Document: { b: '2' } },
    )
  })

  it('tells all that does not fit', () => {
    assert.deepEqual(violations({ Timeout: 'ten', Extra: 1, Tags: [{}, 'x'] }), [
      '#: required key [Name] not found', '#/Timeout: expected type: Number, found: String', '#: extraneous key [Extra] is not permitted',
      '#/Tags/0: required key [Key] not found', '#/Tags/1: expected type: JSONObject, found: String',
    ])
  })

  it('names a property that AWS has and the local AWS has not', () => {
    assert.throws(() => fit({ Name: 'n', Later: {} }, shape), { name: 'NotImplemented', message: /^The property Later is not built/ })
  })
})
