import { setMember } from '../members.ts'
import { badRequest, notFound } from './errors.ts'
import { newId } from './ids.ts'
import type { Apis } from './place.ts'
import { given, isoSeconds, own } from './records.ts'
import { deployedModels } from './request-validation.ts'
import type { ApiRecord, DeployedRoute, DeploymentRecord, RouteRecord, Snapshot, StageRecord } from './records.ts'

/** Freezes the API as it is now. Throws BadRequestException while it has no route (C5.10). */
export function deploy({ cloud }: Apis, record: ApiRecord, wish: { AutoDeployed: boolean, Description?: string }): DeploymentRecord {
  if (Object.keys(record.routes).length === 0) throw badRequest('At least one route is required before deploying the Api.')

  const DeploymentId = newId(6, record.deployments)
  const deployment = given({ ...wish, CreatedDate: isoSeconds(cloud.clock.now()), DeploymentId, DeploymentStatus: 'DEPLOYED' as const })
  return record.deployments[DeploymentId] = { deployment, snapshot: snapshotOf(record) }
}

/** Lets a stage serve a deployment: at once if it is the stage's first (A14.1), later ones after a `deployment-delay` fault's time (A14.2). */
export function pointStage({ cloud }: Apis, stageRecord: StageRecord, deploymentId: string) {
  const now = cloud.clock.now()
  const before = servedDeployment(stageRecord, now)
  const delayMs = before ? Math.max(0, ...cloud.faults.active('deployment-delay').map(({ ms }) => ms)) : 0
  stageRecord.stage.DeploymentId = deploymentId
  stageRecord.stage.LastUpdatedDate = isoSeconds(now)
  stageRecord.serving = { deploymentId, at: now + delayMs, before }
}

/** The id of the deployment that the data plane serves for a stage at this moment; undefined while it has none. */
export function servedDeployment({ serving }: StageRecord, now: number) {
  return serving && now < serving.at ? serving.before : serving?.deploymentId
}

/** What a stage serves at this moment, or undefined (A2.11). */
export function servedSnapshot(record: ApiRecord, stageName: string, now: number): Snapshot | undefined {
  const stage = own(record.stages, stageName)
  return stage && own(record.deployments, servedDeployment(stage, now))?.snapshot
}

export function deploymentOf(record: ApiRecord, deploymentId: string | undefined) {
  const found = own(record.deployments, deploymentId)
  if (!found) throw notFound('Invalid Deployment identifier specified')
  return found
}

/** @see C5.12 (facts) */
export const deploymentIdOnAutoDeploy = ({ place }: Apis, { api }: ApiRecord) =>
  badRequest(`Deployment ID cannot be set on this stage ${place.account}:${api.ApiId} because AutoDeploy is enabled.`)

function snapshotOf(record: ApiRecord): Snapshot {
  const routes: Record<string, DeployedRoute> = {}
  for (const routeRecord of Object.values(record.routes)) setMember(routes, routeRecord.route.RouteKey!, deployedRoute(record, routeRecord))
  // A copy: what changes later must not change this.
  return structuredClone({ routeSelectionExpression: record.api.RouteSelectionExpression!, routes })
}

function deployedRoute(record: ApiRecord, { route, responses }: RouteRecord): DeployedRoute {
  return {
    routeKey: route.RouteKey!,
    isTwoWay: route.RouteResponseSelectionExpression === '$default'
      && Object.values(responses).some(({ RouteResponseKey }) => RouteResponseKey === '$default'),
    integration: own(record.integrations, route.Target?.replace(/^integrations\//, '')),
    authorizationType: route.AuthorizationType ?? 'NONE',
    authorizer: own(record.authorizers, route.AuthorizerId),
    models: deployedModels(record, route),
  }
}
