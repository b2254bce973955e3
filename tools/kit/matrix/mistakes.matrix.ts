import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '../../mistakes/diagnose.ts'
import { causesOf, explain, mistakes, type Evidence } from '../../mistakes/index.ts'
import { isDeployable, runMutant } from './mutants.ts'
import { assertAccused, PATIENT } from './testing.ts'

// Much of a cell is waiting, for a function to start or a frame to arrive.
describe('a mistake made in the solutions is named by verify, under its step, before any other', { concurrency: 2 }, () => {
  const bundles = new Map<string, Uint8Array>()
  for (const entry of mistakes.filter(isDeployable))
    it(`${entry.place}/${entry.id}`, PATIENT, async () => assertAccused(await runMutant(entry, bundles), entry.id))
})

describe('a mistake seen in lines is what explain ranks first', () => {
  for (const { id, place, mistake: { break: how } } of mistakes)
    if (how.kind === 'lines') it(`${place}/${id}`, () => assert.equal(explain(how.lines.join('\n'))[0]?.id, id))
})

describe('a mistake that only AWS can show is what verify ranks first for what was observed there', () => {
  const nothing: Evidence = { step: 1, check: '', seen: '', source: '', log: '', frames: [], denied: [], allowed: [], chat: { functions: {} } }
  for (const { id, place, step = 1, mistake: { break: how } } of mistakes)
    if (how.kind === 'observed') it(`${place}/${id}`, () => assert.equal(causesOf({ ...nothing, step, ...how.evidence })[0]?.id, id))
})

describe('a mistake of a machine is what its facts are found to have first', () => {
  for (const { id, place, mistake: { break: how } } of mistakes)
    if (how.kind === 'machine') it(`${place}/${id}`, () => assert.equal(diagnose(how.facts)[0]?.id, id))
})
