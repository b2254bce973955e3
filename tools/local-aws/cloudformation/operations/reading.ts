import { AwsError } from '../../aws-error.ts'
import { sleep } from '../../clock.ts'
import { own } from '../../members.ts'
import type { Operations } from '../../service.ts'
import type { Engine } from '../engine/engine.ts'
import { validationError } from '../errors.ts'
import type { Stack } from '../state.ts'
import { isFailed, operationEvents, validationErrors, viewEvent } from './describe-events.ts'
import { describeResource, describeStack, summarizeStack } from './views.ts'

/** How long DescribeStacks holds back its answer. */
const PATIENCE_MS = 25_000
const EVENTS_PER_PAGE = 100

/** What only looks. */
export function readingOperations(engine: Engine): Operations<'cloudformation'> {
  const { cloud, stacks } = engine
  const get = (name: string | undefined) => stacks.get(name, `Stack [${name}] does not exist`)
  const byOperation = (id: string) => {
    const stack = stacks.all().find(({ events }) => events.some(({ operationId }) => operationId === id))
    if (!stack) throw validationError(`Operation [${id}] does not exist`)
    return stack
  }
  const live = () => stacks.all().filter(({ status }) => status !== 'DELETE_COMPLETE')

  return {
    /**
     * Differs from AWS: asked by ARN, it answers when nothing runs on the stack any more (or after 25 s). Clients that wait for a stack ask so,
     * and then only every 5 s.
     */
    async DescribeStacks({ StackName }) {
      if (!StackName) return { Stacks: live().map(describeStack) }
      const stack = stacks.get(StackName)
      if (StackName === stack.id) await Promise.race([engine.settled(stack.id), sleep(cloud.clock, PATIENCE_MS)])
      return { Stacks: [describeStack(stack)] }
    },

    ListStacks: ({ StackStatusFilter: filter = [] }) => ({
      StackSummaries: stacks.all().filter(({ status }) => filter.length === 0 || filter.includes(status as never)).map(summarizeStack),
    }),

    /** Newest first. */
    DescribeStackEvents({ StackName, NextToken }) {
      const stack = get(StackName)
      const from = Number(NextToken ?? 0)
      const events = stack.events.toReversed().map((event) => viewEvent(stack, event))
      const next = from + EVENTS_PER_PAGE
      return { StackEvents: events.slice(from, next), NextToken: next < events.length ? String(next) : undefined }
    },

    /** Newest first. Of a change set, what early validation found. */
    DescribeEvents({ StackName, ChangeSetName, OperationId, Filters, NextToken }) {
      if (!StackName && !ChangeSetName && !OperationId) throw validationError('One of ChangeSetName, OperationId or StackName must be specified')
      const changeSet = stacks.changeSets().find(({ id, name, stackId }) =>
        ChangeSetName && (id === ChangeSetName || (name === ChangeSetName && stackId === stacks.find(StackName)?.id)))
      if (ChangeSetName && !changeSet) throw new AwsError('ChangeSetNotFound', `ChangeSet [${ChangeSetName}] does not exist`, { status: 404 })
      const stack = OperationId && !StackName ? byOperation(OperationId) : get(changeSet?.stackId ?? StackName)
      const all = ChangeSetName ? (changeSet?.refused ? validationErrors(stack.id, changeSet.refused) : []) : operationEvents(stack)
      const events = all.filter((event) => (!OperationId || event.OperationId === OperationId) && (!Filters?.FailedEvents || isFailed(event))).toReversed()
      const from = Number(NextToken ?? 0)
      const next = from + EVENTS_PER_PAGE
      return { OperationEvents: events.slice(from, next), NextToken: next < events.length ? String(next) : undefined }
    },

    DescribeStackResources({ StackName, LogicalResourceId, PhysicalResourceId }) {
      if (!StackName && !PhysicalResourceId) throw validationError('One and only one of StackName or PhysicalResourceId must be specified.')
      const owns = ({ resources }: Stack) => Object.values(resources).some(({ physicalId }) => physicalId === PhysicalResourceId)
      const stack = StackName ? stacks.get(StackName) : live().find(owns)
      if (!stack) throw validationError(`Stack for ${PhysicalResourceId} does not exist`)
      const asked = Object.values(stack.resources).filter(({ logicalId }) => logicalId === (LogicalResourceId ?? logicalId))
      return { StackResources: asked.map((resource) => describeResource(stack, resource)) }
    },

    DescribeStackResource({ StackName, LogicalResourceId }) {
      const stack = stacks.get(StackName, `Stack '${StackName}' does not exist`)
      const resource = own(stack.resources, LogicalResourceId ?? '')
      if (!resource) throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${stack.name}`)
      const { Timestamp, ...view } = describeResource(stack, resource)
      return {
        StackResourceDetail: { ...view, LastUpdatedTimestamp: Timestamp, Metadata: resource.metadata === undefined ? undefined : JSON.stringify(resource.metadata) },
      }
    },

    ListStackResources({ StackName }) {
      const stack = stacks.get(StackName)
      return {
        StackResourceSummaries: Object.values(stack.resources).map((resource) => {
          const { Timestamp, StackName: _name, StackId: _id, ...view } = describeResource(stack, resource)
          return { ...view, LastUpdatedTimestamp: Timestamp }
        }),
      }
    },

    ListExports: () => ({
      Exports: live().flatMap(({ id, outputs }) => outputs
        .filter(({ exportName }) => exportName !== undefined)
        .map(({ exportName, value }) => ({ ExportingStackId: id, Name: exportName, Value: value }))),
    }),

    ListImports({ ExportName = '' }) {
      const users = live().filter(({ imports }) => imports.includes(ExportName)).map(({ name }) => name)
      if (users.length === 0) throw validationError(`Export '${ExportName}' is not imported by any stack.`)
      return { Imports: users }
    },

    GetStackPolicy({ StackName }) {
      stacks.get(StackName)
      return {}
    },
  }
}
