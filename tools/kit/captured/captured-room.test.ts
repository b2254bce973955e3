import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../../lib/paths.ts'
import { lanAddress } from '../../local-aws/door/testing.ts'
import { captureRoom, comparable } from './room.ts'

const file = path.join(root, 'docs/reports/shared-room.txt')

describe('the shared room that the site shows', () => {
  it('is what two wscat processes and a chat live through today', { timeout: 180_000, skip: process.platform === 'win32' && 'there nobody can be asked to end' }, async () => {
    const today = await captureRoom(await lanAddress())
    if (process.env.UPDATE_REPORTS) writeFileSync(file, today)

    assert.ok(existsSync(file), `${file} is missing. UPDATE_REPORTS=1 npm test captured-room writes it.`)
    assert.equal(comparable(readFileSync(file, 'utf8')), comparable(today), 'It is not what the site shows. UPDATE_REPORTS=1 npm test captured-room writes it anew.')
  })
})
