import type { Question } from './authority.ts'
import type { ContextKeys } from './policy/conditions.ts'

const PRINCIPAL_TYPES = { user: 'User', session: 'AssumedRole', service: 'Service' }

/**
 * The condition keys of a request: the global ones AWS knows about every caller, and those the service brings in `conditions`.
 * Looked up only when a policy asks.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextKeys({ principal, resource, conditions = {} }: Question, { roleArn, now }: { roleArn?: string, now: number }): ContextKeys {
  let given: Map<string, string> | undefined

  return function keysOf(key) {
    given ??= new Map(Object.entries(conditions).map(([name, value]) => [name.toLowerCase(), value]))
    const value = given.get(key) ?? globalKey(key)
    return value === undefined ? undefined : [value]
  }

  function globalKey(key: string): string | undefined {
    const service = principal.kind === 'service'
    switch (key) {
      case 'aws:principalarn': return roleArn ?? (service ? undefined : principal.arn)
      case 'aws:principalaccount': return service ? undefined : principal.account
      case 'aws:principaltype': return PRINCIPAL_TYPES[principal.kind]
      case 'aws:userid': return service ? undefined : principal.userId
      case 'aws:username': return principal.kind === 'user' ? principal.userName : undefined
      case 'aws:principalisawsservice': return String(service)
      case 'aws:principalservicename': return service ? principal.service : undefined
      case 'aws:sourceaccount': return service ? principal.account : undefined
      case 'aws:sourcearn': return service ? principal.sourceArn : undefined
      case 'aws:resourceaccount': return resource.split(':')[4] || undefined
      case 'aws:currenttime': return new Date(now).toISOString()
      case 'aws:epochtime': return String(Math.floor(now / 1000))
      // the port stands for AWS's TLS endpoints: a policy that insists on TLS says here what it says there
      case 'aws:securetransport': return 'true'
      default: return undefined
    }
  }
}
