import { fitsSchema } from './json-schema.ts'
import { modelsOf } from './models.ts'
import { own, type ApiRecord, type DeployedRoute, type RouteRecord } from './records.ts'
import { evaluateSelection, parsed } from './selection.ts'

/** What of a route's models a deployment freezes: the expression, and the schemas by what it may yield. */
export function deployedModels(record: ApiRecord, { ModelSelectionExpression: expression, RequestModels = {} }: RouteRecord['route']): DeployedRoute['models'] {
  if (!expression) return undefined
  const schemaOf = (name: string) => Object.values(modelsOf(record)).find(({ Name }) => Name === name)?.Schema ?? '{}'
  return { expression, schemas: Object.fromEntries(Object.entries(RequestModels).map(([key, name]) => [key, schemaOf(name)])) }
}

/**
 * Whether the message fits the model that the route's expression chooses, or `$default`; where neither is there, nothing fits (A8.10).
 * Without an expression everything does.
 */
export function isValid({ models }: DeployedRoute, message: string): boolean {
  if (!models) return true
  const body = parsed(message)
  const key = evaluateSelection(models.expression, { request: { body } })
  const schema = parsed(own(models.schemas, key) ?? own(models.schemas, '$default') ?? '')
  return isObject(schema) && body !== undefined && fitsSchema(body, schema)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
