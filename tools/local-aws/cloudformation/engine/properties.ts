import { notBuilt } from '../../aws-error.ts'
import { own } from '../../members.ts'
import { fit, ShapeMismatch } from '../shape.ts'
import type { ResourceType } from '../resource-type.ts'
import { isRecord } from '../template/template.ts'
import type { Job } from './job.ts'
import type { Plan } from './plan.ts'

/** The properties of a resource as its service will get them. Throws with the text that the stack event shows. */
export async function propertiesOf(job: Job, plan: Plan, logicalId: string): Promise<Record<string, unknown>> {
  const { Properties = {} } = plan.resources.get(logicalId)!
  const resolved = plan.resolve(Properties, (id) => own(job.stack.resources, id))
  return fit(await withDynamicReferences(resolved, job), typeOf(job, plan, logicalId).properties) as Record<string, unknown>
}

/** The resource's type. Throws where it is not built, naming it. */
export function typeOf(job: Pick<Job, 'types'>, plan: Plan, logicalId: string): ResourceType {
  const { Type } = plan.resources.get(logicalId)!
  const type = own(job.types, Type)
  if (!type) throw notBuilt(`The resource type ${Type}`)
  return type
}

/** What a stack event says of an error: the text alone where it is AWS's, and otherwise that the fault is ours. */
export function reasonOf(error: unknown, logicalId: string): string {
  if (error instanceof ShapeMismatch)
    return `Properties validation failed for resource ${logicalId} with message:\n[${error.violations.join(', ')}]`
  if (error instanceof Error && !/^(Type|Reference|Range|Syntax)?Error$/.test(error.name)) return error.message
  return `Internal error of the local AWS: ${error instanceof Error ? error.stack : String(error)}`
}

/** `{{resolve:ssm:NAME}}` and `{{resolve:ssm:NAME:VERSION}}` stand for parameters. */
async function withDynamicReferences(value: unknown, job: Job): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => withDynamicReferences(item, job)))
  if (isRecord(value)) {
    const members = Object.entries(value).map(async ([key, item]) => [key, await withDynamicReferences(item, job)] as const)
    return Object.fromEntries(await Promise.all(members))
  }
  if (typeof value !== 'string' || !value.includes('{{resolve:')) return value

  let text = value
  for (const [whole, service, name] of value.matchAll(/\{\{resolve:([a-z-]+):([^}]+)\}\}/g)) {
    if (service !== 'ssm') throw notBuilt(`The dynamic reference ${whole}`)
    const { Parameter } = await job.aws.call('ssm', 'GetParameter', { Name: name! })
    text = text.replace(whole, Parameter?.Value ?? '')
  }
  return text
}
