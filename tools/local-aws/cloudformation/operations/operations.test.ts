import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { testStacks } from '../testing.ts'

const thing = (Properties: object = {}, more: object = {}) => ({ Type: 'AWS::Test::Thing', Properties, ...more })
const body = (Resources: object, more: object = {}) => JSON.stringify({ Resources, ...more })
const refusal = (message: string | RegExp, name = 'ValidationError') => ({ name, message })

let stacks: Awaited<ReturnType<typeof testStacks>>
beforeEach(async () => { stacks = await testStacks() })
afterEach(() => stacks.stop())

/** Calls an operation as the dispatcher does. */
const call = async (operation: string, input: object): Promise<any> => (stacks.operations as Record<string, any>)[operation](input, stacks.context)
const changeSet = (StackName: string, TemplateBody: string, more: object = {}) => call('CreateChangeSet', { StackName, ChangeSetName: 'set', ChangeSetType: 'CREATE', TemplateBody, ...more })

describe('change sets', () => {
  it('leave a shell in review until one is executed, and are gone afterwards', async () => {
    const { Id, StackId } = await changeSet('demo', body({ A: thing({ Name: 'a' }) }))
    const described = await call('DescribeChangeSet', { ChangeSetName: 'set', StackName: 'demo' })

    assert.match(Id, /^arn:aws:cloudformation:us-east-1:000000000000:changeSet\/set\//)
    assert.deepEqual([described.Status, described.ExecutionStatus], ['CREATE_COMPLETE', 'AVAILABLE'])
    assert.deepEqual(described.Changes, [{ Type: 'Resource', ResourceChange: { Action: 'Add', LogicalResourceId: 'A', ResourceType: 'AWS::Test::Thing', Scope: [], Details: [] } }])
    assert.equal((await call('DescribeStacks', { StackName: 'demo' })).Stacks[0].StackStatus, 'REVIEW_IN_PROGRESS')

    await call('ExecuteChangeSet', { ChangeSetName: Id })

    assert.equal((await call('DescribeStacks', { StackName: StackId })).Stacks[0].StackStatus, 'CREATE_COMPLETE')
    await assert.rejects(call('DescribeChangeSet', { ChangeSetName: Id }), refusal(`ChangeSet [${Id}] does not exist`, 'ChangeSetNotFound'))
  })

  it('say what changes, what is replaced and what follows from that', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }), B: thing({ Kind: { Ref: 'A' } }), C: thing({ Size: 1 }), Old: thing({}, { DeletionPolicy: 'Retain' }) } })
    await changeSet('demo', body({ A: thing({ Name: 'a2' }), B: thing({ Kind: { Ref: 'A' } }), C: thing({ Size: 2 }) }), { ChangeSetType: 'UPDATE' })
    const { Changes } = await call('DescribeChangeSet', { ChangeSetName: 'set', StackName: 'demo' })

    const told = Changes.map(({ ResourceChange: { LogicalResourceId, Action, Replacement, PolicyAction, Details: [detail] } }: any) =>
      [LogicalResourceId, Action, Replacement, PolicyAction, detail?.Target.Name, detail?.Target.RequiresRecreation, detail?.Evaluation, detail?.CausingEntity])
    assert.deepEqual(told, [
      ['A', 'Modify', 'True', 'ReplaceAndDelete', 'Name', 'Always', 'Static', undefined],
      ['B', 'Modify', 'Conditional', 'ReplaceAndDelete', 'Kind', 'Always', 'Dynamic', 'A'],
      ['C', 'Modify', 'False', undefined, 'Size', 'Never', 'Static', undefined],
      ['Old', 'Remove', undefined, 'Retain', undefined, undefined, undefined, undefined],
    ])
  })

  it('fail when nothing changes (G1.3), and cannot be executed then (G1.4)', async () => {
    const template = { Resources: { A: thing({ Name: 'a' }) }, Outputs: { O: { Value: { Ref: 'A' } } } }
    await stacks.deploy('demo', template)
    const { Id } = await changeSet('demo', JSON.stringify(template), { ChangeSetType: 'UPDATE' })
    const described = await call('DescribeChangeSet', { ChangeSetName: Id })

    assert.deepEqual([described.Status, described.ExecutionStatus], ['FAILED', 'UNAVAILABLE'])
    assert.equal(described.StatusReason, 'The submitted information didn\'t contain changes. Submit different information to create a change set.')
    await assert.rejects(call('ExecuteChangeSet', { ChangeSetName: Id }), refusal(`ChangeSet [${Id}] cannot be executed in its current status of [FAILED]`, 'InvalidChangeSetStatus'))
  })

  it('count a changed output as a change', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }) } })
    await changeSet('demo', body({ A: thing({ Name: 'a' }) }, { Outputs: { O: { Value: 'new' } } }), { ChangeSetType: 'UPDATE' })

    const { Status, Changes } = await call('DescribeChangeSet', { ChangeSetName: 'set', StackName: 'demo' })
    assert.deepEqual([Status, Changes], ['CREATE_COMPLETE', []])
  })

  it('may be deleted when there is none', async () => {
    assert.deepEqual(await call('DeleteChangeSet', { ChangeSetName: 'none', StackName: 'none' }), {})
  })

  it('need a stack to update', async () => {
    await assert.rejects(changeSet('none', body({ A: thing() }), { ChangeSetType: 'UPDATE' }), refusal('Stack [none] does not exist'))
  })
})

