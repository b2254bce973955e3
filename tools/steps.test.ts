import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { structuredPatch } from 'diff'
import { pristineStarters } from './kit/starters.ts'
import { root } from './lib/paths.ts'
import { givenFiles, stepByNumber, stepOfFile, steps, todosIn } from './steps.ts'

// The starters as they came: the participant's own files in steps/ are nobody's to judge here.
const folders = { steps: pristineStarters(), solutions: path.join(root, 'solutions') }
const trees = Object.keys(folders) as (keyof typeof folders)[]
const read = (tree: keyof typeof folders, file: string) => readFileSync(path.join(folders[tree], file), 'utf8').replaceAll('\r\n', '\n')
const filesIn = (tree: keyof typeof folders) => readdirSync(folders[tree], { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(folders[tree], path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
  .toSorted()

describe('the list of steps', () => {
  it('numbers them from 1 without a gap, the folder and its name saying the same', () => {
    for (const [index, { number, id, name }] of steps.entries()) {
      assert.equal(number, index + 1)
      assert.equal(id, `${String(number).padStart(2, '0')}-${name}`)
    }
  })

  it('has a title, minutes, a section of the seed and three hints, each saying more than the one before, for every step', () => {
    for (const { id, title, minutes, seedSection, hints } of steps) {
      assert.ok(title && seedSection && minutes > 0, id)
      assert.equal(hints.length, 3, id)
      assert.ok(hints.every((hint) => hint.trim().length > 40), id)
    }
  })

  for (const tree of trees)
    it(`names every file of ${tree}/ and no other`, () => {
      const named = [...givenFiles, ...steps.flatMap(({ files }) => files)]

      assert.deepEqual(filesIn(tree), named.toSorted())
    })

  it('finds a step by number and by file', () => {
    assert.equal(stepByNumber(2).id, '02-send-message')
    assert.equal(stepOfFile('03-routing\\routing.ts')?.number, 3)
    assert.equal(stepOfFile('chat.ts'), undefined)
    assert.throws(() => stepByNumber(0), new RegExp(`There is no step 0: steps are numbered 1 to ${steps.length}\\.`))
  })
})

describe('starters and solutions', () => {
  for (const file of [...givenFiles, '01-connect/test-event.json'])
    it(`share ${file}`, () => assert.equal(read('solutions', file), read('steps', file)))

  for (const { number, id, files } of steps) {
    it(`step ${number} has one to five TODOs, numbered in order; its solution has none`, () => {
      const todos = files.flatMap((file) => todosIn(read('steps', file)).map((todo) => todo.id))

      assert.ok(todos.length >= 1 && todos.length <= 5, `${id} has ${todos.length} TODOs`)
      assert.deepEqual(sorted(todos), todos.map((_, index) => `${number}.${index + 1}`))
      for (const file of files) assert.doesNotMatch(read('solutions', file), /TODO/)
    })

    it(`step ${number} has TODOs that name a page each`, () => {
      for (const file of files.filter((name) => name.endsWith('.ts'))) {
        const blocks = read('steps', file).split(/\/\/ TODO /).slice(1)
        for (const block of blocks) assert.match(block.split(/\n(?! *\/\/ {3})/)[0]!, /https:\/\//, `${file}: TODO ${block.slice(0, 3)}`)
      }
    })

    for (const file of files.filter((name) => name.endsWith('.ts')))
      it(`differ in ${file} at its TODOs only`, () => {
        const { hunks } = structuredPatch(file, file, read('steps', file), read('solutions', file), '', '', { context: 0 })

        assert.equal(hunks.length > 0, todosIn(read('steps', file)).length > 0)
        for (const hunk of hunks) assert.ok(hunk.lines.some((line) => /^-.*TODO \d/.test(line)), `no TODO in\n${hunk.lines.join('\n')}`)
      })
  }
})

/** By number, not by text, so that files may share a step's TODOs in any order. */
const sorted = (ids: string[]) => ids.toSorted((one, other) => Number(one.split('.')[1]) - Number(other.split('.')[1]))
