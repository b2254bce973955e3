import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { HandlerFailure } from '../handler-failure.ts'
import { eventLines, testStacks } from '../testing.ts'

const thing = (Properties: object = {}, more: object = {}) => ({ Type: 'AWS::Test::Thing', Properties, ...more })
const body = (Resources: object) => JSON.stringify({ Resources })

let stacks: Awaited<ReturnType<typeof testStacks>>
beforeEach(async () => { stacks = await testStacks() })
afterEach(() => stacks.stop())

/** Calls an operation as the dispatcher does. */
const call = async (operation: string, input: object): Promise<any> => (stacks.operations as Record<string, any>)[operation](input, stacks.context)
const propose = async (TemplateBody: string, more: object = {}) => {
  await call('CreateChangeSet', { StackName: 'demo', ChangeSetName: 'set', ChangeSetType: 'CREATE', TemplateBody, ...more })
  return call('DescribeChangeSet', { StackName: 'demo', ChangeSetName: 'set' })
}
const foundIn = async (input: object = { StackName: 'demo', ChangeSetName: 'set' }) => {
  const { OperationEvents } = await call('DescribeEvents', { Filters: { FailedEvents: true }, ...input })
  return OperationEvents.filter(({ EventType }: { EventType: string }) => EventType === 'VALIDATION_ERROR').toReversed()
    .map(({ LogicalResourceId, ValidationName, ValidationStatusReason, ValidationPath }: any) => [LogicalResourceId, ValidationName, ValidationStatusReason, ValidationPath])
}

describe('early validation of a change set', () => {
  it('finds what is missing, what is not supported and what is of another type, with its path', async () => {
    const { Status, ExecutionStatus, StatusReason } = await propose(body({ A: thing({ Sise: 1, Size: 'ten' }), B: { Type: 'AWS::Test::Item' } }))

    assert.deepEqual([Status, ExecutionStatus], ['FAILED', 'UNAVAILABLE'])
    assert.equal(StatusReason, 'The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.')
    assert.deepEqual(await foundIn(), [
      ['A', 'PROPERTY_VALIDATION', 'Unsupported property [Sise]', '/Resources/A/Properties/Sise'],
      ['A', 'PROPERTY_VALIDATION', 'Expected type: Number, found: String', '/Resources/A/Properties/Size'],
    ])
  })

  it('finds names that are taken, and leaves the shell of the stack', async () => {
    stacks.world.set('mine', {})
    const { Status, StatusReason } = await propose(body({ A: thing({ Name: 'mine' }) }))

    assert.equal(Status, 'FAILED')
    assert.match(StatusReason, /\[AWS::EarlyValidation::ResourceExistenceCheck\]/)
    assert.deepEqual(await foundIn(), [['A', 'NAME_CONFLICT_VALIDATION', 'Resource of type \'AWS::Test::Thing\' with identifier \'mine\' already exists.', '/Resources/A']])
    assert.equal((await call('DescribeStacks', { StackName: 'demo' })).Stacks[0].StackStatus, 'REVIEW_IN_PROGRESS')
    await assert.rejects(call('ExecuteChangeSet', { StackName: 'demo', ChangeSetName: 'set' }), { name: 'InvalidChangeSetStatus' })
  })

  it('lets pass what only the making will show', async () => {
    const { Status } = await propose(body({
      A: thing(), B: thing({ Size: { 'Fn::GetAtt': ['A', 'Arn'] }, Name: { Ref: 'A' } }), C: thing({ Size: '{{resolve:ssm:size}}' }), D: { Type: 'AWS::Backup::BackupPlan', Properties: { Any: 1 } },
    }))

    assert.equal(Status, 'CREATE_COMPLETE')
  })

  it('knows what the stack has already: it changes it under its name, and does not make it twice', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Name: 'mine', Size: 1 }) } })

    assert.equal((await propose(body({ A: thing({ Name: 'mine', Size: 2 }) }), { ChangeSetType: 'UPDATE' })).Status, 'CREATE_COMPLETE')
    await call('DeleteChangeSet', { StackName: 'demo', ChangeSetName: 'set' })
    assert.equal((await propose(body({ Renamed: thing({ Name: 'mine', Size: 2 }) }), { ChangeSetType: 'UPDATE' })).Status, 'FAILED')
  })

  it('says nothing to who may not look', async () => {
    Object.assign(stacks.engine.types['AWS::Test::Thing']!, { exists: () => Promise.reject(new HandlerFailure('AccessDenied', 'no', 'AccessDenied')) })

    assert.equal((await propose(body({ A: thing({ Name: 'mine' }) }))).Status, 'CREATE_COMPLETE')
  })

  it('can be left out', async () => {
    assert.equal((await propose(body({ A: thing({ Sise: 1 }) }), { DisableValidation: true })).Status, 'CREATE_COMPLETE')
  })
})

