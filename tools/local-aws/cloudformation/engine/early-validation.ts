import { own } from '../../members.ts'
import type { Place } from '../../store.ts'
import { HandlerFailure } from '../handler-failure.ts'
import type { Aws, Request, ResourceType, ResourceTypes } from '../resource-type.ts'
import { violationsOf, type Violation } from '../shape.ts'
import type { Definition, Finding, Stack, Stacks } from '../state.ts'
import { changedProperties, needsReplacement } from './apply.ts'
import { resourceAtPlanning, UNKNOWN } from './changes.ts'
import { planOf, type Plan, type ResourceAt } from './plan.ts'

type Scene = { types: ResourceTypes, place: Place, stacks: Stacks, stack: Stack, aws: Aws }
type Properties = Record<string, unknown>

/**
 * What is wrong with `definition` as far as that can be known before anything is made: properties that do not fit their type, names that are taken.
 * Values that only the making will show may be anything, and so may types and properties that are not built.
 *
 * Differs from AWS: patterns, lengths and enumerations are left to the services; buckets that are to be deleted are not looked into (AWS warns);
 * quotas are not counted.
 *
 * @see G2.1, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export async function findingsOf(scene: Scene, definition: Definition): Promise<Finding[]> {
  const { types, place, stacks, stack } = scene
  const plan = planOf(definition, stack, place, { exported: (name) => stacks.exported(name) ?? { value: UNKNOWN } })
  const at = resourceAtPlanning(stack, plan, new Map())
  const findings: Finding[] = []
  for (const [logicalId, { Type }] of plan.resources) {
    const type = own(types, Type)
    const properties = type && resolved(plan, logicalId, at)
    if (!properties) continue
    const wrong = violationsOf(properties, type.properties, isOpen).map((violation) => unfit(logicalId, Type, violation))
    const taken = wrong.length === 0 ? await takenName(scene, logicalId, type, properties) : undefined
    findings.push(...wrong, ...(taken === undefined ? [] : [conflict(logicalId, Type, taken)]))
  }
  return findings
}

/** What cannot be worked out is left to the making, which says why. */
function resolved(plan: Plan, logicalId: string, at: ResourceAt) {
  try {
    return plan.resolve(plan.resources.get(logicalId)!.Properties ?? {}, at) as Properties
  } catch {
    return undefined
  }
}

/** The name that the template gives to something new, if it is taken. Who may not look does not learn it here: see G2.2. */
async function takenName({ stack, aws, place }: Scene, logicalId: string, type: ResourceType, properties: Properties) {
  const name = type.nameProperty && properties[type.nameProperty]
  const present = own(stack.resources, logicalId)
  if (typeof name !== 'string' || isOpen(name) || !type.exists || stays(type, present, properties)) return undefined
  // What is to be replaced under its own name is refused for another reason (G2.4).
  if (present?.physicalId === name) return undefined
  const request: Request = { aws, place, stackName: stack.name, logicalId, id: name, stackTags: [], previousStackTags: [], made: async () => {} }
  try {
    return await type.exists(properties, request) ? name : undefined
  } catch (error) {
    if (error instanceof HandlerFailure && error.code === 'AccessDenied') return undefined
    throw error
  }
}

const stays = (type: ResourceType, present: Stack['resources'][string] | undefined, properties: Properties) =>
  Boolean(present?.physicalId) && present!.status !== 'DELETE_COMPLETE' && !needsReplacement(type, changedProperties(present!.properties, properties))

const isOpen = (value: unknown) => typeof value === 'string' && (value.includes(UNKNOWN) || value.includes('{{resolve:'))

/**
 * The words for what is missing and what is unsupported are recorded, those for a wrong type and the path to what is unsupported are decided here.
 * @see github.com/aws/aws-cdk-cli/pull/1463
 */
function unfit(logicalId: string, type: string, { path, ...violation }: Violation): Finding {
  const at = `/Resources/${logicalId}/Properties${path}`
  const finding = { logicalId, type, validation: 'PROPERTY_VALIDATION' as const }
  switch (violation.kind) {
    case 'missing': return { ...finding, path: at, reason: `Required property [${violation.key}] not found` }
    case 'unknown': return { ...finding, path: `${at}/${violation.key}`, reason: `Unsupported property [${violation.key}]` }
    case 'type': return { ...finding, path: at, reason: `Expected type: ${violation.expected}, found: ${violation.found}` }
  }
}

const conflict = (logicalId: string, type: string, name: string): Finding => ({
  logicalId, type, validation: 'NAME_CONFLICT_VALIDATION', path: `/Resources/${logicalId}`,
  reason: `Resource of type '${type}' with identifier '${name}' already exists.`,
})

/** Why a change set failed. */
export function hooksThatFailed(findings: Finding[]) {
  const hooks = [...new Set(findings.map(({ validation }) => `AWS::EarlyValidation::${HOOKS[validation]}`))]
  return `The following hook(s)/validation failed: [${hooks.join(', ')}]. `
    + 'To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.'
}
const HOOKS = { PROPERTY_VALIDATION: 'PropertyValidation', NAME_CONFLICT_VALIDATION: 'ResourceExistenceCheck' }

/** Why an operation failed. */
export const validationFailed = (findings: Finding[]) =>
  `Validation failed with ${findings.length} error(s). Call DescribeEvents to retrieve the full list of issues with resource and property details, resolve each error, then retry the operation.`
