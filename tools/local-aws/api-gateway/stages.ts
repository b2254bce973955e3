import type { RouteSettings, UpdateStageRequest } from '@aws-sdk/client-apigatewayv2'
import { notBuilt } from '../aws-error.ts'
import { setMember } from '../members.ts'
import type { Operations } from '../service.ts'
import { deploymentIdOnAutoDeploy, deploymentOf, pointStage } from './deploying.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { page } from './paging.ts'
import type { Apis } from './place.ts'
import { mustHaveRoom } from './quotas.ts'
import { answered, given, isoSeconds, merge, own, type ApiRecord, type StageRecord } from './records.ts'

const DEFAULT_SETTINGS = { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF' as const }

/** Differs from AWS: access and execution logs are not built, and no account has the role for them, so asking for them is refused (A15.7, A7.10). @see C4.7, C6 (facts) */
export function stages(apis: Apis): Operations<'apigatewayv2'> {
  const { cloud } = apis
  return {
    CreateStage({ ApiId, StageName, DeploymentId, AutoDeploy, Description, DefaultRouteSettings, RouteSettings = {}, StageVariables = {}, ...rest }) {
      const record = apis.get(ApiId)
      if (!StageName || !/^(?:\$default|[\w-]{1,128})$/.test(StageName)) throw badRequest('Stage name only allows a-z, A-Z, 0-9, _-')
      if (own(record.stages, StageName)) throw conflict('Stage already exists')
      if (DeploymentId) deploymentOf(record, DeploymentId)
      check(record, { DefaultRouteSettings, RouteSettings, ...rest })
      mustHaveRoom('Stages', record.stages)

      const now = isoSeconds(cloud.clock.now())
      const stage = given({
        AutoDeploy, CreatedDate: now, LastUpdatedDate: now, Description, StageName, RouteSettings, StageVariables, Tags: rest.Tags ?? {},
        DefaultRouteSettings: { ...DEFAULT_SETTINGS, ...given(DefaultRouteSettings ?? {}) },
      })
      const stageRecord: StageRecord = { stage }
      setMember(record.stages, StageName, stageRecord)
      if (DeploymentId) pointStage(apis, stageRecord, DeploymentId)
      afterChange(apis, record, stageRecord)
      return answered(stageRecord.stage)
    },
    GetStage: ({ ApiId, StageName }) => answered(stageOf(apis.get(ApiId), StageName).stage),
    GetStages: ({ ApiId, ...paging }) => page(Object.values(apis.get(ApiId).stages).map(({ stage }) => answered(stage)), paging),
    UpdateStage({ ApiId, StageName, DeploymentId, DefaultRouteSettings, RouteSettings, StageVariables, AutoDeploy, Description, ...rest }) {
      const record = apis.get(ApiId)
      const stageRecord = stageOf(record, StageName)
      const { stage } = stageRecord
      if (DeploymentId && (AutoDeploy ?? stage.AutoDeploy)) throw deploymentIdOnAutoDeploy(apis, record)
      if (DeploymentId) deploymentOf(record, DeploymentId)
      check(record, { DefaultRouteSettings, RouteSettings, ...rest })

      const turnedOn = AutoDeploy === true && !stage.AutoDeploy
      merge(stage, {
        AutoDeploy, Description,
        DefaultRouteSettings: DefaultRouteSettings && { ...stage.DefaultRouteSettings, ...given(DefaultRouteSettings) },
        RouteSettings: RouteSettings && { ...stage.RouteSettings, ...RouteSettings },
        StageVariables: StageVariables && { ...stage.StageVariables, ...StageVariables },
      }, ['Description'])
      stage.LastUpdatedDate = isoSeconds(cloud.clock.now())
      if (DeploymentId) pointStage(apis, stageRecord, DeploymentId)
      if (turnedOn) afterChange(apis, record, stageRecord)
      else apis.saved()
      return answered(stage)
    },
    DeleteStage({ ApiId, StageName }) {
      const record = apis.get(ApiId)
      stageOf(record, StageName)
      delete record.stages[StageName!]
      apis.saved()
      apis.stageRemoved(record.api.ApiId, StageName!)
      return {}
    },
    DeleteRouteSettings({ ApiId, StageName, RouteKey }) {
      const { stage } = stageOf(apis.get(ApiId), StageName)
      delete stage.RouteSettings?.[RouteKey!]
      apis.saved()
      return {}
    },
    /** A stage here never has any. */
    DeleteAccessLogSettings({ ApiId, StageName }) {
      stageOf(apis.get(ApiId), StageName)
      return {}
    },
  }
}

export function stageOf(record: ApiRecord, stageName: string | undefined) {
  const found = own(record.stages, stageName)
  if (!found) throw notFound('Invalid stage identifier specified')
  return found
}

/** What limits a route of this stage: its own settings before the stage's (A15). */
export const throttlingOf = ({ stage }: StageRecord, routeKey: string): RouteSettings =>
  ({ ...stage.DefaultRouteSettings, ...own(stage.RouteSettings ?? {}, routeKey) })

/** An automatic stage is deployed with whatever routes there are by then (C6.6). */
function afterChange(apis: Apis, record: ApiRecord, { stage }: StageRecord) {
  if (stage.AutoDeploy) apis.reconfigured(record)
  else apis.saved()
}

function check(record: ApiRecord, { DefaultRouteSettings, RouteSettings = {}, AccessLogSettings, ClientCertificateId }: Partial<UpdateStageRequest>) {
  const settings = [DefaultRouteSettings, ...Object.values(RouteSettings)]
  // A15.7: as in an account without the role that logs need, which no account here has.
  const wantsLogs = AccessLogSettings?.DestinationArn || settings.some((one) => one?.DataTraceEnabled || (one?.LoggingLevel && one.LoggingLevel !== 'OFF'))
  if (wantsLogs) throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging')
  if (ClientCertificateId) throw notBuilt('apigatewayv2 ClientCertificateId')

  const keys = new Set(Object.values(record.routes).map(({ route }) => route.RouteKey))
  const stray = Object.keys(RouteSettings).find((key) => !keys.has(key))
  if (stray !== undefined) throw notFound(`Unable to find Route by key ${stray} within the provided RouteSettings`)
}
