import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { eventLines, testStacks } from '../testing.ts'
import { resume } from './resume.ts'

const thing = (Properties: object = {}, more: object = {}) => ({ Type: 'AWS::Test::Thing', Properties, ...more })
const STOPPED = 'The local AWS stopped during this operation; what it had begun is rolled back.'

type Stacks = Awaited<ReturnType<typeof testStacks>>
let stacks: Stacks
let copy: string
beforeEach(async () => {
  stacks = await testStacks()
  copy = await mkdtemp(path.join(tmpdir(), 'local-aws-cloudformation-'))
})
afterEach(async () => {
  await stacks.stop()
  await rm(copy, { recursive: true, force: true })
})

/** Runs `work` until `step` was called, and answers what a process would find that starts after a kill at this moment. */
async function killedAt(step: string, work: () => Promise<unknown>, created: string[] = []): Promise<Stacks> {
  const seen = stacks.calls.length
  const release = stacks.hold(step)
  const working = work()
  while (!stacks.calls.slice(seen).includes(step)) await new Promise(setImmediate)
  await cp(stacks.root, copy, { recursive: true })
  const world = new Map(stacks.world)
  for (const id of created) world.set(id, {})
  release()
  await working
  return testStacks({ root: copy, world })
}

describe('resume', () => {
  it('rolls a creation back, also what was made but not yet noted', async () => {
    const template = { Resources: { A: thing({ Name: 'a' }), B: thing({ Name: 'b' }, { DependsOn: 'A' }) } }
    const after = await killedAt('create b', () => stacks.deploy('demo', template), ['b'])
    await resume(after.engine)

    const stack = after.engine.stacks.get('demo')
    assert.deepEqual(eventLines(stack, 6), [
      'B CREATE_FAILED Resource creation cancelled', `S ROLLBACK_IN_PROGRESS ${STOPPED}`,
      'B DELETE_IN_PROGRESS', 'B DELETE_COMPLETE', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE', 'S ROLLBACK_COMPLETE',
    ])
    assert.equal(after.world.size, 0)

    await after.destroy('demo')
    assert.equal((await after.deploy('demo', template)).status, 'CREATE_COMPLETE')
    await after.stop()
  })

  it('rolls an update back to the values before', async () => {
    const before = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a', Size: 1 }), B: thing({ Name: 'b', Size: 1, Note: { Ref: 'A' } }), Old: thing({ Name: 'old' }) } })
    const resources = structuredClone(before.resources)
    const next = { Resources: { A: thing({ Name: 'a2' }), B: thing({ Name: 'b', Size: 2, Note: { Ref: 'A' } }), New: thing({ Name: 'new' }) } }
    const after = await killedAt('update b', () => stacks.deploy('demo', next))
    await resume(after.engine)

    const stack = after.engine.stacks.get('demo')
    assert.equal(stack.status, 'UPDATE_ROLLBACK_COMPLETE')
    assert.deepEqual([...after.world.keys()].toSorted(), ['a', 'b', 'old'])
    assert.equal(after.world.get('b')?.Size, 1)
    for (const id of ['A', 'B', 'Old']) assert.deepEqual(stack.resources[id]?.properties, resources[id]?.properties)
    assert.equal((await after.deploy('demo', next)).status, 'UPDATE_COMPLETE')
    await after.stop()
  })

  it('finishes a cleanup', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }), Old: thing({ Name: 'old' }) } })
    const after = await killedAt('delete old', () => stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }) } }))
    await resume(after.engine)

    assert.equal(after.engine.stacks.get('demo').status, 'UPDATE_COMPLETE')
    assert.deepEqual([...after.world.keys()], ['a'])
    await after.stop()
  })

  it('finishes a deletion', async () => {
    const { id } = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }), B: thing({ Name: 'b' }, { DependsOn: 'A' }) } })
    const after = await killedAt('delete a', () => stacks.destroy('demo'))
    await resume(after.engine)

    assert.equal(after.engine.stacks.get(id).status, 'DELETE_COMPLETE')
    assert.equal(after.world.size, 0)
    await after.stop()
  })

  it('leaves stacks at rest alone', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }) } })
    await stacks.operations.CreateChangeSet!({ StackName: 'shell', ChangeSetName: 'set', ChangeSetType: 'CREATE', TemplateBody: JSON.stringify({ Resources: { A: thing() } }) }, stacks.context)
    await resume(stacks.engine)

    assert.deepEqual(stacks.engine.stacks.all().map(({ status }) => status), ['CREATE_COMPLETE', 'REVIEW_IN_PROGRESS'])
  })
})
