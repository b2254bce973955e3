import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createLoop, type LoopParts } from './workshop-loop.ts'

function fakeLoop(parts: Partial<LoopParts> = {}) {
  const seen: string[] = []
  let step = 1
  const loop = createLoop({
    current: () => step,
    deploy: async (number) => { seen.push(`deploy ${number}`); return true },
    verify: async (number) => { seen.push(`verify ${number}`); return { step: number, passed: false } },
    passed: (number, next) => { seen.push(`passed ${number}, next ${next}`) },
    failed: (error) => { seen.push(`failed ${(error as Error).message}`) },
    ...parts,
  })
  return { loop, seen, goTo: (number: number) => { step = number } }
}

describe('the workshop loop', () => {
  it('deploys, then verifies the current step', async () => {
    const { loop, seen } = fakeLoop()

    await loop.poke()

    assert.deepEqual(seen, ['deploy 1', 'verify 1'])
  })

  it('verifies nothing that could not be deployed', async () => {
    const { loop, seen } = fakeLoop({ deploy: async () => false })

    await loop.poke()

    assert.deepEqual(seen, [])
  })

  it('makes one more round of many saves during a round', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => { release = resolve })
    let rounds = 0
    const { loop } = fakeLoop({ deploy: async () => { rounds++; await gate; return true } })

    const done = loop.poke()
    void loop.poke()
    void loop.poke()
    release()
    await done

    assert.equal(rounds, 2)
  })

  it('does not go on to the next step by itself', async () => {
    const { loop, seen, goTo } = fakeLoop({ verify: async (step) => { goTo(2); return { step, passed: true } } })

    await loop.poke()

    assert.deepEqual(seen, ['deploy 1', 'passed 1, next 2'])
  })

  it('goes on after a surprise', async () => {
    let first = true
    const { loop, seen } = fakeLoop({ deploy: async () => { if (first) { first = false; throw new Error('surprise') } return true } })

    await loop.poke()
    await loop.poke()

    assert.deepEqual(seen, ['failed surprise', 'verify 1'])
  })

  it('only verifies what somebody else has deployed', async () => {
    const { loop, seen } = fakeLoop()

    await loop.look()

    assert.deepEqual(seen, ['verify 1'])
  })

  it('does not verify twice where a deploy is asked for anyway', async () => {
    const { loop, seen } = fakeLoop()

    void loop.poke()
    void loop.look()
    await loop.poke()

    assert.deepEqual(seen, ['deploy 1', 'verify 1', 'deploy 1', 'verify 1'])
  })

  it('waits for the running round when it ends, and begins no other', async () => {
    let aborted = false
    const { loop, seen } = fakeLoop({
      verify: (step, signal) => new Promise((resolve) => {
        signal.addEventListener('abort', () => { aborted = true; resolve({ step, passed: true }) })
      }),
    })

    void loop.poke()
    await new Promise(setImmediate)
    await loop.end()

    assert.equal(aborted, true)
    assert.deepEqual(seen, ['deploy 1'])
  })
})
