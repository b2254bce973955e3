import { notBuilt } from '../../aws-error.ts'
import { formatError, templateError, validationError } from '../errors.ts'
import { circle, type Graph } from './graph.ts'
import { isTypeOfAws } from './known-types.ts'
import { references } from './references.ts'
import type { ResourceDeclaration, Template } from './template.ts'

const PSEUDO_PARAMETERS = ['AccountId', 'NotificationARNs', 'NoValue', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix']
  .map((name) => `AWS::${name}`)

/** The attributes that `Fn::GetAtt` may ask of a type; undefined where the type is not built. */
export type AttributesOf = (type: string) => readonly string[] | undefined

/** Checks everything a template says about itself, before anything is made. Throws ValidationError (G2.6). */
export function validate(template: Template, attributesOf: AttributesOf) {
  if (template.Transform !== undefined) throw notBuilt('The Transform section of templates')
  checkTypes(template, attributesOf)
  checkConditionNames(template)
  checkReferences(template, attributesOf)
  const inCircle = circle(dependencies(template.Resources))
  if (inCircle.length > 0) throw validationError(`Circular dependency between resources: [${inCircle.join(', ')}]`)
}

/** What each resource needs before it can be made: what it refers to and what it names in DependsOn. */
export const dependencies = (resources: Template['Resources']): Graph =>
  new Map(Object.entries(resources).map(([id, declaration]) => [id, dependenciesOf(declaration).filter((other) => Object.hasOwn(resources, other))]))

const dependenciesOf = ({ Properties, DependsOn = [] }: ResourceDeclaration) =>
  [...new Set([...references(Properties).map(({ target }) => target), ...[DependsOn].flat()])]

/** Whether a type that exists is built shows when it is made. */
function checkTypes({ Resources }: Template, attributesOf: AttributesOf) {
  const types = new Set(Object.values(Resources).map(({ Type }) => Type))
  const unknown = [...types].filter((type) => !attributesOf(type) && !/^Custom::[\w@-]+$/.test(type) && !isTypeOfAws(type))
  if (unknown.length > 0) throw formatError(`Unrecognized resource types: [${unknown.join(', ')}]`)
}

function checkConditionNames({ Resources, Outputs, Conditions }: Template) {
  for (const [block, members] of Object.entries({ Resources, Outputs }))
    for (const { Condition } of Object.values(members))
      if (Condition !== undefined && !(Condition in Conditions))
        throw formatError(`Unresolved condition dependency ${Condition} in the ${block} block of the template`)
}

function checkReferences(template: Template, attributesOf: AttributesOf) {
  const { Resources, Outputs, Parameters } = template
  const isKnown = (name: string) => name in Resources || name in Parameters || PSEUDO_PARAMETERS.includes(name)

  const properties = Object.values(Resources).map(({ Properties }) => Properties)
  const dependsOn = Object.values(Resources).flatMap(({ DependsOn = [] }) => DependsOn)
  for (const [block, values] of Object.entries({ Resources: properties, Outputs: Object.values(Outputs) })) {
    const found = references(values)
    const unresolved = found.filter(({ kind, target }) => kind === 'Ref' && !isKnown(target)).map(({ target }) => target)
    if (block === 'Resources') unresolved.push(...dependsOn.filter((id) => !(id in Resources)))
    if (unresolved.length > 0)
      throw formatError(`Unresolved resource dependencies [${[...new Set(unresolved)].join(', ')}] in the ${block} block of the template`)

    for (const { kind, target, attribute } of found) {
      if (kind === 'Ref') continue
      const resource = Resources[target]
      if (!resource) throw templateError(`instance of Fn::GetAtt references undefined resource ${target}`)
      const attributes = attributesOf(resource.Type)
      if (attribute && attributes && !attributes.includes(attribute))
        throw validationError(`Resource type ${resource.Type} does not support attribute {${attribute}}`) // C7.10
    }
  }
}
