import { defineService, type Context, type Permission } from '../service.ts'
import { parameterArn, parameterOperations } from './parameters.ts'

/** Systems Manager: the parameter store, as far as the CDK and functions use it. */
export const ssmService = defineService({
  name: 'ssm',
  signingName: 'ssm',
  load: () => import('@aws-sdk/client-ssm'),
  open: parameterOperations,
  permissions,
})

/** `ssm:Operation` on each parameter or path that is named. */
function permissions(operation: string, input: { Name?: string, Names?: string[], Path?: string }, place: Context): Permission[] {
  const names = input.Names ?? [input.Name ?? input.Path ?? '*']
  return names.map((name) => ({ action: `ssm:${operation}`, resource: parameterArn(name, place) }))
}
