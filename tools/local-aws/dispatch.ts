import { AwsError, notBuilt } from './aws-error.ts'
import type { Cloud } from './cloud.ts'
import { sleep } from './clock.ts'
import { uuid } from './ids.ts'
import type { Context, Permission, Principal, ServiceDefinition, ServiceName } from './service.ts'
import type { Place } from './store.ts'

type Handler = (input: unknown, context: Context) => unknown

/** Runs one operation: faults, then IAM, then the handler. Throws AwsError. `body` is the request's, for services that speak the wire themselves. */
export type Run = (service: ServiceDefinition, operation: string, input: unknown, context: Context, body?: Uint8Array) => Promise<unknown>

/** The one way into every service, for requests from outside (`run`) and between services (`call`). */
export function createDispatcher(cloud: Cloud, services: ServiceDefinition[]) {
  const byName = new Map(services.map((service) => [service.name, service]))
  const opened = new Map<string, Record<string, Handler | undefined>>()

  const operationsOf = (service: ServiceDefinition, { account, region }: Place) => {
    const key = `${service.name} ${account} ${region}`
    let operations = opened.get(key)
    if (!operations) opened.set(key, operations = service.open(cloud, { account, region }) as Record<string, Handler | undefined>)
    return operations
  }

  const run: Run = async (service, operation, input, context, body) => {
    await suffer(cloud, service.name, operation)
    const handler = operationsOf(service, context)[operation]
    if (!handler) throw notBuilt(`${service.name} ${operation}`)
    for (const permission of service.permissions(operation as never, input, context, cloud)) demand(cloud, service.name, permission, context.caller)

    const raw = body && service.passThrough?.(cloud, context, body)
    return raw ? await raw : await handler(input, context)
  }

  const call = (name: ServiceName, operation: string, input: unknown, caller: Principal, { account, region }: Place) => {
    const service = byName.get(name)
    if (!service) throw notBuilt(name)
    return run(service, operation, input, { account, region, caller, operation, requestId: uuid(), baseUrl: cloud.url, headers: {} })
  }

  return { run, call: call as unknown as Cloud['call'] }
}

/** Throws the service's own access-denied error unless `caller` may do this (E1). */
export function demand(cloud: Cloud, service: ServiceName, permission: Permission, caller: Principal) {
  const decision = cloud.authority.decide({ principal: caller, ...permission })
  if (!decision.allowed) throw accessDenied(service, decision.message)
}

/** The code, status and spelling of "no" differ by service: E1.1, E1.3, E1.6, E1.7. */
function accessDenied(service: ServiceName, message: string) {
  switch (service) {
    case 'dynamodb': case 'logs': case 'ssm':
      return new AwsError('AccessDeniedException', message, { status: 400, fields: { Message: message } })
    case 'lambda': case 'apigatewayv2':
      return new AwsError('AccessDeniedException', message, { status: 403, fields: { Message: message } })
    default:
      return new AwsError('AccessDenied', message, { status: 403 })
  }
}

/** Lets the faults that are set happen to this call. */
async function suffer(cloud: Cloud, service: ServiceName, operation: string) {
  const hits = (fault: { service: string, operation?: string }) => fault.service === service && (fault.operation ?? operation) === operation
  for (const { ms } of cloud.faults.active('slow').filter(hits)) await sleep(cloud.clock, ms)
  if (cloud.faults.active('throttle').some(hits)) throw throttled(service)
}

function throttled(service: ServiceName) {
  switch (service) {
    case 'apigatewayv2': return new AwsError('TooManyRequestsException', 'Too Many Requests', { status: 429 })
    case 'lambda': return new AwsError('TooManyRequestsException', 'Rate exceeded', { status: 429, fields: { Reason: 'CallerRateLimitExceeded' } })
    case 'sqs': return new AwsError('RequestThrottled', 'Rate exceeded', { status: 403 })
    case 's3': return new AwsError('SlowDown', 'Please reduce your request rate.', { status: 503 })
    case 'dynamodb': case 'logs': case 'ssm': return new AwsError('ThrottlingException', 'Rate exceeded', { status: 400 })
    default: return new AwsError('Throttling', 'Rate exceeded', { status: 400 })
  }
}
