import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { root } from '../lib/paths.ts'
import { FRAMES_FILE, readFrames } from './frames.ts'

describe('readFrames', () => {
  let tree: string
  before(async () => {
    tree = await mkdtemp(path.join(tmpdir(), 'workshop-frames-'))
    await mkdir(path.join(tree, '05-chat'))
  })
  after(() => rm(tree, { recursive: true, force: true }))

  const file = () => path.join(tree, FRAMES_FILE)
  const solution = path.join(root, 'solutions', FRAMES_FILE)

  it('reads the file anew each time', async () => {
    await cp(solution, file())
    const first = await readFrames(tree)
    await writeFile(file(), (await readFile(solution, 'utf8')).replace('tango', 'waltz'))

    const second = await readFrames(tree)

    assert.ok('frames' in first && 'frames' in second)
    assert.match(first.frames.unknownAction.sends, /tango/)
    assert.match(second.frames.unknownAction.sends, /waltz/)
  })

  const problems = {
    'a syntax error, with its line': ['export const frames = {\n  chat: = 1\n}', /^05-chat\/frames\.ts:2: Unexpected "="/],
    'an error of the code': ['throw new Error("tired")', /cannot be run: tired\./],
    'frames that are not exported': ['const frames = {}', /exports no frames/],
    'a frame that is missing': ['export const frames = {}', /frames\.chat in .* is not complete/],
    'a text that is none': ['export const frames = { chat: { sends: "a", reads: 1, withoutDefault: "b" } }', /frames\.chat in .* is not complete/],
  } as const
  for (const [what, [text, expected]] of Object.entries(problems))
    it(`tells of ${what}`, async () => {
      await writeFile(file(), text)

      const read = await readFrames(tree)

      assert.match('problem' in read ? read.problem : '', expected)
    })

  it('tells of a file that is not there', async () => {
    const read = await readFrames(path.join(tree, 'nowhere'))

    assert.match('problem' in read ? read.problem : '', /There is no file/)
  })
})
