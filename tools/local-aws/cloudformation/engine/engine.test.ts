import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { eventLines, testStacks } from '../testing.ts'

const thing = (Properties: object = {}, more: object = {}) => ({ Type: 'AWS::Test::Thing', Properties, ...more })
const item = (Properties: object = {}, more: object = {}) => ({ Type: 'AWS::Test::Item', Properties, ...more })
const went = (what: string) =>
  `Resource handler returned message: "${what} went wrong (Service: Test, Status Code: 400, Request ID: 1)" (RequestToken: UUID, HandlerErrorCode: InvalidRequest)`
const REPLACES = 'Requested update requires the creation of a new physical resource; hence creating one.'

let stacks: Awaited<ReturnType<typeof testStacks>>
beforeEach(async () => { stacks = await testStacks() })
afterEach(() => stacks.stop())

/** @see G2 (facts) for the sequences */
describe('creating a stack', () => {
  it('makes each resource after what it needs', async () => {
    const stack = await stacks.deploy('demo', { Resources: { Last: thing({ Note: { 'Fn::GetAtt': ['First', 'Arn'] } }), First: thing({ Name: 'one', Size: '3' }) } })

    assert.deepEqual(eventLines(stack), [
      'S REVIEW_IN_PROGRESS User Initiated', 'S CREATE_IN_PROGRESS User Initiated',
      'First CREATE_IN_PROGRESS', 'First CREATE_IN_PROGRESS Resource creation Initiated', 'First CREATE_COMPLETE',
      'Last CREATE_IN_PROGRESS', 'Last CREATE_IN_PROGRESS Resource creation Initiated', 'Last CREATE_COMPLETE',
      'S CREATE_COMPLETE',
    ])
    assert.deepEqual(stacks.world.get('one'), { Name: 'one', Size: 3 })
    assert.equal(stack.resources.Last?.properties.Note, 'arn:aws:test:us-east-1:000000000000:thing/one')
  })

  it('tells events by strictly growing times and shows the id once there is one', async () => {
    const { events } = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }), B: thing() } })

    for (const [index, { at }] of events.entries()) assert.ok(index === 0 || at > events[index - 1]!.at)
    assert.deepEqual(events.filter(({ logicalId }) => logicalId === 'A').map(({ physicalId }) => physicalId), ['', 'a', 'a'])
  })

  it('takes everything back in reverse order when a resource fails', async () => {
    const stack = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }), B: thing({ Note: { Ref: 'A' } }), C: thing({ Fail: 'create' }, { DependsOn: 'B' }) } })

    assert.deepEqual(eventLines(stack, 8), [
      'C CREATE_IN_PROGRESS', `C CREATE_FAILED ${went('create')}`,
      'S ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [C]. Rollback requested by user.',
      'C DELETE_COMPLETE', 'B DELETE_IN_PROGRESS', 'B DELETE_COMPLETE', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE',
      'S ROLLBACK_COMPLETE',
    ])
    assert.equal(stacks.world.size, 0)
  })

  it('cancels what runs beside a failure, and deletes it again', async () => {
    const release = stacks.hold()
    const deploying = stacks.deploy('demo', { Resources: { Bad: item({ Fail: 'create' }), Beside: thing({ Name: 'beside' }), Never: thing({}, { DependsOn: 'Beside' }) } })
    while (stacks.calls.length < 2) await new Promise(setImmediate)
    release()
    const stack = await deploying

    assert.ok(eventLines(stack).includes('Beside CREATE_FAILED Resource creation cancelled'))
    assert.ok(eventLines(stack).includes('S ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad, Beside]. Rollback requested by user.'))
    assert.equal(stack.resources.Never, undefined)
    assert.equal(stacks.world.size, 0)
  })

  it('leaves a failure as it is when told to', async () => {
    const stack = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }), B: thing({ Fail: 'create' }, { DependsOn: 'A' }) } }, { DisableRollback: true })

    assert.equal(eventLines(stack).at(-1), 'S CREATE_FAILED The following resource(s) failed to create: [B]. ')
    assert.deepEqual([...stacks.world.keys()], ['a'])

    const repaired = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }), B: thing({}, { DependsOn: 'A' }) } })
    assert.equal(repaired.status, 'UPDATE_COMPLETE')
    assert.equal(stacks.world.size, 2)
  })

  const failures: [string, object, string][] = [
    ['a property that the type lacks', thing({ Sise: 1 }), 'Properties validation failed for resource A with message:\n[#: extraneous key [Sise] is not permitted]'],
    ['a type that is not built', { Type: 'AWS::SQS::Queue' }, 'The resource type AWS::SQS::Queue is not built into the local AWS. It works on AWS: npm run use aws'],
  ]
  for (const [what, resource, reason] of failures) it(`fails for ${what}`, async () => {
    const stack = await stacks.deploy('demo', { Resources: { A: resource } }, { DisableValidation: true })

    assert.deepEqual(eventLines(stack, 2).slice(0, 2), ['A CREATE_IN_PROGRESS', `A CREATE_FAILED ${reason}`])
    assert.equal(stack.status, 'ROLLBACK_COMPLETE')
  })

  it('does not touch what has the same name already (G2.2)', async () => {
    stacks.world.set('mine', { Note: 'by hand' })
    const stack = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'mine' }) } }, { DisableValidation: true })

    assert.equal(eventLines(stack)[3], 'A CREATE_FAILED Resource handler returned message: "Resource of type \'AWS::Test::Thing\' with identifier \'mine\' already exists." (RequestToken: UUID, HandlerErrorCode: AlreadyExists)')
    assert.deepEqual(stacks.world.get('mine'), { Note: 'by hand' })
  })

  it('names the stack that owns the name (G2.2)', async () => {
    const owner = await stacks.deploy('owner', { Resources: { A: thing({ Name: 'mine' }) } })
    const stack = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'mine' }) } }, { DisableValidation: true })

    assert.equal(stack.resources.A?.status, 'DELETE_COMPLETE')
    assert.ok(stack.events.some(({ reason }) => reason === `mine already exists in stack ${owner.id}`))
  })

  it('leaves resources out whose condition does not hold', async () => {
    const stack = await stacks.deploy('demo', {
      Parameters: { Big: { Type: 'String', Default: 'no' } },
      Conditions: { IsBig: { 'Fn::Equals': [{ Ref: 'Big' }, 'yes'] } },
      Resources: { A: thing({ Name: 'a', Size: { 'Fn::If': ['IsBig', 9, { Ref: 'AWS::NoValue' }] } }), B: thing({}, { Condition: 'IsBig' }) },
      Outputs: { Big: { Value: { Ref: 'B' }, Condition: 'IsBig' }, Name: { Value: { Ref: 'A' } } },
    })

    assert.deepEqual(stack.resources.A?.properties, { Name: 'a' })
    assert.deepEqual(Object.keys(stack.resources), ['A'])
    assert.deepEqual(stack.outputs.map(({ key, value }) => [key, value]), [['Name', 'a']])
  })
})

