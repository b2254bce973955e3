import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { currentStep, reachedStep } from './progress.ts'

describe('currentStep', () => {
  it('is the first that has not passed', () => {
    assert.equal(currentStep({ passed: [] }).number, 1)
    assert.equal(currentStep({ passed: [1, 2] }).number, 3)
    assert.equal(currentStep({ passed: [1, 3] }).number, 2)
  })
})

describe('reachedStep', () => {
  it('never goes back, so that a stage stays when an earlier step fails again', () => {
    assert.equal(reachedStep({ passed: [] }), 1)
    assert.equal(reachedStep({ passed: [1, 2] }), 3)
    assert.equal(reachedStep({ passed: [1, 2, 4] }), 4)
    assert.equal(reachedStep({ passed: [1], reached: 4 }), 4)
  })
})
