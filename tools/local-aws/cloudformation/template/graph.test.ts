import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { circle, inOrder, reversed, walk, type Graph } from './graph.ts'

const graph = (edges: Record<string, string[]>): Graph => new Map(Object.entries(edges))

describe('circle', () => {
  it('names only the ids that go round', () => {
    assert.deepEqual(circle(graph({ before: [], a: ['b', 'before'], b: ['a'], after: ['a'] })), ['a', 'b'])
    assert.deepEqual(circle(graph({ self: ['self'] })), ['self'])
    assert.deepEqual(circle(graph({ a: ['b'], b: [] })), [])
  })
})

describe('inOrder', () => {
  it('puts each id after what it needs', () => {
    assert.deepEqual(inOrder(graph({ c: ['b'], b: ['a'], a: [], d: [] })), ['a', 'b', 'c', 'd'])
  })
})

describe('reversed', () => {
  it('turns every edge', () => {
    assert.deepEqual(Object.fromEntries(reversed(graph({ a: [], b: ['a'], c: ['a', 'b'] }))), { c: [], b: ['c'], a: ['b', 'c'] })
  })
})

describe('walk', () => {
  it('runs independent ids at the same time and lets dependants wait', async () => {
    const log: string[] = []
    let release: (() => void) | undefined
    const held = new Promise<void>((resolve) => { release = resolve })

    const walking = walk(graph({ a: [], b: [], c: ['a', 'b'] }), async (id) => {
      log.push(`${id} starts`)
      if (id === 'b') release?.()
      await held
      log.push(`${id} ends`)
      return true
    })
    await walking

    assert.deepEqual(log, ['a starts', 'b starts', 'a ends', 'b ends', 'c starts', 'c ends'])
  })

  it('starts nothing more after a failure, unless told to go on', async () => {
    for (const [goOn, expected] of [[false, ['a', 'c']], [true, ['a', 'c', 'd']]] as const) {
      const seen: string[] = []
      await walk(graph({ a: [], b: ['a'], c: [], d: ['c'] }), async (id) => (seen.push(id), id !== 'a'), { goOn })

      assert.deepEqual(seen, expected)
    }
  })
})
