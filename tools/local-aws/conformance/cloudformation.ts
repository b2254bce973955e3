import assert from 'node:assert/strict'
import type { StackEvent } from '@aws-sdk/client-cloudformation'
import { fact, section, unanswered } from './fact.ts'
import { refusal } from './harness/sdk.ts'
import { att, changeStack, ended, eventsOf, makeStack, parameter, ref, type Template } from './harness/stacks.ts'
import type { World } from './harness/world.ts'

const CFN = '2026-09-26'
const DOCS = '2026-11'
const JAN = '2026-01'
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** One parameter, and a second that needs it. */
const two = (value = 'one'): Template => ({ Resources: { First: parameter(value), Second: parameter({ 'Fn::Sub': '${First}' }) } })
const table = (more: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], ...more,
  },
})
/** A parameter whose name breaks the rules of the service: its creation fails. */
const failing = (more: object = {}) => ({
  Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x', Name: '/aws/forbidden' }, ...more
})

const refused = async (world: World, template: object | string, more: object = {}) => {
  const { status, name, message } = await refusal(world.aws.cloudformation.createStack({
    StackName: world.name('refused'), TemplateBody: typeof template === 'string' ? template : JSON.stringify(template), ...more
  }))
  return [status, name, message]
}
const invalid = (message: string) => [400, 'ValidationError', message]
const format = (text: string) => invalid(`Template format error: ${text}`)

/** Events as the sheet writes them: S for the stack, else the logical id. */
const told = (events: StackEvent[]) => events.map(({ LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason }) =>
  [
    ResourceType === 'AWS::CloudFormation::Stack' ? 'S' : LogicalResourceId, ResourceStatus,
    ...ResourceStatusReason ? [ResourceStatusReason] : [],
  ].join(' ').trim())
/** Without the check that AWS shows for some types. */
const plain = (events: StackEvent[]) => told(events.filter(({ DetailedStatus }) => DetailedStatus !== 'CONFIGURATION_COMPLETE'))

/** Makes a change set and waits until it is ready or has failed. */
async function propose(
  { aws, eventually }: World, StackName: string, template: Template, ChangeSetType: 'CREATE' | 'UPDATE', ChangeSetName = 'proposal',
) {
  await aws.cloudformation.createChangeSet({
    StackName, ChangeSetName, ChangeSetType, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'],
  })
  return eventually('the change set', async () => {
    const set = await aws.cloudformation.describeChangeSet({ StackName, ChangeSetName, IncludePropertyValues: true })
    return /_COMPLETE|FAILED/.test(set.Status!) && set
  })
}
const removeStack = (world: World, StackName: string) => world.removeLater(
  `stack ${StackName}`, () => world.aws.cloudformation.deleteStack({ StackName }),
)

const basic = (world: World) => world.once(
  'stack basic', () => makeStack(world, 'basic', { ...two(), Outputs: { Name: { Value: ref('First') } } }),
)

/** A stack whose second resource fails, after it has ended. */
const rolledBack = (world: World) => world.once(
  'stack rolled back', () => makeStack(world, 'rolled-back', { Resources: { Good: parameter('x'), Bad: failing({ DependsOn: 'Good' }) } }),
)

