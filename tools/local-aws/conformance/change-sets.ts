import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { refusal } from './harness/sdk.ts'
import { changeStack, ended, eventsOf, makeStack, parameter, propose, ref, removeStack, told, two } from './harness/stacks.ts'
import type { World } from './harness/world.ts'

const CFN = '2026-09-26'
const JAN = '2026-01'
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

const basic = (world: World) => world.once(
  'stack basic', () => makeStack(world, 'basic', { ...two(), Outputs: { Name: { Value: ref('First') } } }),
)

export const changeSets = section('G1 change sets and stacks', [
  fact('G1.1', 'O', 'a change set of type CREATE makes the stack at once, in REVIEW_IN_PROGRESS; that shell stays when the set is deleted',
    'LS-cfn', JAN, async (world) => {
    const { aws, name } = world
    const StackName = name('review')
    removeStack(world, StackName)
    await propose(world, StackName, two(), 'CREATE')
    const events = told(await eventsOf(world, StackName))
    await aws.cloudformation.deleteChangeSet({ StackName, ChangeSetName: 'proposal' })
    const { Stacks: [stack] = [] } = await aws.cloudformation.describeStacks({ StackName })

    assert.deepEqual(events, ['S REVIEW_IN_PROGRESS User Initiated'])
    assert.equal(stack!.StackStatus, 'REVIEW_IN_PROGRESS')
  }),
  fact('G1.2', 'O', 'a change set becomes CREATE_COMPLETE and AVAILABLE, and is executed', 'CAP-CFN, LS-cfn', CFN, async (world) => {
    const { aws, name } = world
    const StackName = name('executed')
    removeStack(world, StackName)
    const { Status, ExecutionStatus } = await propose(world, StackName, two(), 'CREATE')
    await aws.cloudformation.executeChangeSet({ StackName, ChangeSetName: 'proposal' })

    assert.deepEqual([Status, ExecutionStatus], ['CREATE_COMPLETE', 'AVAILABLE'])
    await world.eventually(
      'the stack is made',
      async () => (await aws.cloudformation.describeStacks({ StackName })).Stacks![0]!.StackStatus === 'CREATE_COMPLETE',
    )
  }),
  fact('G1.3', 'O', 'nothing changed: the set is FAILED and UNAVAILABLE, UpdateStack is refused', 'CAP-CFN, CDKCLI', CFN, async (world) => {
    const { StackName } = await basic(world)
    const template = { ...two(), Outputs: { Name: { Value: ref('First') } } }
    const { Status, ExecutionStatus, StatusReason } = await propose(world, StackName, template, 'UPDATE', { ChangeSetName: 'same' })
    const { message } = await refusal(changeStack(world, StackName, template))

    assert.deepEqual(
      [Status, ExecutionStatus, StatusReason],
      ['FAILED', 'UNAVAILABLE', 'The submitted information didn\'t contain changes. Submit different information to create a change set.'],
    )
    assert.equal(message, 'No updates are to be performed.')
  }),
  fact('G1.4', 'O', 'a failed or unknown set, an unknown stack', 'CAP-CFN, LS-cfn', CFN, async (world) => {
    const { aws } = world
    const { StackName } = await basic(world)
    const { ChangeSetId } = await propose(world, StackName, { ...two(), Outputs: { Name: { Value: ref('First') } } }, 'UPDATE', { ChangeSetName: 'failed' })
    const failed = await refusal(aws.cloudformation.executeChangeSet({ StackName, ChangeSetName: 'failed' }))
    const unknown = await refusal(aws.cloudformation.describeChangeSet({ StackName, ChangeSetName: 'absent' }))

    assert.deepEqual(
      [failed.status, failed.message], [400, `ChangeSet [${ChangeSetId}] cannot be executed in its current status of [FAILED]`],
    )
    assert.deepEqual([unknown.status, unknown.message], [404, 'ChangeSet [absent] does not exist'])
    assert.equal((await refusal(aws.cloudformation.describeStacks({ StackName: 'absent' }))).message, 'Stack with id absent does not exist')
    assert.equal((await refusal(aws.cloudformation.getTemplate({ StackName: 'absent' }))).message, 'Stack with id absent does not exist')
  }),
  fact('G1.5', 'O', 'a change tells its action, its property with values before and after, and whether it replaces',
    'CAP-CFN, LS-cfn', CFN, async (world) => {
    const { StackName } = await basic(world)
    const { Changes } = await propose(
      world, StackName, { Resources: { First: parameter('changed'), Third: parameter('new') } }, 'UPDATE', { ChangeSetName: 'described' },
    )
    const of = (id: string) => Changes!.map(({ ResourceChange }) => ResourceChange!).find(({ LogicalResourceId }) => LogicalResourceId === id)!
    const [detail] = of('First').Details!

    assert.deepEqual(
      [of('First').Action, of('First').Replacement, of('First').Scope, of('Second').Action, of('Third').Action],
      ['Modify', 'False', ['Properties'], 'Remove', 'Add'],
    )
    assert.deepEqual(
      [
        detail!.Target!.Attribute, detail!.Target!.Name, detail!.Target!.RequiresRecreation, detail!.Target!.BeforeValue,
        detail!.Target!.AfterValue,
      ],
      ['Properties', 'Value', 'Never', 'one', 'changed'],
    )
    assert.deepEqual([detail!.Evaluation, detail!.ChangeSource], ['Static', 'DirectModification'])
    assert.ok(of('First').PhysicalResourceId)
  }),
  fact('G1.6', 'O', 'DescribeStacks shows these members', 'CAP-CFN', CFN, async (world) => {
    const { stack } = await basic(world)
    const {
      RollbackConfiguration, DisableRollback, NotificationARNs, Tags, EnableTerminationProtection, DriftInformation, Outputs, StackStatus,
      CreationTime,
    } = stack

    assert.ok(CreationTime)
    assert.deepEqual(
      {
        RollbackConfiguration, DisableRollback, NotificationARNs, Tags, EnableTerminationProtection, DriftInformation, StackStatus,
        Outputs: Outputs!.length,
      },
      {
        RollbackConfiguration: {}, DisableRollback: false, NotificationARNs: [], Tags: [], EnableTerminationProtection: false,
        DriftInformation: { StackDriftStatus: 'NOT_CHECKED' }, StackStatus: 'CREATE_COMPLETE', Outputs: 1,
      })
  }),
  fact('G1.7', 'O', 'ids of stacks and events have these shapes; the events of an operation share their token',
    'CAP-CFN', CFN, async (world) => {
    const { StackId, StackName } = await basic(world)
    const events = (await eventsOf(world, StackId)).filter(({ ResourceStatus }) => ResourceStatus!.startsWith('CREATE'))
    const ofStack = events.filter(({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack')
    const ofResource = events.filter(({ LogicalResourceId }) => LogicalResourceId === 'First')

    assert.match(StackId, new RegExp(`^arn:aws:cloudformation:${world.cloud.region}:${world.cloud.account}:stack/${StackName}/${UUID}$`))
    for (const { EventId } of ofStack) assert.match(EventId!, new RegExp(`^${UUID}$`))
    for (const { EventId, ResourceStatus } of ofResource) assert.match(
      EventId!, new RegExp(`^First-${ResourceStatus}-\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$`),
    )
    assert.equal(new Set(events.map(({ ClientRequestToken }) => ClientRequestToken)).size, 1)
    const { StackEvents } = await world.aws.cloudformation.describeStackEvents({ StackName: StackId })
    assert.ok(StackEvents![0]!.Timestamp! >= StackEvents!.at(-1)!.Timestamp!, 'newest first')
  }),
  fact('G1.8', 'O', 'a deleted stack is not found by name and DELETE_COMPLETE by ARN; DeleteStack of a missing name succeeds',
    'LS-cfn, BOTO', JAN, async (world) => {
    const { aws } = world
    const { StackName, StackId } = await makeStack(world, 'deleted', two())
    await aws.cloudformation.deleteStack({ StackName })
    const { status } = await ended(world, StackId)
    await aws.cloudformation.deleteStack({ StackName })

    assert.equal(status, 'DELETE_COMPLETE')
    assert.equal((await refusal(aws.cloudformation.describeStacks({ StackName }))).message, `Stack with id ${StackName} does not exist`)
  }),
])
