import { isDeepStrictEqual } from 'node:util'
import type { Change, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation'
import { own } from '../../members.ts'
import type { ResourceType, ResourceTypes } from '../resource-type.ts'
import { fit } from '../shape.ts'
import type { Definition, Resource, Stack } from '../state.ts'
import { inOrder } from '../template/graph.ts'
import { references } from '../template/references.ts'
import { changedProperties, needsReplacement } from './apply.ts'
import type { Plan, ResourceAt } from './plan.ts'
import { isRetained } from './remove.ts'
import { hideSecrets } from './secrets.ts'

/** What a change set shows for a value that nobody can know yet (G1.5). */
export const UNKNOWN = '{{changeSet:KNOWN_AFTER_APPLY}}'

/** Lists what executing `definition` would do to the resources of `stack` (G1.5). Nothing is called. */
export function changesOf(stack: Stack, plan: Plan, definition: Definition, types: ResourceTypes): Change[] {
  const changes = new Map<string, ResourceChange>()
  const at = resourceAtPlanning(stack, plan, changes)
  for (const id of inOrder(plan.graph)) {
    const present = own(stack.resources, id)
    const change = present?.physicalId && present.status !== 'DELETE_COMPLETE'
      ? modification({ plan, definition, id, present, type: types[present.type], at })
      : addition(id, plan)
    if (change) changes.set(id, change)
  }
  const removed = Object.values(stack.resources).filter(({ logicalId, status }) => !plan.resources.has(logicalId) && status !== 'DELETE_COMPLETE')
  for (const resource of removed) changes.set(resource.logicalId, removal(resource))
  const hidden = hideSecrets(stack.definition, definition)
  return [...changes.values()].map((change) => ({ Type: 'Resource', ResourceChange: withoutSecrets(change, hidden) }))
}

/** Values of NoEcho parameters are shown as stars. */
function withoutSecrets(change: ResourceChange, hidden: ReturnType<typeof hideSecrets>): ResourceChange {
  const Details = change.Details?.map(({ Target, ...detail }) => ({ Target: { ...Target, BeforeValue: hidden(Target?.BeforeValue), AfterValue: hidden(Target?.AfterValue) }, ...detail }))
  return { ...change, Details, BeforeContext: hidden(change.BeforeContext), AfterContext: hidden(change.AfterContext) }
}

/** What resources will be known as, as far as that is certain before anything runs. */
export function resourceAtPlanning(stack: Stack, plan: Plan, changes: Map<string, ResourceChange>): ResourceAt {
  return (id) => {
    const type = plan.resources.get(id)?.Type
    if (!type) return undefined
    const present = own(stack.resources, id)
    const remains = present?.physicalId && (changes.get(id)?.Replacement ?? 'False') === 'False'
    return remains ? present : { type, physicalId: UNKNOWN, attributes: new Proxy({}, { get: () => UNKNOWN }) }
  }
}

const addition = (id: string, plan: Plan): ResourceChange =>
  ({ Action: 'Add', LogicalResourceId: id, ResourceType: plan.resources.get(id)!.Type, Scope: [], Details: [] })

const removal = ({ logicalId, physicalId, type, deletionPolicy }: Resource): ResourceChange => ({
  Action: 'Remove', PolicyAction: isRetained(deletionPolicy) ? 'Retain' : 'Delete', LogicalResourceId: logicalId,
  PhysicalResourceId: physicalId, ResourceType: type, Scope: [], Details: [],
})

type Subject = { plan: Plan, definition: Definition, id: string, present: Resource, type: ResourceType | undefined, at: ResourceAt }

function modification({ plan, definition, id, present, type, at }: Subject): ResourceChange | undefined {
  const declaration = plan.resources.get(id)!
  const written = declaration.Properties ?? {}
  const after = knownProperties(plan.resolve(written, at) as Record<string, unknown>, type)
  const names = changedProperties(present.properties, after)
  const details = names.map((name) => propertyDetail(name, { written: written[name], before: present.properties[name], after: after[name] }, type))

  const scope: ResourceChange['Scope'] = names.length > 0 ? ['Properties'] : []
  if (type?.tagged && !isDeepStrictEqual(present.stackTags, definition.tags)) {
    scope.push('Tags')
    details.push({ Target: { Attribute: 'Tags', RequiresRecreation: 'Never' }, Evaluation: 'Static', ChangeSource: 'DirectModification' })
  }
  const before = { Metadata: present.metadata, DeletionPolicy: present.deletionPolicy, UpdateReplacePolicy: present.updateReplacePolicy }
  for (const attribute of ['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'] as const) {
    if (isDeepStrictEqual(before[attribute], declaration[attribute])) continue
    scope.push(attribute)
    details.push({ Target: { Attribute: attribute, RequiresRecreation: 'Never' }, Evaluation: 'Static', ChangeSource: 'DirectModification' })
  }
  if (scope.length === 0 && !present.status.endsWith('_FAILED')) return undefined

  const Replacement = replacementOf(details)
  const afterwards = isRetained(declaration.UpdateReplacePolicy) ? 'ReplaceAndRetain' as const : 'ReplaceAndDelete' as const
  return {
    Action: 'Modify', LogicalResourceId: id, PhysicalResourceId: present.physicalId, ResourceType: present.type,
    Replacement, PolicyAction: Replacement === 'False' ? undefined : afterwards, Scope: scope, Details: details,
    BeforeContext: JSON.stringify({ Properties: present.properties }), AfterContext: JSON.stringify({ Properties: after }),
  }
}

/** A value that does not fit is no matter here: it fails when it is executed, as on AWS. */
function knownProperties(properties: Record<string, unknown>, type: ResourceType | undefined) {
  try {
    return type ? fit(properties, type.properties) as Record<string, unknown> : properties
  } catch {
    return properties
  }
}

/** The changes as they are shown to who did not ask for values. */
export const withoutValues = (changes: Change[]): Change[] => changes.map(({ ResourceChange, ...change }) => {
  const { BeforeContext: _before, AfterContext: _after, Details = [], ...rest } = ResourceChange!
  const details = Details.map(({ Target, ...detail }) => {
    const { Path: _path, BeforeValue: _old, AfterValue: _new, AttributeChangeType: _type, ...target } = Target!
    return { Target: target, ...detail }
  })
  return { ...change, ResourceChange: { ...rest, Details: details } }
})

type PropertyChange = { written: unknown, before: unknown, after: unknown }

function propertyDetail(name: string, { written, before, after }: PropertyChange, type: ResourceType | undefined): ResourceChangeDetail {
  const isUnknown = JSON.stringify(after)?.includes(UNKNOWN) ?? false
  const cause = isUnknown ? references(written)[0] : undefined
  return {
    Target: {
      Attribute: 'Properties', Name: name, RequiresRecreation: type && needsReplacement(type, [name]) ? 'Always' : 'Never',
      Path: `/Properties/${name}`, BeforeValue: shownValue(before), AfterValue: shownValue(after),
      AttributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
    },
    Evaluation: isUnknown ? 'Dynamic' : 'Static',
    ChangeSource: cause ? (cause.kind === 'Ref' ? 'ResourceReference' : 'ResourceAttribute') : 'DirectModification',
    CausingEntity: cause && (cause.attribute ? `${cause.target}.${cause.attribute}` : cause.target),
  }
}

const shownValue = (value: unknown) => value === undefined || typeof value === 'string' ? value : JSON.stringify(value)

/** The change with the largest effect decides. */
function replacementOf(details: ResourceChangeDetail[]): ResourceChange['Replacement'] {
  const recreating = details.filter(({ Target }) => Target?.RequiresRecreation === 'Always')
  if (recreating.some(({ Evaluation }) => Evaluation === 'Static')) return 'True'
  return recreating.length > 0 ? 'Conditional' : 'False'
}