describe('updating a stack', () => {
  const first = { Resources: { A: thing({ Name: 'a', Size: 1 }), B: thing({ Note: { Ref: 'A' } }), Old: thing({ Name: 'old' }) } }

  it('changes in place, creates, and cleans up afterwards', async () => {
    const from = (await stacks.deploy('demo', first)).events.length
    const stack = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a', Size: 2 }), B: thing({ Note: { Ref: 'A' } }), New: thing({}, { DependsOn: 'A' }) } })

    assert.deepEqual(eventLines(stack, from), [
      'S UPDATE_IN_PROGRESS User Initiated', 'A UPDATE_IN_PROGRESS', 'A UPDATE_COMPLETE',
      'New CREATE_IN_PROGRESS', 'New CREATE_IN_PROGRESS Resource creation Initiated', 'New CREATE_COMPLETE',
      'S UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'Old DELETE_IN_PROGRESS', 'Old DELETE_COMPLETE', 'S UPDATE_COMPLETE',
    ])
  })

  it('replaces: the new one first, then those that name it, the old one last', async () => {
    const from = (await stacks.deploy('demo', first)).events.length
    const stack = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a2' }), B: thing({ Note: { Ref: 'A' } }), Old: thing({ Name: 'old' }) } })

    assert.deepEqual(eventLines(stack, from), [
      'S UPDATE_IN_PROGRESS User Initiated', `A UPDATE_IN_PROGRESS ${REPLACES}`, 'A UPDATE_IN_PROGRESS Resource creation Initiated', 'A UPDATE_COMPLETE',
      'B UPDATE_IN_PROGRESS', 'B UPDATE_COMPLETE', 'S UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE', 'S UPDATE_COMPLETE',
    ])
    const ids = stack.events.slice(from).filter(({ logicalId }) => logicalId === 'A').map(({ physicalId }) => physicalId)
    assert.deepEqual(ids, ['a', 'a2', 'a2', 'a', 'a'])
    assert.equal(stacks.world.get(stack.resources.B!.physicalId)?.Note, 'a2')
  })

  it('keeps what its policy says to keep', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }, { UpdateReplacePolicy: 'Retain' }), Old: thing({ Name: 'old' }, { DeletionPolicy: 'Retain' }) } })
    const stack = await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a2' }) } })

    assert.deepEqual([...stacks.world.keys()], ['a', 'old', 'a2'])
    assert.deepEqual(eventLines(stack).filter((line) => line.includes('SKIPPED')).toSorted(), ['A DELETE_SKIPPED', 'Old DELETE_SKIPPED'])
  })

  it('refuses to replace a resource under its own name (G2.4)', async () => {
    await stacks.deploy('demo', first)
    const stack = await stacks.deploy('demo', { Resources: { ...first.Resources, A: thing({ Name: 'a', Kind: 'other' }) } })

    assert.equal(stack.status, 'UPDATE_ROLLBACK_COMPLETE')
    assert.ok(eventLines(stack).includes('A UPDATE_FAILED CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename a and update the stack again.'))
    assert.deepEqual(stacks.world.get('a'), { Name: 'a', Size: 1 })
  })

  it('brings everything back when it fails', async () => {
    const before = await stacks.deploy('demo', first)
    const from = before.events.length
    const world = new Map(stacks.world)
    const stack = await stacks.deploy('demo', {
      Resources: { A: thing({ Name: 'a2' }), B: thing({ Note: { Ref: 'A' } }), Bad: thing({ Fail: 'create' }, { DependsOn: 'B' }) },
    })

    assert.deepEqual(eventLines(stack, from).slice(6), [
      'Bad CREATE_IN_PROGRESS', `Bad CREATE_FAILED ${went('create')}`,
      'S UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. ',
      'A UPDATE_IN_PROGRESS', 'A UPDATE_COMPLETE', 'B UPDATE_IN_PROGRESS', 'B UPDATE_COMPLETE',
      'S UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'A DELETE_IN_PROGRESS', 'Bad DELETE_COMPLETE', 'A DELETE_COMPLETE', 'S UPDATE_ROLLBACK_COMPLETE',
    ])
    assert.deepEqual(stacks.world, world)
    assert.equal((await stacks.deploy('demo', { Resources: { ...first.Resources, B: thing() } })).status, 'UPDATE_COMPLETE')
  })

  it('can be continued after a rollback that failed', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Size: 1, Fail: 'update' }), B: thing({}, { DependsOn: 'A' }) } })
    const failed = await stacks.deploy('demo', { Resources: { A: thing({ Size: 2 }), B: thing({ Fail: 'update' }, { DependsOn: 'A' }) } })
    assert.equal(failed.status, 'UPDATE_ROLLBACK_FAILED')
    assert.equal(failed.statusReason, 'The following resource(s) failed to update: [A]. ')

    await stacks.operations.ContinueUpdateRollback!({ StackName: 'demo', ResourcesToSkip: ['A'] }, stacks.context)
    await stacks.engine.settled(failed.id)

    assert.equal(failed.status, 'UPDATE_ROLLBACK_COMPLETE')
    assert.equal(failed.operation, undefined)
  })

  it('updates the tags of everything when the stack gets others', async () => {
    const from = (await stacks.deploy('demo', first, { Tags: [{ Key: 'team', Value: 'a' }] })).events.length
    const stack = await stacks.deploy('demo', first, { Tags: [{ Key: 'team', Value: 'b' }] })

    assert.equal(eventLines(stack, from).filter((line) => line.endsWith('UPDATE_COMPLETE')).length, 4)
  })
})

