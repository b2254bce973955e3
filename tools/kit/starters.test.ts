import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { steps, todosIn } from '../steps.ts'
import { filesOfStep, pristineStarters, sameContent } from './starters.ts'

describe('pristineStarters', () => {
  it('holds every file of every step, with its TODOs', () => {
    const folder = pristineStarters()

    for (const { files, number } of steps) {
      for (const file of files) assert.ok(existsSync(path.join(folder, file)), file)
      assert.equal(todosIn(readFileSync(path.join(folder, files[0]!), 'utf8'))[0]?.id.split('.')[0], String(number))
    }
  })

  it('is the same folder each time', () => {
    assert.equal(pristineStarters(), pristineStarters())
  })
})

describe('filesOfStep', () => {
  it('names files from the root of the tree, with forward slashes', () => {
    assert.deepEqual(filesOfStep(pristineStarters(), '03-routing'), ['03-routing/routing.ts'])
  })

  it('says so where a step is missing', () => {
    assert.throws(() => filesOfStep(pristineStarters(), '99-nothing'), { name: 'KitError', message: /There is no 99-nothing/ })
  })
})

describe('sameContent', () => {
  it('is false where one is missing', () => {
    const file = path.join(pristineStarters(), 'app.ts')

    assert.equal(sameContent(file, file), true)
    assert.equal(sameContent(file, `${file}-missing`), false)
  })
})