export const cloudFormation = section('G CloudFormation', [
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
    const { Status, ExecutionStatus, StatusReason } = await propose(world, StackName, template, 'UPDATE', 'same')
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
    const { ChangeSetId } = await propose(world, StackName, { ...two(), Outputs: { Name: { Value: ref('First') } } }, 'UPDATE', 'failed')
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
      world, StackName, { Resources: { First: parameter('changed'), Third: parameter('new') } }, 'UPDATE', 'described',
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
  unanswered('G2.1', 'O', 'early validation finds names that are taken and properties that are wrong before anything is made',
    'WILD, stackd function_resource_policy_validation.json', DOCS,
    'the resource says so when it is made (G2.2); CDK\'s own validator says so before the deploy'),
  fact('G2.2', 'O', 'a name that is taken by something else', 'WILD', DOCS, async (world) => {
    const TableName = world.name('occupied')
    await world.aws.dynamodb.createTable({
      TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    })
    world.removeLater(`table ${TableName}`, () => world.aws.dynamodb.deleteTable({ TableName }))
    const { StackId } = await makeStack(world, 'collides', { Resources: { Table: table({ TableName }) } })
    const reason = (await eventsOf(world, StackId)).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')!.ResourceStatusReason!

    assert.match(
      reason,
      new RegExp(`^Resource handler returned message: "Resource of type 'AWS::DynamoDB::Table' with identifier '${TableName}' already exists\\." \\(RequestToken: ${UUID}, HandlerErrorCode: AlreadyExists\\)$`),
    )
  }),
  fact('G2.2', 'O', 'a name that another stack owns', 'WILD', DOCS, async (world) => {
    const TableName = world.name('owned')
    const owner = await makeStack(world, 'owner', { Resources: { Table: table({ TableName }) } })
    const { StackId } = await makeStack(world, 'intruder', { Resources: { Table: table({ TableName }) } })
    const reason = (await eventsOf(world, StackId)).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')!.ResourceStatusReason!

    assert.equal(reason, `${TableName} already exists in stack ${owner.StackId}`)
  }),
  fact('G2.3', 'O', 'what a handler says is wrapped with the service, the status, the request and a code', 'WILD', DOCS, async (world) => {
    const { StackId } = await makeStack(
      world, 'handler',
      { Resources: { Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs14.x', Handler: 'index.handler', Role: `arn:aws:iam::${world.cloud.account}:role/absent`, Code: { ZipFile: 'x' },
        },
      } } },
    )
    const reason = (await eventsOf(world, StackId)).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')!.ResourceStatusReason!

    assert.match(
      reason,
      new RegExp(`^Resource handler returned message: ".+ \\(Service: Lambda, Status Code: 400, Request ID: ${UUID}\\)" \\(RequestToken: ${UUID}, HandlerErrorCode: InvalidRequest\\)$`),
    )
  }),
  fact('G2.4', 'O', 'replacing a resource with a name of its own is refused', 'WILD', DOCS, async (world) => {
    const TableName = world.name('named')
    const { StackName, StackId } = await makeStack(world, 'custom-named', { Resources: { Table: table({ TableName }) } })
    await changeStack(
      world, StackName,
      { Resources: { Table: table({
        TableName, AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }],
      }) } },
    )
    const reason = (await eventsOf(world, StackId)).find(({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED')!.ResourceStatusReason

    assert.equal(
      reason,
      `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${TableName} and update the stack again.`,
    )
  }),
  fact('G2.5', 'O', 'a stack in ROLLBACK_COMPLETE can only be deleted', 'WILD', DOCS, async (world) => {
    const { StackName, StackId } = await rolledBack(world)

    assert.equal(
      (await refusal(changeStack(world, StackName, two()))).message,
      `Stack:${StackId} is in ROLLBACK_COMPLETE state and can not be updated.`,
    )
  }),
  fact('G2.6', 'O', 'what is wrong with a template is told in these words', 'LS-cfn, WILD', DOCS, async (world) => {
    assert.deepEqual(
      await refused(world, { Resources: { A: parameter(ref('X')) } }),
      format('Unresolved resource dependencies [X] in the Resources block of the template'),
    )
    assert.deepEqual(
      await refused(world, { Resources: { A: parameter('x') }, Outputs: { O: { Value: ref('X') } } }),
      format('Unresolved resource dependencies [X] in the Outputs block of the template'),
    )
    assert.deepEqual(
      await refused(world, { Resources: { A: parameter(ref('B')), B: parameter(ref('A')) } }),
      invalid('Circular dependency between resources: [A, B]'),
    )
    assert.deepEqual(await refused(world, { Resources: {} }), format('At least one Resources member must be defined.'))
    assert.deepEqual(
      await refused(world, { Resources: { A: { Properties: {} } } }),
      format('[/Resources/A] Every Resources object must contain a Type member.'),
    )
    assert.deepEqual(
      await refused(world, { Resources: { A: { Type: 'AWS::Nothing' } } }), format('Unrecognized resource types: [AWS::Nothing]'),
    )
  }),
  unanswered('G2.6', 'O', 'a type that could exist and does not: Unrecognized resource types: [AWS::X::Y]',
    'WILD', DOCS, 'the local AWS knows the types that it builds; another is refused as not built when it is made'),
  fact('G2.6', 'U', 'parameters without values, values without parameters, GetAtt of what is not there', 'WILD', DOCS, async (world) => {
    const Resources = { A: parameter('x') }

    assert.deepEqual(
      await refused(world, { Parameters: { Name: { Type: 'String' } }, Resources }), invalid('Parameters: [Name] must have values'),
    )
    assert.deepEqual(
      await refused(world, { Resources }, { Parameters: [{ ParameterKey: 'X', ParameterValue: 'x' }] }),
      invalid('Parameters: [X] do not exist in the template'),
    )
    assert.deepEqual(
      await refused(world, { Resources: { A: parameter(att('X', 'Arn')) } }),
      invalid('Template error: instance of Fn::GetAtt references undefined resource X'),
    )
  }),
  fact('G2.7', 'O', 'a missing capability', 'LS-cfn, CAP-CFN', CFN, async (world) => {
    const role = (more: object) => ({ Resources: { Role: {
      Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] }, ...more },
    } } })
    const insufficient = (capability: string) => [400, 'InsufficientCapabilitiesException', `Requires capabilities : [${capability}]`]

    assert.deepEqual(await refused(world, role({})), insufficient('CAPABILITY_IAM'))
    assert.deepEqual(await refused(world, role({ RoleName: 'named' })), insufficient('CAPABILITY_NAMED_IAM'))
  }),
  fact('G2.8', 'O', 'an export that is taken, missing, or in use', 'WILD', DOCS, async (world) => {
    const { aws, name } = world
    const Name = name('export')
    const exporter = { Resources: { A: parameter('x') }, Outputs: { Out: { Value: 'x', Export: { Name } } } }
    const first = await makeStack(world, 'exporter', exporter)
    const second = await makeStack(world, 'namesake', exporter)
    const importer = await makeStack(world, 'importer', { Resources: { A: parameter({ 'Fn::ImportValue': Name }) } })
    const lost = await makeStack(world, 'lost', { Resources: { A: parameter({ 'Fn::ImportValue': `${Name}-absent` }) } })
    await aws.cloudformation.deleteStack({ StackName: first.StackName }).catch(() => undefined)
    const { stack } = await ended(world, first.StackId)
    const reasons = async (StackId: string) => (await eventsOf(world, StackId)).map(({ ResourceStatusReason }) => ResourceStatusReason).filter(Boolean).join('\n')

    assert.equal(importer.status, 'CREATE_COMPLETE')
    assert.match(await reasons(second.StackId), new RegExp(`Export with name ${Name} is already exported by stack ${first.StackName}\\. ?`))
    assert.match(await reasons(lost.StackId), new RegExp(`No export named ${Name}-absent found`))
    assert.match(
      stack.StackStatusReason ?? await reasons(first.StackId),
      new RegExp(`Cannot delete export ${Name} as it is in use by ${importer.StackName}\\.|Export ${Name} cannot be deleted as it is in use by ${importer.StackName}`),
    )
    // The importer goes first, or the exporter cannot.
    await aws.cloudformation.deleteStack({ StackName: importer.StackName })
    await ended(world, importer.StackId)
  }),
  fact('G2.9', 'O', 'termination protection', 'WILD', DOCS, async (world) => {
    const { StackName } = await makeStack(world, 'protected', two(), { EnableTerminationProtection: true })
    const { message } = await refusal(world.aws.cloudformation.deleteStack({ StackName }))
    await world.aws.cloudformation.updateTerminationProtection({ StackName, EnableTerminationProtection: false })

    assert.equal(message, `Stack [${StackName}] cannot be deleted while TerminationProtection is enabled`)
  }),
  fact('G2.10', 'D', 'DeletionPolicy Retain keeps a resource that leaves the template', 'CDKLIB', DOCS, async (world) => {
    const Name = world.name('retained')
    const { StackName } = await makeStack(
      world, 'retains',
      { Resources: {
        Kept: { ...parameter('x'), Properties: { Type: 'String', Value: 'x', Name }, DeletionPolicy: 'Retain' }, Other: parameter('x'),
      } },
    )
    world.removeLater(`parameter ${Name}`, () => world.aws.ssm.deleteParameter({ Name }))
    await changeStack(world, StackName, { Resources: { Other: parameter('x') } })

    assert.equal((await world.aws.ssm.getParameter({ Name })).Parameter!.Value, 'x')
  }),
  ...physicalIds(),
])