describe('stacks', () => {
  it('are created and updated without change sets, too', async () => {
    const { StackId } = await call('CreateStack', { StackName: 'demo', TemplateBody: body({ A: thing({ Name: 'a', Size: 1 }) }) })
    await call('DescribeStacks', { StackName: StackId })
    await assert.rejects(call('UpdateStack', { StackName: 'demo', TemplateBody: body({ A: thing({ Name: 'a', Size: 1 }) }) }), refusal('No updates are to be performed.'))
    await call('UpdateStack', { StackName: 'demo', TemplateBody: body({ A: thing({ Name: 'a', Size: 2 }) }) })

    assert.equal((await call('DescribeStacks', { StackName: StackId })).Stacks[0].StackStatus, 'UPDATE_COMPLETE')
    assert.equal(stacks.world.get('a')?.Size, 2)
  })

  it('can only be deleted after a failed creation (G2.5)', async () => {
    const { id } = await stacks.deploy('demo', { Resources: { A: thing({ Fail: 'create' }) } })

    await assert.rejects(call('UpdateStack', { StackName: 'demo', TemplateBody: body({ A: thing() }) }), refusal(`Stack:${id} is in ROLLBACK_COMPLETE state and can not be updated.`))
    assert.equal((await stacks.destroy('demo')).status, 'DELETE_COMPLETE')
  })

  it('are found by name while they live and by ARN afterwards (G1.8)', async () => {
    const { id } = await stacks.deploy('demo', { Resources: { A: thing() } })
    await stacks.destroy('demo')

    await assert.rejects(call('DescribeStacks', { StackName: 'demo' }), refusal('Stack with id demo does not exist'))
    assert.equal((await call('DescribeStacks', { StackName: id })).Stacks[0].StackStatus, 'DELETE_COMPLETE')
    assert.deepEqual(await call('DeleteStack', { StackName: 'demo' }), {})
  })

  it('are not deleted while protected (G2.9)', async () => {
    await stacks.deploy('demo', { Resources: { A: thing() } })
    await call('UpdateTerminationProtection', { StackName: 'demo', EnableTerminationProtection: true })

    await assert.rejects(call('DeleteStack', { StackName: 'demo' }), refusal('Stack [demo] cannot be deleted while TerminationProtection is enabled'))
  })

  it('answer by ARN only when they are at rest', async () => {
    const release = stacks.hold()
    const { StackId } = await call('CreateStack', { StackName: 'demo', TemplateBody: body({ A: thing() }) })
    const byName = await call('DescribeStacks', { StackName: 'demo' })
    const byArn = call('DescribeStacks', { StackName: StackId })
    release()

    assert.equal(byName.Stacks[0].StackStatus, 'CREATE_IN_PROGRESS')
    assert.equal((await byArn).Stacks[0].StackStatus, 'CREATE_COMPLETE')
  })

  it('hide NoEcho parameters and use them', async () => {
    const { StackId } = await call('CreateStack', {
      StackName: 'demo', TemplateBody: body({ A: thing({ Name: 'a', Note: { Ref: 'Secret' } }) }, { Parameters: { Secret: { Type: 'String', NoEcho: true } } }),
      Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'hush' }],
    })

    const { Stacks: [stack] } = await call('DescribeStacks', { StackName: StackId })
    assert.deepEqual(stack.Parameters, [{ ParameterKey: 'Secret', ParameterValue: '****' }])
    assert.equal(stacks.world.get('a')?.Note, 'hush')

    await call('CreateChangeSet', { StackName: 'demo', ChangeSetName: 'louder', UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'shout' }] })
    const { Changes } = await call('DescribeChangeSet', { StackName: 'demo', ChangeSetName: 'louder', IncludePropertyValues: true })
    assert.doesNotMatch(JSON.stringify(Changes), /hush|shout/)
    assert.equal(Changes[0].ResourceChange.Details[0].Target.AfterValue, '****')
  })

  it('keep the type of each logical id', async () => {
    await stacks.deploy('demo', { Resources: { A: thing() } })

    await assert.rejects(call('UpdateStack', { StackName: 'demo', TemplateBody: body({ A: { Type: 'AWS::Test::Item' } }) }),
      refusal('Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]'))
  })

  it('are refused under an impossible name, or one that is taken', async () => {
    await stacks.deploy('demo', { Resources: { A: thing() } })

    await assert.rejects(call('CreateStack', { StackName: '1st', TemplateBody: body({ A: thing() }) }), refusal(/'1st' at 'stackName' failed to satisfy constraint/))
    await assert.rejects(call('CreateStack', { StackName: 'demo', TemplateBody: body({ A: thing() }) }), refusal('Stack [demo] already exists', 'AlreadyExistsException'))
  })

  it('show their resources and, newest first, their events', async () => {
    await stacks.deploy('demo', { Resources: { A: thing({ Name: 'a' }, { Metadata: { path: 'x' } }) } })

    const { StackEvents } = await call('DescribeStackEvents', { StackName: 'demo' })
    assert.equal(StackEvents[0].ResourceStatus, 'CREATE_COMPLETE')
    assert.match(StackEvents[1].EventId, /^A-CREATE_COMPLETE-\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    assert.equal(StackEvents[1].ResourceProperties, '{"Name":"a"}')
    const { StackResourceDetail } = await call('DescribeStackResource', { StackName: 'demo', LogicalResourceId: 'A' })
    assert.deepEqual([StackResourceDetail.PhysicalResourceId, StackResourceDetail.Metadata], ['a', '{"path":"x"}'])
    assert.equal((await call('ListStackResources', { StackName: 'demo' })).StackResourceSummaries.length, 1)
    assert.equal((await call('DescribeStackResources', { PhysicalResourceId: 'a' })).StackResources[0].LogicalResourceId, 'A')
    await assert.rejects(call('DescribeStackEvents', { StackName: 'none' }), refusal('Stack [none] does not exist'))
  })
})

describe('templates', () => {
  it('are summarized', async () => {
    const summary = await call('GetTemplateSummary', { TemplateBody: body({ R: { Type: 'AWS::IAM::Role', Properties: {} } }, { Description: 'd', Parameters: { P: { Type: 'Number', Default: 1 } } }) })

    assert.deepEqual([summary.Description, summary.ResourceTypes, summary.Capabilities], ['d', ['AWS::IAM::Role'], ['CAPABILITY_IAM']])
    assert.deepEqual([summary.Parameters[0].ParameterKey, summary.Parameters[0].DefaultValue], ['P', '1'])
  })

  it('come back as they were sent', async () => {
    const TemplateBody = 'Resources:\n  A: {Type: AWS::Test::Thing}\n'
    const { StackId } = await call('CreateStack', { StackName: 'demo', TemplateBody })
    await call('DescribeStacks', { StackName: StackId })

    assert.equal((await call('GetTemplate', { StackName: 'demo' })).TemplateBody, TemplateBody)
  })
})