describe('deleting a stack', () => {
  it('goes the other way round', async () => {
    const from = (await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }), B: thing({ Note: { Ref: 'A' } }) } })).events.length
    const stack = await stacks.destroy('demo')

    assert.deepEqual(eventLines(stack, from), [
      'S DELETE_IN_PROGRESS User Initiated', 'B DELETE_IN_PROGRESS', 'B DELETE_COMPLETE', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE', 'S DELETE_COMPLETE',
    ])
    assert.equal(stacks.engine.stacks.find('demo'), undefined)
  })

  it('goes on beside a failure, and may then leave that one behind', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }), Bad: thing({ Name: 'bad', Fail: 'delete', Note: { Ref: 'A' } }), C: thing({ Name: 'c' }) } })
    const stack = await stacks.destroy('demo')

    assert.equal(eventLines(stack).at(-1), 'S DELETE_FAILED The following resource(s) failed to delete: [Bad]. ')
    assert.deepEqual([...stacks.world.keys()], ['a', 'bad'])

    assert.equal((await stacks.destroy('demo', { RetainResources: ['Bad'] })).status, 'DELETE_COMPLETE')
    assert.deepEqual([...stacks.world.keys()], ['bad'])
  })

  it('counts what is gone already as deleted', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }, { DeletionPolicy: 'Retain' }), B: thing({ Name: 'b' }) } })
    stacks.world.delete('b')
    const stack = await stacks.destroy('demo')

    assert.equal(stack.status, 'DELETE_COMPLETE')
    assert.equal(stack.resources.A?.status, 'DELETE_SKIPPED')
    assert.deepEqual([...stacks.world.keys()], ['a'])
  })

  it('waits for a creation that is still going on', async () => {
    const release = stacks.hold()
    const deploying = stacks.deploy('demo', { Resources: { A: thing() } })
    while (stacks.calls.length < 1) await new Promise(setImmediate)
    await stacks.operations.DeleteStack!({ StackName: 'demo' }, stacks.context)
    release()
    const stack = await deploying

    assert.equal(stack.status, 'DELETE_COMPLETE')
    assert.equal(stacks.world.size, 0)
  })
})

