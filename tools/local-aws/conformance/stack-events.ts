import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { changeStack, ended, eventsOf, failing, makeStack, parameter, plain, rolledBack, table, two } from './harness/stacks.ts'

const CFN = '2026-09-26'
const DOCS = '2026-11'
const JAN = '2026-01'

export const stackEvents = section('G2 events of stacks', [
  fact('G2', 'O', 'events of a creation', 'CAP-CFN', CFN, async (world) => {
    const { StackId } = await makeStack(world, 'events', two())

    assert.deepEqual(plain(await eventsOf(world, StackId)), [
      'S CREATE_IN_PROGRESS User Initiated',
      'First CREATE_IN_PROGRESS', 'First CREATE_IN_PROGRESS Resource creation Initiated', 'First CREATE_COMPLETE',
      'Second CREATE_IN_PROGRESS', 'Second CREATE_IN_PROGRESS Resource creation Initiated', 'Second CREATE_COMPLETE',
      'S CREATE_COMPLETE',
    ])
  }),
  fact('G2', 'O', 'events of an update, with a resource that goes', 'CAP-CFN', CFN, async (world) => {
    const { StackName, StackId } = await makeStack(world, 'updated', { Resources: { First: parameter('one'), Old: parameter('x') } })
    const before = (await eventsOf(world, StackId)).length
    await changeStack(world, StackName, { Resources: { First: parameter('two') } })

    assert.deepEqual(plain((await eventsOf(world, StackId)).slice(before)), [
      'S UPDATE_IN_PROGRESS User Initiated', 'First UPDATE_IN_PROGRESS', 'First UPDATE_COMPLETE', 'S UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Old DELETE_IN_PROGRESS', 'Old DELETE_COMPLETE', 'S UPDATE_COMPLETE',
    ])
  }),
  fact('G2', 'O', 'events of a replacement, with the ids of the old and the new one', 'LS-cfn', JAN, async (world) => {
    const { StackName, StackId } = await makeStack(world, 'replaced', { Resources: { Table: table() } })
    const before = (await eventsOf(world, StackId)).length
    const changed = {
      AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }],
    }
    await changeStack(world, StackName, { Resources: { Table: table(changed) } })
    const events = (await eventsOf(world, StackId)).slice(before)
    const ids = events.filter(({ LogicalResourceId }) => LogicalResourceId === 'Table').filter(({ DetailedStatus }) => DetailedStatus !== 'CONFIGURATION_COMPLETE').map(({ PhysicalResourceId }) => PhysicalResourceId)

    assert.deepEqual(plain(events), [
      'S UPDATE_IN_PROGRESS User Initiated',
      'Table UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
      'Table UPDATE_IN_PROGRESS Resource creation Initiated', 'Table UPDATE_COMPLETE', 'S UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Table DELETE_IN_PROGRESS', 'Table DELETE_COMPLETE', 'S UPDATE_COMPLETE',
    ])
    const [old, made] = [ids[0], ids[1]]
    assert.notEqual(old, made)
    assert.deepEqual(ids, [old, made, made, old, old])
  }),
  fact('G2', 'O', 'events of a creation that fails', 'WILD', DOCS, async (world) => {
    const { StackId, status } = await rolledBack(world)
    const events = plain(await eventsOf(world, StackId))

    assert.equal(status, 'ROLLBACK_COMPLETE')
    assert.match(events.find((event) => event.startsWith('Bad CREATE_FAILED'))!, /^Bad CREATE_FAILED Resource handler returned message: "/)
    assert.deepEqual(events.slice(events.findIndex((event) => event.startsWith('S ROLLBACK'))), [
      'S ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. Rollback requested by user.',
      ...events.filter((event) => event.startsWith('Bad DELETE')), 'Good DELETE_IN_PROGRESS', 'Good DELETE_COMPLETE', 'S ROLLBACK_COMPLETE',
    ])
  }),
  fact('G2', 'U', 'events of an update that fails: what was changed goes back, what was new is deleted',
    'second hand', DOCS, async (world) => {
    const { StackName, StackId } = await makeStack(world, 'update-fails', { Resources: { First: parameter('one') } })
    const before = (await eventsOf(world, StackId)).length
    const { status } = await changeStack(world, StackName, { Resources: { First: parameter('two'), Bad: failing({ DependsOn: 'First' }) } })
    const events = plain((await eventsOf(world, StackId)).slice(before)).filter((event) => event.startsWith('S ') || event.startsWith('First'))

    assert.equal(status, 'UPDATE_ROLLBACK_COMPLETE')
    assert.deepEqual(events, [
      'S UPDATE_IN_PROGRESS User Initiated', 'First UPDATE_IN_PROGRESS', 'First UPDATE_COMPLETE',
      'S UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad].',
      'First UPDATE_IN_PROGRESS', 'First UPDATE_COMPLETE', 'S UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'S UPDATE_ROLLBACK_COMPLETE',
    ])
  }),
  fact('G2', 'O', 'events of a deletion, in reverse order; what is retained is skipped', 'LS-cfn', JAN, async (world) => {
    const kept = world.name('kept')
    const { StackName, StackId } = await makeStack(
      world, 'deletion',
      { Resources: {
        First: parameter('x'), Second: parameter({ 'Fn::Sub': '${First}' }),
        Kept: { ...parameter('x'), Properties: { Type: 'String', Value: 'x', Name: kept }, DeletionPolicy: 'Retain' },
      } },
    )
    world.removeLater(`parameter ${kept}`, () => world.aws.ssm.deleteParameter({ Name: kept }))
    const before = (await eventsOf(world, StackId)).length
    await world.aws.cloudformation.deleteStack({ StackName })
    await ended(world, StackId)
    const events = plain((await eventsOf(world, StackId)).slice(before))

    assert.deepEqual([events[0], events.at(-1)], ['S DELETE_IN_PROGRESS User Initiated', 'S DELETE_COMPLETE'])
    assert.ok(events.indexOf('Second DELETE_COMPLETE') < events.indexOf('First DELETE_IN_PROGRESS'))
    assert.ok(events.includes('Kept DELETE_SKIPPED'))
    assert.equal((await world.aws.ssm.getParameter({ Name: kept })).Parameter!.Value, 'x')
  }),
])
