import type { ParameterDeclaration as ParameterView } from '@aws-sdk/client-cloudformation'
import { AwsError } from '../../aws-error.ts'
import { own } from '../../members.ts'
import type { Operations } from '../../service.ts'
import type { Engine } from '../engine/engine.ts'
import { requiredCapability } from '../template/capabilities.ts'
import { isNoEcho } from '../template/parameters.ts'
import { parseTemplate, type Template } from '../template/template.ts'
import { validate } from '../template/validate.ts'
import { templateText } from './template-source.ts'

export function templateOperations(engine: Engine): Operations<'cloudformation'> {
  const { stacks } = engine

  return {
    GetTemplate({ StackName, ChangeSetName }) {
      const changeSet = stacks.changeSets().find(({ id, name }) => ChangeSetName && (id === ChangeSetName || name === ChangeSetName))
      if (ChangeSetName && !changeSet)
        throw new AwsError('ChangeSetNotFound', `ChangeSet [${ChangeSetName}] does not exist`, { status: 404 })
      const { template } = changeSet?.definition ?? stacks.get(StackName).definition
      return { TemplateBody: template, StagesAvailable: ['Original', 'Processed'] }
    },

    async GetTemplateSummary(input, { caller }) {
      const text = input.StackName ? stacks.get(input.StackName).definition.template : await templateText(engine, input, caller)
      const template = parseTemplate(text)
      return {
        ...capabilities(template), Description: template.Description, Parameters: parameterViews(template),
        ResourceTypes: [...new Set(Object.values(template.Resources).map(({ Type }) => Type))],
        Metadata: template.Metadata === undefined ? undefined : JSON.stringify(template.Metadata), Version: '2010-09-09',
      }
    },

    async ValidateTemplate(input, { caller }) {
      const template = parseTemplate(await templateText(engine, input, caller))
      validate(template, (type) => own(engine.types, type)?.attributes)
      const Parameters = parameterViews(template)
        .map(({ ParameterKey, DefaultValue, NoEcho, Description }) => ({ ParameterKey, DefaultValue, NoEcho, Description }))
      return { ...capabilities(template), Description: template.Description, Parameters }
    },
  }
}

function capabilities(template: Template) {
  const { capability, types } = requiredCapability(template)
  return capability && { Capabilities: [capability], CapabilitiesReason: `The following resource(s) require capabilities: [${types.join(', ')}]` }
}

const parameterViews = ({ Parameters }: Template): ParameterView[] => Object.entries(Parameters).map(([ParameterKey, declaration]) => ({
  ParameterKey, DefaultValue: declaration.Default === undefined ? undefined : String(declaration.Default), ParameterType: declaration.Type,
  NoEcho: isNoEcho(declaration), Description: declaration.Description,
  ParameterConstraints: { AllowedValues: declaration.AllowedValues?.map(String) },
}))
