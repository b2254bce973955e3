import assert from 'node:assert/strict'
import { fact, section } from './fact.ts'
import { refusal } from './harness/sdk.ts'
import { changeStack, makeStack, parameter, plain, eventsOf, propose, removeStack, table, type Template } from './harness/stacks.ts'
import type { World } from './harness/world.ts'

const CDK = '2026-04-30'
const CFN = '2026-09-30'
const DOCS = '2026-11'

/** A table that no stack has made. */
const occupied = (world: World) => world.once('table occupied', async () => {
  const { aws, name, removeLater } = world
  const TableName = name('validated')
  const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' as const }]
  await aws.dynamodb.createTable({ TableName, KeySchema, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }] })
  removeLater(`table ${TableName}`, () => aws.dynamodb.deleteTable({ TableName }))
  return TableName
})
/** A policy without its two properties that must be there, and a third that does not exist. */
const unfit: Template = { Resources: { Policy: { Type: 'AWS::IAM::Policy', Properties: { Colour: 'blue' } }, Fine: parameter('x') } }

/** Proposes a new stack and answers what becomes of the change set, and what DescribeEvents knows of it. */
async function proposed(world: World, what: string, template: Template) {
  const StackName = world.name(what)
  removeStack(world, StackName)
  const { Status, ExecutionStatus, StatusReason, ChangeSetId, StackId } = await propose(world, StackName, template, 'CREATE')
  const { OperationEvents = [] } = await world.aws.cloudformation.describeEvents({ ChangeSetName: ChangeSetId, Filters: { FailedEvents: true } })
  return { StackName, StackId: StackId!, set: [Status, ExecutionStatus, StatusReason], events: OperationEvents }
}
const hookFailed = (hook: string) => [
  'FAILED', 'UNAVAILABLE',
  `The following hook(s)/validation failed: [AWS::EarlyValidation::${hook}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`,
]
const taken = (TableName: string) => `Resource of type 'AWS::DynamoDB::Table' with identifier '${TableName}' already exists.`

