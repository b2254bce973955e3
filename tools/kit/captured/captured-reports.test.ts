import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../../lib/paths.ts'
import { capture, captured, comparable } from './reports.ts'
import { PATIENT } from '../matrix/testing.ts'

const isUpdating = Boolean(process.env.UPDATE_REPORTS)

describe('a report that the site shows', () => {
  for (const report of captured)
    it(`is what verify prints today: ${report.name}`, PATIENT, async () => {
      const file = path.join(root, `docs/reports/${report.name}.txt`)
      const today = await capture(report)
      if (isUpdating) writeFileSync(file, today)

      assert.ok(existsSync(file), `${file} is missing. UPDATE_REPORTS=1 npm test captured-reports writes it.`)
      assert.equal(comparable(readFileSync(file, 'utf8')), comparable(today), 'It is not what the site shows. UPDATE_REPORTS=1 npm test captured-reports writes it anew.')
    })
})
