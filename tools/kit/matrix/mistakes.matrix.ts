import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { diagnose } from '../../mistakes/diagnose.ts'
import { causesOf, explain, type Evidence, type Mistake } from '../../mistakes/index.ts'
import { cells } from './cells.ts'
import { runMutant } from './mutants.ts'
import { assertAccused, PATIENT } from './testing.ts'

// Much of a cell is waiting, for a function to start or a frame to arrive.
describe('a mistake made in the solutions is named by verify, under its step, before any other', { concurrency: 2 }, () => {
  const bundles = new Map<string, Uint8Array>()
  for (const entry of cells('deployed'))
    it(`${entry.place}/${entry.id}`, PATIENT, async () => {
      const proof = await runMutant(entry, { bundles })
      assertAccused(proof, entry.id)
      if (process.env.MATRIX_CHECKS) appendFileSync(process.env.MATRIX_CHECKS, `${entry.id} ${proof.check}\n`)
    })
})

describe('a mistake seen in lines is what explain ranks first', () => {
  for (const { id, place, mistake } of cells('lines'))
    it(`${place}/${id}`, () => assert.equal(explain(madeBy('lines', mistake).lines.join('\n'))[0]?.id, id))
})

describe('a mistake that only AWS can show is what verify ranks first for what was observed there', () => {
  const nothing: Evidence = { step: 1, check: '', seen: '', source: '', log: '', frames: [], denied: [], allowed: [], chat: { functions: {} } }
  for (const { id, place, step = 1, mistake } of cells('observed'))
    it(`${place}/${id}`, () => assert.equal(causesOf({ ...nothing, step, ...madeBy('observed', mistake).evidence })[0]?.id, id))
})

describe('a mistake of a machine is what its facts are found to have first', () => {
  for (const { id, place, mistake } of cells('machine'))
    it(`${place}/${id}`, () => assert.equal(diagnose(madeBy('machine', mistake).facts)[0]?.id, id))
})

function madeBy<K extends Mistake['break']['kind']>(kind: K, { break: how }: Mistake) {
  assert.equal(how.kind, kind)
  return how as Extract<Mistake['break'], { kind: K }>
}
