import type { Context, OperationName, Permission } from '../service.ts'
import type { Cloud } from '../cloud.ts'
import { openStacks } from './state.ts'

type Asked = { StackName?: string, ChangeSetName?: string, RoleARN?: string }

/** Operations that look at no stack in particular. */
const ACCOUNT_WIDE = ['ListStacks', 'ListExports', 'ListImports', 'ValidateTemplate']

/** `cloudformation:X` on the stack, named or by ARN; `iam:PassRole` for a role that CloudFormation shall use. */
export function permissions(operation: OperationName<'cloudformation'>, input: Asked, context: Context, cloud: Cloud): Permission[] {
  const action = `cloudformation:${operation}`
  const resource = ACCOUNT_WIDE.includes(operation) ? '*' : stackArn(input, context, cloud)
  if (!input.RoleARN) return [{ action, resource }]
  const conditions = { 'iam:PassedToService': 'cloudformation.amazonaws.com' }
  return [{ action, resource }, { action: 'iam:PassRole', resource: input.RoleARN, conditions }]
}

function stackArn({ StackName, ChangeSetName }: Asked, place: Context, cloud: Cloud) {
  const named = StackName ?? (ChangeSetName && openStacks(cloud, place).changeSets().find(({ id }) => id === ChangeSetName)?.stackId)
  if (named?.startsWith('arn:')) return named
  return `arn:aws:cloudformation:${place.region}:${place.account}:stack/${named ?? '*'}/*`
}