export const earlyValidation = section('G2 early validation', [
  fact('G2.1', 'O', 'a change set that gives a name which is taken fails; nothing is made, and the shell of the stack stays in review', 'WILD', DOCS, async (world) => {
    const { aws } = world
    const { StackName, set } = await proposed(world, 'taken', { Resources: { Table: table({ TableName: await occupied(world) }), Fine: parameter('x') } })
    const { Stacks: [stack] = [] } = await aws.cloudformation.describeStacks({ StackName })
    const executed = await refusal(aws.cloudformation.executeChangeSet({ StackName, ChangeSetName: 'proposal' }))

    assert.deepEqual(set, hookFailed('ResourceExistenceCheck'))
    assert.equal(stack!.StackStatus, 'REVIEW_IN_PROGRESS')
    assert.match(executed.message, /cannot be executed in its current status of \[FAILED\]$/)
  }),
  fact('G2.1', 'O', 'DescribeEvents says of the change set which name is taken, and by what', 'CAP-CFN, stackd function_resource_policy_validation.json', CFN, async (world) => {
    const TableName = await occupied(world)
    const { events, StackId } = await proposed(world, 'told', { Resources: { Table: table({ TableName }) } })

    assert.deepEqual(events.map(({ EventId: _id, OperationId: _operation, OperationType: _type, Timestamp: _at, PhysicalResourceId: _physical, ...event }) => event), [{
      StackId, EventType: 'VALIDATION_ERROR', LogicalResourceId: 'Table', ResourceType: 'AWS::DynamoDB::Table',
      ValidationFailureMode: 'FAIL', ValidationName: 'NAME_CONFLICT_VALIDATION', ValidationStatus: 'FAILED',
      ValidationStatusReason: taken(TableName), ValidationPath: '/Resources/Table',
    }])
  }),
  fact('G2.1', 'O', 'properties that are missing are told all at once, with the path to where they belong', 'aws-cdk-cli #1463', CDK, async (world) => {
    const { set, events } = await proposed(world, 'unfit', unfit)
    const missing = events.filter(({ ValidationStatusReason = '' }) => ValidationStatusReason.startsWith('Required'))

    assert.deepEqual(set, hookFailed('PropertyValidation'))
    assert.deepEqual(missing.map(({ ValidationName, ValidationStatusReason, ValidationPath }) => [ValidationName, ValidationStatusReason, ValidationPath]).toSorted(), [
      ['PROPERTY_VALIDATION', 'Required property [PolicyDocument] not found', '/Resources/Policy/Properties'],
      ['PROPERTY_VALIDATION', 'Required property [PolicyName] not found', '/Resources/Policy/Properties'],
    ])
  }),
  fact('G2.1', 'O', 'a property that the type does not have', 'WILD', '2026-08', async (world) => {
    const { events } = await proposed(world, 'unsupported', unfit)

    assert.ok(events.some(({ ValidationStatusReason }) => ValidationStatusReason === 'Unsupported property [Colour]'))
  }),
  fact('G2.1', 'U', 'and its path ends in its name', 'none', DOCS, async (world) => {
    const { events } = await proposed(world, 'unsupported-path', unfit)

    assert.equal(events.find(({ ValidationStatusReason }) => ValidationStatusReason === 'Unsupported property [Colour]')!.ValidationPath, '/Resources/Policy/Properties/Colour')
  }),
  fact('G2.1', 'D', 'DisableValidation leaves it out', 'BOTO', DOCS, async (world) => {
    const StackName = world.name('unvalidated')
    removeStack(world, StackName)
    const { Status } = await propose(world, StackName, { Resources: { Table: table({ TableName: await occupied(world) }) } }, 'CREATE', { DisableValidation: true })

    assert.equal(Status, 'CREATE_COMPLETE')
  }),
  fact('G2', 'O', 'events of a creation that early validation ends, and what DescribeEvents knows besides', 'CAP-CFN, stackd function_resource_policy_validation.json', CFN, async (world) => {
    const { StackId, status } = await makeStack(world, 'invalid', { Resources: { Table: table({ TableName: await occupied(world) }), Fine: parameter('x') } })
    const { OperationEvents = [] } = await world.aws.cloudformation.describeEvents({ StackName: StackId })

    assert.equal(status, 'ROLLBACK_COMPLETE')
    assert.deepEqual(plain(await eventsOf(world, StackId)), [
      'S CREATE_IN_PROGRESS User Initiated',
      'S CREATE_FAILED Validation failed with 1 error(s). Call DescribeEvents to retrieve the full list of issues with resource and property details, resolve each error, then retry the operation.',
      'S ROLLBACK_IN_PROGRESS Validation failure detected. See the operation\'s FAILED event for details.',
      'S ROLLBACK_COMPLETE',
    ])
    assert.deepEqual(
      OperationEvents.toReversed().map(({ EventType, OperationType, OperationStatus, ResourceStatus, DetailedStatus }) =>
        [EventType, OperationType, OperationStatus, ResourceStatus, DetailedStatus].filter(Boolean).join(' ')),
      [
        'STACK_EVENT CREATE_STACK IN_PROGRESS', 'PROGRESS CREATE_IN_PROGRESS', 'VALIDATION_ERROR CREATE_STACK',
        'PROVISIONING_ERROR CREATE_FAILED VALIDATION_FAILED', 'STACK_EVENT CREATE_STACK FAILED',
        'STACK_EVENT ROLLBACK IN_PROGRESS', 'PROGRESS ROLLBACK_IN_PROGRESS', 'PROGRESS ROLLBACK_COMPLETE', 'STACK_EVENT ROLLBACK SUCCEEDED',
      ],
    )
  }),
  fact('G2', 'U', 'an update that early validation ends rolls back at once, and nothing has changed', 'second hand', DOCS, async (world) => {
    const { StackName, StackId } = await makeStack(world, 'invalid-update', { Resources: { Fine: parameter('one') } })
    const before = (await eventsOf(world, StackId)).length
    const { status } = await changeStack(world, StackName, { Resources: { Fine: parameter('two'), ...unfit.Resources } })
    const events = plain((await eventsOf(world, StackId)).slice(before))

    assert.equal(status, 'UPDATE_ROLLBACK_COMPLETE')
    assert.deepEqual(events.filter((event) => !event.startsWith('S ')), [])
    assert.match(events[1]!, /^S UPDATE_FAILED Validation failed with 3 error\(s\)\./)
  }),
])
