import { notBuilt } from '../aws-error.ts'
import { defineService, type Context, type Permission } from '../service.ts'
import { eventLogsOf } from './event-logs.ts'
import { eventOperations } from './events.ts'
import { groupOperations } from './groups.ts'
import { groupArn, groupName, groupsOf } from './state.ts'
import { streamOperations } from './streams.ts'

export { eventFiles } from './state.ts'

/** CloudWatch Logs, as far as Lambda writes it and the CDK and the kit read it. */
export const logsService = defineService({
  name: 'logs',
  signingName: 'logs',
  load: () => import('@aws-sdk/client-cloudwatch-logs'),
  open(cloud, place) {
    const groups = groupsOf(cloud, place)
    const logs = eventLogsOf(cloud, place)
    return {
      ...groupOperations(groups, logs, cloud.clock),
      ...streamOperations(groups, logs, cloud.clock),
      ...eventOperations(cloud, groups, logs),
      StartLiveTail() {
        throw notBuilt('logs StartLiveTail')
      },
    }
  },
  permissions,
})

type Named = { logGroupName?: string, logGroupIdentifier?: string, resourceArn?: string, logStreamName?: string }

/**
 * `logs:Operation` on the stream, or on the group. A group's ARN ends in `:log-stream:` when it is judged and denied, which is why policies
 * need the `:*` after a group's name.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
function permissions(operation: string, input: Named, place: Context): Permission[] {
  const name = groupName(input.logGroupName ?? input.logGroupIdentifier ?? input.resourceArn ?? '')
  return [{ action: `logs:${operation}`, resource: `${groupArn(place, name)}:log-stream:${input.logStreamName ?? ''}` }]
}
