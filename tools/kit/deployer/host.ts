import type { IIoHost, StackActivity } from '@aws-cdk/toolkit-lib'
import type { ResourceEvent } from './failure.ts'

export type DeployEvent = ResourceEvent | { kind: 'warning', text: string }

/** What the toolkit said during one operation. */
export type Recorded = {
  events: ResourceEvent[]
  /** what the stack's deployment ended with */
  result?: { noOp: boolean, outputs: Record<string, string> }
  /** why the account could not be asked for: the toolkit says it in passing, and then only that there are no credentials */
  noAccount?: string
}

const NO_ACCOUNT = /^(Unable to determine the default AWS account|There are expired AWS credentials)/

/** Listens to the CDK's toolkit: keeps the stack's events, passes them on, and answers every question by its default. */
export function createHost(onEvent: (event: DeployEvent) => void) {
  let current: Recorded = { events: [] }
  let silent = false

  const host: IIoHost = {
    async notify({ code, level, message, data }) {
      if (silent) return never()
      if (code === 'CDK_TOOLKIT_I5502') record(resourceEvent(data as StackActivity))
      else if (code === 'CDK_TOOLKIT_I5900') current.result = data as Recorded['result']
      else if (NO_ACCOUNT.test(message)) current.noAccount = message
      else if (level === 'warn') onEvent({ kind: 'warning', text: message.trim() })
    },
    async requestResponse({ defaultResponse }) {
      return silent ? never() : defaultResponse
    },
  }

  function record(event: ResourceEvent) {
    current.events.push(event)
    onEvent(event)
  }

  return {
    host,
    /** Starts a new record and answers it. */
    begin() {
      current = { events: [] }
      silent = false
      return current
    },
    /** Answers no more. The toolkit waits for its host, and so an operation that has been given up stops asking the cloud. */
    fallSilent() {
      silent = true
    },
  }
}

const never = () => new Promise<never>(() => {})

const resourceEvent = ({ event, metadata }: StackActivity): ResourceEvent => ({
  kind: 'resource',
  logicalId: event.LogicalResourceId ?? '',
  type: event.ResourceType ?? '',
  status: event.ResourceStatus ?? '',
  reason: event.HookStatusReason ?? event.ResourceStatusReason,
  path: metadata?.constructPath.replace(/^\//, ''),
})