/** One stack with the types whose ids the sheet tells of. */
function physicalIds() {
  const document = {
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }
  const typed = (world: World) => world.once('stack types', async () => {
    const made = await makeStack(world, 'types', {
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document } },
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'own', Roles: [ref('Role')],
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }] },
          },
        },
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Runtime: 'nodejs22.x', Handler: 'index.handler', Role: att('Role', 'Arn'), Code: { ZipFile: 'exports.handler = async () => 1' },
          },
        },
        Permission: {
          Type: 'AWS::Lambda::Permission',
          Properties: { FunctionName: ref('Function'), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' },
        },
        Table: table(), Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1 } },
      },
      Outputs: {
        ...Object.fromEntries(['Role', 'Policy', 'Function', 'Permission', 'Table', 'Logs'].map((id) => [id, { Value: ref(id) }])),
        FunctionArn: { Value: att('Function', 'Arn') },
      },
    })
    assert.equal(made.status, 'CREATE_COMPLETE')
    return made
  })
  return [
    fact('G2.11', 'O', 'a function is STACK-Logical- and 12 characters, at most 64; Ref is its name', 'LS-cfn', JAN, async (world) => {
      const { outputs, StackName } = await typed(world)
      assert.match(outputs.Function!, new RegExp(`^${StackName}-Function-[A-Za-z0-9]{12}$`))
      assert.equal(outputs.FunctionArn, `arn:aws:lambda:${world.cloud.region}:${world.cloud.account}:function:${outputs.Function}`)
    }),
    fact('G2.12', 'D', 'a permission\'s id is its Sid', 'CFNDOC', DOCS, async (world) => {
      const { outputs } = await typed(world)
      const { Policy } = await world.aws.lambda.getPolicy({ FunctionName: outputs.Function })
      assert.equal(JSON.parse(Policy!).Statement[0].Sid, outputs.Permission)
    }),
    fact('G2.13', 'O', 'Ref of a role is its name', 'LS-cfn', JAN, async (world) => {
      const { outputs } = await typed(world)
      assert.equal((await world.aws.iam.getRole({ RoleName: outputs.Role })).Role!.RoleName, outputs.Role)
    }),
    fact('G2.13', 'U', 'a policy is named Stac-Logi- and 12 characters', 'none', DOCS, async (world) => {
      assert.match((await typed(world)).outputs.Policy!, /^[A-Za-z-]{4}-Poli-[A-Za-z0-9]{12}$/)
    }),
    fact('G2.14', 'D', 'Ref of a table is its name', 'CFNDOC', DOCS, async (world) => {
      const { outputs, StackName } = await typed(world)
      assert.match(outputs.Table!, new RegExp(`^${StackName}-Table-[A-Za-z0-9]+$`))
      assert.ok((await world.aws.dynamodb.describeTable({ TableName: outputs.Table })).Table)
    }),
    unanswered('G2.15', 'O', 'Ref of a queue is its URL', 'CFNDOC', DOCS, 'SQS is not built yet'),
    unanswered('G2.16', 'D', 'Ref of an event source mapping is a UUID', 'CFNDOC', DOCS, 'SQS is not built yet'),
    fact('G2.17', 'O', 'a log group without a name has a generated one, without /aws/lambda/', 'LS-cfn', JAN, async (world) => {
      const { outputs, StackName } = await typed(world)
      assert.match(outputs.Logs!, new RegExp(`^${StackName}-Logs-[A-Za-z0-9]{12}$`))
    }),
  ]
}
