import type { Cloud } from '../cloud.ts'
import type { Context, OperationName, Permission } from '../service.ts'
import { mappingArn } from './event-sources/state.ts'
import { policyDocument } from './policy.ts'
import { referenceTo, stateOf } from './function-store.ts'

type AnyInput = { FunctionName?: string, Qualifier?: string, Resource?: string, Role?: string, UUID?: string }

const WITHOUT_RESOURCE: OperationName<'lambda'>[] = ['ListFunctions', 'GetAccountSettings', 'ListLayers', 'ListEventSourceMappings']
const ACTIONS: Partial<Record<OperationName<'lambda'>, string>> = { Invoke: 'lambda:InvokeFunction', ListTags: 'lambda:ListTags' }

/**
 * What IAM must allow: mostly `lambda:Operation` on the function; `lambda:InvokeFunction` also by the function's own policy; `iam:PassRole` for a role that is handed over.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
export function permissions(operation: OperationName<'lambda'>, input: AnyInput, context: Context, cloud: Cloud): Permission[] {
  const action = ACTIONS[operation] ?? `lambda:${operation}`
  if (WITHOUT_RESOURCE.includes(operation)) return [{ action, resource: '*' }]
  if (input.Resource !== undefined) return [{ action, resource: input.Resource }]
  if (operation === 'CreateEventSourceMapping') return [{ action, resource: '*', conditions: { 'lambda:FunctionArn': referenceTo(input.FunctionName, context).arn } }]
  if (input.UUID !== undefined) return [{ action, resource: mappingArn(context, input.UUID) }]

  const { name, arn, qualifier } = referenceTo(input.FunctionName, context, input.Qualifier)
  const resource = qualifier ? `${arn}:${qualifier}` : arn
  if (operation === 'Invoke') {
    const record = stateOf(cloud, context).data.functions[name]
    return [{ action, resource, resourcePolicy: record?.policy && policyDocument(record), conditions: conditionsOf(context) }]
  }
  const passes = input.Role !== undefined && (operation === 'CreateFunction' || operation === 'UpdateFunctionConfiguration')
  return [{ action, resource }, ...(passes ? [passRole(input.Role!)] : [])]
}

const passRole = (role: string): Permission => ({ action: 'iam:PassRole', resource: role, conditions: { 'iam:PassedToService': 'lambda.amazonaws.com' } })

function conditionsOf({ caller }: Context): Record<string, string> {
  if (caller.kind !== 'service') return {}
  return { 'aws:SourceAccount': caller.account, ...(caller.sourceArn && { 'aws:SourceArn': caller.sourceArn }) }
}
