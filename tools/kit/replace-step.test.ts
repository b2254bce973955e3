import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { steps } from '../steps.ts'
import { replaceStep, undoReplace } from './replace-step.ts'

const [step] = steps as [typeof steps[number]]
let folder: string
const at = (...parts: string[]) => path.join(folder, ...parts)
const write = (content: string, ...parts: string[]) => {
  mkdirSync(path.dirname(at(...parts)), { recursive: true })
  writeFileSync(at(...parts), content)
}
const places = () => ({ tree: at('steps'), saved: at('saved') })

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'replace-'))
  write('mine', 'steps', step.id, 'a.ts')
  write('same', 'steps', step.id, 'b.ts')
  write('my notes', 'steps', step.id, 'notes.md')
  write('solution', 'solutions', step.id, 'a.ts')
  write('same', 'solutions', step.id, 'b.ts')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('replaceStep', () => {
  it('replaces what differs, and leaves further files of the participant alone', async () => {
    const changed = await replaceStep(step, at('solutions'), 'solve', places())

    assert.deepEqual(changed, [`${step.id}/a.ts`])
    assert.equal(readFileSync(at('steps', step.id, 'a.ts'), 'utf8'), 'solution')
    assert.equal(readFileSync(at('steps', step.id, 'notes.md'), 'utf8'), 'my notes')
  })

  it('does nothing the second time', async () => {
    await replaceStep(step, at('solutions'), 'solve', places())

    assert.deepEqual(await replaceStep(step, at('solutions'), 'solve', places()), [])
  })
})

describe('undoReplace', () => {
  it('brings back what was there, newest first', async () => {
    await replaceStep(step, at('solutions'), 'solve', places())
    write('mine again', 'steps', step.id, 'a.ts')
    await new Promise((resolve) => { setTimeout(resolve, 2) }) // saved folders are named by millisecond
    await replaceStep(step, at('solutions'), 'reset', places())

    assert.equal((await undoReplace(places())).why, 'reset')
    assert.equal(readFileSync(at('steps', step.id, 'a.ts'), 'utf8'), 'mine again')
    assert.equal((await undoReplace(places())).why, 'solve')
    assert.equal(readFileSync(at('steps', step.id, 'a.ts'), 'utf8'), 'mine')
  })

  it('says so where nothing was replaced', async () => {
    await assert.rejects(undoReplace(places()), { name: 'KitError', message: /nothing to undo/ })
  })
})
