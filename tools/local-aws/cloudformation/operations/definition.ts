import type { Parameter, Tag } from '@aws-sdk/client-cloudformation'
import { awsFor, isNotFound } from '../handler-failure.ts'
import { principalOf, type Engine } from '../engine/engine.ts'
import type { Principal } from '../../service.ts'
import type { Definition, Stack } from '../state.ts'
import { checkCapabilities } from '../template/capabilities.ts'
import { settleParameters } from '../template/parameters.ts'
import { parseTemplate } from '../template/template.ts'
import { validate } from '../template/validate.ts'
import { templateText } from './template-source.ts'

type Asked = {
  TemplateBody?: string, TemplateURL?: string, UsePreviousTemplate?: boolean
  Parameters?: Parameter[], Tags?: Tag[], Capabilities?: string[], RoleARN?: string
}

/** Reads and checks all that a request says a stack shall be. What it leaves out stays as it is in `previous`. Throws ValidationError. */
export async function definitionFrom(engine: Engine, asked: Asked, caller: Principal, previous?: Stack): Promise<Definition> {
  const text = await templateText(engine, asked, caller, previous)
  const template = parseTemplate(text)
  validate(template, (type) => engine.types[type]?.attributes)
  checkCapabilities(template, asked.Capabilities)

  const roleArn = asked.RoleARN ?? previous?.definition.roleArn
  const aws = awsFor(engine.cloud, principalOf(engine.cloud, { roleArn }, caller), engine.place)
  const fetch = async (Name: string) => {
    try {
      return (await aws.call('ssm', 'GetParameter', { Name })).Parameter?.Value
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }
  return {
    template: text,
    parameters: await settleParameters(template, asked.Parameters, previous?.definition.parameters, fetch),
    tags: asked.Tags ?? previous?.definition.tags ?? [],
    capabilities: asked.Capabilities ?? [],
    roleArn,
  }
}
