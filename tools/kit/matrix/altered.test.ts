import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { solutions } from './testing.ts'
import { withAltered } from './altered.ts'

const file = '04-deploy/deploy.ts'
const read = (tree: string) => readFile(path.join(tree, file), 'utf8')

describe('withAltered', () => {
  it('lends a copy with the edits made, and takes it away again', async () => {
    let lent = ''
    await withAltered({ edits: [{ file, find: `stageName: 'beta'`, replace: `stageName: '$&'` }] }, async (tree) => {
      lent = tree
      assert.match(await read(tree), /stageName: '\$&'/)
    })

    assert.ok(!existsSync(lent))
    assert.match(await read(solutions), /stageName: 'beta'/)
  })

  it('lays files over the copy before it edits', async () => {
    const files = { from: path.join(solutions, '03-routing'), to: '04-deploy' }
    await withAltered({ files, edits: [{ file: '04-deploy/routing.ts', find: 'export function routing', replace: 'export function twice' }] }, async (tree) => {
      assert.match(await readFile(path.join(tree, '04-deploy/routing.ts'), 'utf8'), /function twice/)
    })
  })

  for (const [find, count] of [['nowhere in it', 0], ['chat', /[2-9]|\d\d/]] as const)
    it(`refuses a text that is ${count === 0 ? 'not there' : 'there more than once'}`, async () => {
      const edits = [{ file, find, replace: '' }]

      await assert.rejects(withAltered({ edits }, async () => {}), ({ message }: Error) => new RegExp(`"${find}" is (${count instanceof RegExp ? count.source : count}) times in solutions/${file}`).test(message))
    })
})
