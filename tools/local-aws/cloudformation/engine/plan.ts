import { bare, own } from '../../members.ts'
import { formatError, validationError } from '../errors.ts'
import type { Place } from '../../store.ts'
import type { Definition, Resource, Stack } from '../state.ts'
import { evaluateConditions } from '../template/conditions.ts'
import type { Graph } from '../template/graph.ts'
import { NO_VALUE, resolve, type Scope } from '../template/intrinsics.ts'
import { parameterValue } from '../template/parameters.ts'
import { isRecord, parseTemplate, type ResourceDeclaration, type Template } from '../template/template.ts'
import { dependencies } from '../template/validate.ts'

/** A template with its parameters, ready to be made: the resources and outputs whose conditions hold, and in which order. */
export type Plan = {
  template: Template
  resources: Map<string, ResourceDeclaration>
  outputs: Map<string, Template['Outputs'][string]>
  graph: Graph
  /** `value` with its functions replaced. `resourceAt` answers what a resource is known as; undefined if it is not there. */
  resolve(value: unknown, resourceAt: ResourceAt): unknown
}
/** The exports that `Fn::ImportValue` can see. */
export type Exports = { exported(name: string): { value: string } | undefined }
export type ResourceAt = (logicalId: string) => Pick<Resource, 'physicalId' | 'attributes' | 'type'> | undefined

/** Where resources cannot be seen: in conditions and names of exports. */
const noResource: ResourceAt = () => undefined

/** Works out what `definition` asks for in this stack. Throws ValidationError. */
export function planOf(definition: Definition, stack: Pick<Stack, 'id' | 'name'>, place: Place, exports: Exports): Plan {
  const template = parseTemplate(definition.template)
  const values: Record<string, unknown> = bare({
    'AWS::AccountId': place.account, 'AWS::Region': place.region, 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name, 'AWS::StackId': stack.id, 'AWS::NotificationARNs': [], 'AWS::NoValue': NO_VALUE,
  })
  for (const parameter of definition.parameters) values[parameter.key] = parameterValue(parameter, template.Parameters[parameter.key]!)

  const scopeWith = (conditions: Record<string, boolean>, resourceAt: ResourceAt): Scope => ({
    mappings: template.Mappings, conditions, region: place.region,
    ref(name) {
      if (name in values) return values[name]
      const resource = resourceAt(name)
      if (!resource) throw formatError(`Unresolved resource dependencies [${name}] in the Resources block of the template`)
      return resource.physicalId
    },
    attribute(logicalId, name) {
      const resource = resourceAt(logicalId)
      if (!resource) throw formatError(`Unresolved resource dependencies [${logicalId}] in the Resources block of the template`)
      const value = resource.attributes[name]
      if (value === undefined)
        throw validationError(`Unable to retrieve ${name} attribute for ${resource.type}, with error message: the resource has no such attribute`) // G2.9
      return value
    },
    exported(name) {
      const found = exports.exported(name)
      if (!found) throw validationError(`No export named ${name} found`) // G2.8
      return found.value
    },
  })

  const conditions = evaluateConditions(template.Conditions, (value) => resolve(value, scopeWith({}, noResource)))
  const holds = ({ Condition }: { Condition?: string }) => Condition === undefined || own(conditions, Condition) === true
  const resources = new Map(Object.entries(template.Resources).filter(([, declaration]) => holds(declaration)))

  return {
    template, resources,
    outputs: new Map(Object.entries(template.Outputs).filter(([, declaration]) => holds(declaration))),
    graph: dependencies(Object.fromEntries(resources)),
    resolve: (value, resourceAt) => resolve(value, scopeWith(conditions, resourceAt)),
  }
}

/** The names of the exports that the plan's resources and outputs import; a missing one throws (G2.8: only at execution). */
export function importsOf(plan: Plan): string[] {
  const names = (value: unknown): unknown[] => {
    if (Array.isArray(value)) return value.flatMap(names)
    if (!isRecord(value)) return []
    return Object.entries(value).flatMap(([key, argument]) => (key === 'Fn::ImportValue' ? [argument] : names(argument)))
  }
  const declared = [...plan.resources.values(), ...plan.outputs.values()].flatMap(names)
  return [...new Set(declared.map((name) => {
    const value = plan.resolve(name, noResource)
    const resolved = typeof value === 'object' ? JSON.stringify(value) : String(value)
    plan.resolve({ 'Fn::ImportValue': resolved }, noResource)
    return resolved
  }))]
}
