import type { Parameter, Stack as StackView, StackResource, StackSummary } from '@aws-sdk/client-cloudformation'
import type { Definition, Resource, Stack } from '../state.ts'

export const date = (at: number | undefined) => (at === undefined ? undefined : new Date(at))

/** Secrets are never shown again. */
export const parametersOf = ({ parameters }: Definition): Parameter[] =>
  parameters.map(({ key, value, resolved, noEcho }) =>
    ({ ParameterKey: key, ParameterValue: noEcho ? '****' : value, ...(resolved === undefined ? {} : { ResolvedValue: resolved }) }))


/** @see G1.6 */
export function describeStack(stack: Stack): StackView {
  const { definition, lastOperations } = stack
  return {
    StackId: stack.id, StackName: stack.name, ChangeSetId: stack.changeSetId, Description: definition.description,
    Parameters: definition.parameters.length > 0 ? parametersOf(definition) : undefined,
    CreationTime: new Date(stack.createdAt), LastUpdatedTime: date(stack.updatedAt), DeletionTime: date(stack.deletedAt),
    RollbackConfiguration: {}, StackStatus: stack.status as StackView['StackStatus'], StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback, NotificationARNs: [],
    Capabilities: definition.capabilities.length > 0 ? definition.capabilities as StackView['Capabilities'] : undefined,
    Outputs: outputsOf(stack),
    RoleARN: definition.roleArn, Tags: definition.tags, EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    LastOperations: lastOperations.map(({ id, type }) => ({ OperationId: id, OperationType: type })),
  }
}

const outputsOf = ({ outputs }: Stack) => (outputs.length === 0 ? undefined : outputs.map(({ key, value, description, exportName }) =>
  ({ OutputKey: key, OutputValue: value, Description: description, ExportName: exportName })))

export const summarizeStack = (stack: Stack): StackSummary => ({
  StackId: stack.id, StackName: stack.name, TemplateDescription: stack.definition.description,
  CreationTime: new Date(stack.createdAt), LastUpdatedTime: date(stack.updatedAt), DeletionTime: date(stack.deletedAt),
  StackStatus: stack.status as StackSummary['StackStatus'], StackStatusReason: stack.statusReason,
  DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
})

export const describeResource = (stack: Stack, resource: Resource): StackResource & { ResourceStatus: StackResource['ResourceStatus'] } => ({
  StackName: stack.name, StackId: stack.id, LogicalResourceId: resource.logicalId, PhysicalResourceId: resource.physicalId,
  ResourceType: resource.type,
  Timestamp: new Date(resource.at), ResourceStatus: resource.status as StackResource['ResourceStatus'],
  ResourceStatusReason: resource.reason,
  DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
})
