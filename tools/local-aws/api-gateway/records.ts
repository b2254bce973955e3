import type { Api, Authorizer, Deployment, Integration, IntegrationResponse, Model, Route, RouteResponse, Stage } from '@aws-sdk/client-apigatewayv2'

/** A shape of the SDK as JSON keeps it: times are ISO 8601 in whole seconds (C1.2). */
export type Kept<T> = { [K in keyof T]: T[K] extends Date | undefined ? string | undefined : T[K] }

export type RouteRecord = { route: Route, responses: Record<string, RouteResponse> }
export type IntegrationRecord = { integration: Integration, responses: Record<string, IntegrationResponse> }

/** `at` is since when (milliseconds) the data plane serves `deploymentId`; until then it serves `before` (A14.2). */
export type Serving = { deploymentId: string, at: number, before?: string }
export type StageRecord = { stage: Kept<Stage>, serving?: Serving }

/** One route as it was when it was deployed, with everything it needs to run. */
export type DeployedRoute = {
  routeKey: string
  /** answers go back to the client (A8: "two-way") */
  isTwoWay: boolean
  integration?: IntegrationRecord
  authorizationType: string
  authorizer?: Authorizer
  /** what messages must fit (A8.10) */
  models?: { expression: string, schemas: Record<string, string> }
}
/** What a deployment freezes (C6.2). Routes by key. */
export type Snapshot = { routeSelectionExpression: string, routes: Record<string, DeployedRoute> }
export type DeploymentRecord = { deployment: Kept<Deployment>, snapshot: Snapshot }

export type ApiRecord = {
  api: Kept<Api> & { ApiId: string }
  routes: Record<string, RouteRecord>
  integrations: Record<string, IntegrationRecord>
  authorizers: Record<string, Authorizer>
  models?: Record<string, Model>
  stages: Record<string, StageRecord>
  deployments: Record<string, DeploymentRecord>
  /** an automatic deployment waits to be made; kept, so that a kill does not lose it */
  isAutoDeployDue?: boolean
}

export const isoSeconds = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

type Dated = { CreatedDate?: string, LastUpdatedDate?: string }

/** Turns the kept times back into Dates, for an answer. */
export function answered<T extends Dated>(kept: T) {
  const { CreatedDate, LastUpdatedDate, ...rest } = kept
  return {
    ...rest,
    ...(CreatedDate && { CreatedDate: new Date(CreatedDate) }),
    ...(LastUpdatedDate && { LastUpdatedDate: new Date(LastUpdatedDate) }),
  }
}

/** `members` without those that are not set. An empty string counts as not set: CDK sends `IntegrationUri: ""` (C8.4). */
export function given<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== '')) as T
}

/**
 * Every Update* merges: an omitted member stays as it was (C6). `""` and `[]` take away a member that may be cleared.
 */
export function merge<T extends object>(record: T, changes: Partial<T>, clearable: (keyof T)[] = []) {
  for (const [key, value] of Object.entries(changes) as [keyof T, T[keyof T]][]) {
    if (value === undefined) continue
    if (clearable.includes(key) && (value === '' || (Array.isArray(value) && value.length === 0))) delete record[key]
    else record[key] = value
  }
}

/** The member of `group` with this id, never one that merely every object has (`constructor`). */
export const own = <T>(group: Record<string, T>, id: string | undefined): T | undefined =>
  id !== undefined && Object.hasOwn(group, id) ? group[id] : undefined
