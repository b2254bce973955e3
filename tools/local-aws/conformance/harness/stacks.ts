import type { CreateChangeSetCommandInput, CreateStackCommandInput, StackEvent } from '@aws-sdk/client-cloudformation'
import type { World } from './world.ts'

export type Template = {
  Resources: Record<string, object>, Outputs?: Record<string, { Value: unknown, Export?: { Name: string } }>, Parameters?: Record<string,
  object>, Conditions?: Record<string, unknown>,
}

/** Creates a stack and waits for its end, whatever it is. It is removed with the run. */
export async function makeStack(world: World, what: string, template: Template, options: Partial<CreateStackCommandInput> = {}) {
  const { aws, name, removeLater } = world
  const StackName = name(what)
  const { StackId } = await aws.cloudformation.createStack({
    StackName, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'], ...options
  })
  removeLater(`stack ${StackName}`, async () => {
    await aws.cloudformation.deleteStack({ StackName })
    await ended(world, StackId!)
  })
  return { StackName, StackId: StackId!, ...await ended(world, StackId!) }
}

/** Changes a stack and waits for its end. */
export async function changeStack(world: World, StackName: string, template: Template, options: Partial<CreateStackCommandInput> = {}) {
  const { StackId } = await world.aws.cloudformation.updateStack({
    StackName, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'], ...options
  })
  return ended(world, StackId!)
}

/** Makes a change set and waits until it is ready or has failed. */
export async function propose(
  { aws, eventually }: World, StackName: string, template: Template, ChangeSetType: 'CREATE' | 'UPDATE', options: Partial<CreateChangeSetCommandInput> = {},
) {
  const { ChangeSetName = 'proposal' } = options
  await aws.cloudformation.createChangeSet({
    StackName, ChangeSetName, ChangeSetType, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'], ...options
  })
  return eventually('the change set', async () => {
    const set = await aws.cloudformation.describeChangeSet({ StackName, ChangeSetName, IncludePropertyValues: true })
    return /_COMPLETE|FAILED/.test(set.Status!) && set
  })
}

/** A stack that a change set has begun goes with the run. */
export const removeStack = (world: World, StackName: string) => world.removeLater(
  `stack ${StackName}`, () => world.aws.cloudformation.deleteStack({ StackName }),
)

/** Waits until nothing runs on a stack any more. */
export async function ended({ aws, eventually }: World, StackName: string) {
  return eventually(`the end of what runs on ${StackName}`, async () => {
    const { Stacks: [stack] = [] } = await aws.cloudformation.describeStacks({ StackName })
    if (/(?<!REVIEW)_IN_PROGRESS$/.test(stack!.StackStatus!)) return undefined
    return {
      status: stack!.StackStatus!,
      outputs: Object.fromEntries((stack!.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!])) as Record<string,
      string>, stack: stack!,
    }
  })
}

/** All events of a stack, oldest first. */
export async function eventsOf({ aws }: World, StackName: string): Promise<StackEvent[]> {
  const events: StackEvent[] = []
  let NextToken: string | undefined
  do {
    const page = await aws.cloudformation.describeStackEvents({ StackName, NextToken })
    events.push(...page.StackEvents ?? [])
    NextToken = page.NextToken
  } while (NextToken)
  return events.toReversed()
}

export const ref = (id: string) => ({ Ref: id })
export const att = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] })
/** The smallest resource there is: made and deleted in a moment. */
export const parameter = (Value: unknown, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value }, ...more
})

/** One parameter, and a second that needs it. */
export const two = (value = 'one'): Template => ({ Resources: { First: parameter(value), Second: parameter({ 'Fn::Sub': '${First}' }) } })
export const table = (more: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], ...more,
  },
})
/** A parameter whose name breaks the rules of the service: its creation fails. */
export const failing = (more: object = {}) => ({
  Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x', Name: '/aws/forbidden' }, ...more
})

/** A stack whose second resource fails, after it has ended. */
export const rolledBack = (world: World) => world.once(
  'stack rolled back', () => makeStack(world, 'rolled-back', { Resources: { Good: parameter('x'), Bad: failing({ DependsOn: 'Good' }) } }),
)

/** Events as the sheet writes them: S for the stack, else the logical id. */
export const told = (events: StackEvent[]) => events.map(({ LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason }) =>
  [
    ResourceType === 'AWS::CloudFormation::Stack' ? 'S' : LogicalResourceId, ResourceStatus,
    ...ResourceStatusReason ? [ResourceStatusReason] : [],
  ].join(' ').trim())
/** Without the check that AWS shows for some types. */
export const plain = (events: StackEvent[]) => told(events.filter(({ DetailedStatus }) => DetailedStatus !== 'CONFIGURATION_COMPLETE'))