const exporting = (Name: string) => ({ Resources: { A: thing({ Name: `thing-of-${Name}` }) }, Outputs: { O: { Value: { Ref: 'A' }, Export: { Name } } } })
const importing = (name: string) => ({ Resources: { A: thing({ Note: { 'Fn::ImportValue': name } }) } })

/** @see G2.8 (facts) */
describe('exports', () => {
  it('reach another stack', async () => {
    await stacks.deploy('giver', exporting('shared'))
    const stack = await stacks.deploy('taker', importing('shared'))

    assert.equal(stack.resources.A?.properties.Note, 'thing-of-shared')
  })

  it('must exist when the change set is executed', async () => {
    const stack = await stacks.deploy('taker', importing('nothing'))

    assert.deepEqual(eventLines(stack, 2), ['S ROLLBACK_IN_PROGRESS No export named nothing found. Rollback requested by user.', 'S ROLLBACK_COMPLETE'])
  })

  it('have one owner', async () => {
    const { id, name } = await stacks.deploy('giver', exporting('shared'))
    const stack = await stacks.deploy('other', { ...exporting('shared'), Resources: { A: thing() } })

    assert.ok(id && eventLines(stack).includes(`S ROLLBACK_IN_PROGRESS Export with name shared is already exported by stack ${name}. Rollback requested by user.`))
  })

  it('stay while they are used', async () => {
    await stacks.deploy('giver', exporting('shared'))
    await stacks.deploy('taker', importing('shared'))

    const updated = await stacks.deploy('giver', { Resources: exporting('shared').Resources })
    assert.equal(updated.status, 'UPDATE_ROLLBACK_COMPLETE')
    const kept = await stacks.destroy('giver')
    assert.equal(kept.status, 'DELETE_FAILED')
    assert.equal(kept.statusReason, 'Cannot delete export shared as it is in use by taker.')
  })
})