describe('early validation of an operation', () => {
  const run = async (operation: 'CreateStack' | 'UpdateStack', Resources: object, more: object = {}) => {
    const { StackId } = await call(operation, { StackName: 'demo', TemplateBody: body(Resources), ...more })
    await stacks.engine.settled(StackId)
    return stacks.engine.stacks.get(StackId)
  }

  it('ends a creation before anything is made', async () => {
    const stack = await run('CreateStack', { A: thing({ Sise: 1 }), B: thing({ Size: {} }) })

    assert.deepEqual(eventLines(stack), [
      'S CREATE_IN_PROGRESS User Initiated',
      'S CREATE_FAILED Validation failed with 2 error(s). Call DescribeEvents to retrieve the full list of issues with resource and property details, resolve each error, then retry the operation.',
      'S ROLLBACK_IN_PROGRESS Validation failure detected. See the operation\'s FAILED event for details.',
      'S ROLLBACK_COMPLETE',
    ])
    assert.deepEqual(stacks.calls, [])
    assert.deepEqual((await call('DescribeStackEvents', { StackName: 'demo' })).StackEvents.map(({ DetailedStatus }: any) => DetailedStatus), [undefined, undefined, 'VALIDATION_FAILED', undefined])
  })

  it('ends an update before anything is changed, and the next one may come', async () => {
    await run('CreateStack', { A: thing({ Name: 'a', Size: 1 }) })
    const stack = await run('UpdateStack', { A: thing({ Name: 'a', Size: 2 }), B: thing({ Sise: 1 }) })

    assert.equal(stack.status, 'UPDATE_ROLLBACK_COMPLETE')
    assert.deepEqual([...stacks.world], [['a', { Name: 'a', Size: 1 }]])
    assert.equal((await run('UpdateStack', { A: thing({ Name: 'a', Size: 2 }) })).status, 'UPDATE_COMPLETE')
  })

  it('leaves a failure as it is when told to', async () => {
    const stack = await run('CreateStack', { A: thing({ Sise: 1 }) }, { DisableRollback: true })

    assert.equal(stack.status, 'CREATE_FAILED')
    assert.equal((await run('UpdateStack', { A: thing({ Size: 1 }) })).status, 'UPDATE_COMPLETE')
  })

  it('leaves nothing when told to delete', async () => {
    assert.equal((await run('CreateStack', { A: thing({ Sise: 1 }) }, { OnFailure: 'DELETE' })).status, 'DELETE_COMPLETE')
  })

  it('shows in DescribeEvents between what began and what failed', async () => {
    await run('CreateStack', { A: thing({ Sise: 1 }) })
    const { OperationEvents } = await call('DescribeEvents', { StackName: 'demo' })

    assert.deepEqual(
      OperationEvents.toReversed().map(({ EventType, OperationType, OperationStatus, ResourceStatus, ValidationPath }: any) =>
        [EventType, OperationType, OperationStatus ?? ResourceStatus ?? ValidationPath].filter(Boolean).join(' ')),
      [
        'STACK_EVENT CREATE_STACK IN_PROGRESS', 'PROGRESS CREATE_IN_PROGRESS', 'VALIDATION_ERROR CREATE_STACK /Resources/A/Properties/Sise',
        'PROVISIONING_ERROR CREATE_FAILED', 'STACK_EVENT CREATE_STACK FAILED',
        'STACK_EVENT ROLLBACK IN_PROGRESS', 'PROGRESS ROLLBACK_IN_PROGRESS', 'PROGRESS ROLLBACK_COMPLETE', 'STACK_EVENT ROLLBACK SUCCEEDED',
      ],
    )
    await assert.rejects(call('DescribeEvents', {}), { message: 'One of ChangeSetName, OperationId or StackName must be specified' })
  })
})
