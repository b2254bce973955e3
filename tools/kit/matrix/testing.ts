import assert from 'node:assert/strict'
import path from 'node:path'
import { root } from '../../lib/paths.ts'
import { steps } from '../../steps.ts'
import type { Report } from '../../verify/index.ts'
import { render } from '../../verify/render.ts'
import type { Proof } from './mutants.ts'

export const allSteps = steps.map(({ number }) => number)
export const solutions = path.join(root, 'solutions')

/** For a test that deploys and verifies: long before this something hangs. */
export const PATIENT = { timeout: 120_000 }

/** Every step passes. Where one does not, the failure shows what a participant would read. */
export function assertGreen(report: Report, numbers = allSteps) {
  assert.deepEqual(report.steps.map(({ step, status }) => `${step} ${status}`), numbers.map((number) => `${number} pass`), render(report))
}

/** The step fails, the steps before it do not, and `id` is what verify accuses. */
export function assertAccused({ status, failedEarlier, causes, report }: Proof, id: string) {
  assert.deepEqual(failedEarlier, [], render(report))
  assert.equal(status, 'fail', render(report))
  assert.equal(causes[0], id, render(report))
}

/** The step fails, the steps before it do not, and what people read names the step's first TODO. */
export function assertLeadsToFirstTodo({ step, status, failedEarlier, report }: Proof) {
  assert.deepEqual(failedEarlier, [], render(report))
  assert.equal(status, 'fail', render(report))
  assert.match(render(report), new RegExp(`TODO ${step}\\.1\\b`))
}
