import type { Parameter, Tag } from '@aws-sdk/client-cloudformation'
import { notBuilt } from '../../aws-error.ts'
import { own } from '../../members.ts'
import { validationError } from '../errors.ts'
import { awsFor, isAccessDenied } from '../handler-failure.ts'
import { principalOf, type Engine } from '../engine/engine.ts'
import type { Principal } from '../../service.ts'
import type { Definition, Stack } from '../state.ts'
import { checkCapabilities } from '../template/capabilities.ts'
import { settleParameters } from '../template/parameters.ts'
import { parseTemplate, type Template } from '../template/template.ts'
import { validate } from '../template/validate.ts'
import { templateText } from './template-source.ts'

type Asked = {
  TemplateBody?: string, TemplateURL?: string, UsePreviousTemplate?: boolean
  Parameters?: Parameter[], Tags?: Tag[], Capabilities?: string[], RoleARN?: string
  NotificationARNs?: string[], RollbackConfiguration?: { RollbackTriggers?: object[] }
  StackPolicyBody?: string, StackPolicyURL?: string, TimeoutInMinutes?: number
}

/** Reads and checks all that a request says a stack shall be. What it leaves out stays as it is in `previous`. Throws ValidationError. */
export async function definitionFrom(engine: Engine, asked: Asked, caller: Principal, previous?: Stack): Promise<Definition> {
  refuseUnbuilt(asked)
  const text = await templateText(engine, asked, caller, previous)
  const template = parseTemplate(text)
  validate(template, (type) => own(engine.types, type)?.attributes)
  checkCapabilities(template, asked.Capabilities)
  if (previous) checkTypesStay(template, previous)

  const roleArn = asked.RoleARN ?? previous?.definition.roleArn
  const aws = awsOf(engine, { roleArn }, caller)
  const fetch = async (Name: string) => {
    try {
      return (await aws.call('ssm', 'GetParameters', { Names: [Name] })).Parameters?.[0]?.Value
    } catch (error) {
      // So AWS says it where the role of the stack may not read the bootstrap's version. @see https://github.com/aws/aws-cdk/issues/20959
      if (isAccessDenied(error)) throw validationError(`AccessDenied. User doesn't have permission to call ssm:GetParameters`)
      throw error
    }
  }
  return {
    template: text, description: template.Description,
    parameters: await settleParameters(template, asked.Parameters, previous?.definition.parameters, fetch),
    tags: asked.Tags ?? previous?.definition.tags ?? [],
    capabilities: asked.Capabilities ?? [],
    roleArn,
  }
}

/** Services as whoever the stack would be made by. */
export const awsOf = ({ cloud, place }: Engine, definition: Pick<Definition, 'roleArn'>, caller: Principal) => awsFor(cloud, principalOf(cloud, definition, caller), place)

/** A logical id keeps its type. */
function checkTypesStay({ Resources }: Template, { resources }: Stack) {
  const changed = Object.values(resources)
    .filter(({ logicalId, type, physicalId }) => physicalId && (Resources[logicalId]?.Type ?? type) !== type)
    .map(({ logicalId }) => logicalId)
  if (changed.length === 0) return
  throw validationError(`Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`)
}

function refuseUnbuilt({ NotificationARNs, RollbackConfiguration, StackPolicyBody, StackPolicyURL, TimeoutInMinutes }: Asked) {
  const members = {
    NotificationARNs: NotificationARNs?.length, RollbackTriggers: RollbackConfiguration?.RollbackTriggers?.length, StackPolicyBody,
    StackPolicyURL, TimeoutInMinutes,
  }
  const unbuilt = Object.entries(members).find(([, value]) => value)?.[0]
  if (unbuilt) throw notBuilt(`CloudFormation's ${unbuilt}`)
}
