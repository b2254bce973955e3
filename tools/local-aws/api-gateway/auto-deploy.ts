import { deploy, pointStage } from './deploying.ts'
import type { ApiRecord, StageRecord } from './records.ts'
import type { Apis } from './place.ts'

/** A burst of changes, such as a stack update makes, becomes few deployments (C6.8). */
const QUIET_MS = 5
const DESCRIPTION = 'Automatic deployment triggered by changes to the Api configuration'

/**
 * Deploys to the stages with AutoDeploy after each change of an API. Asynchronous as on AWS: the call that made the change answers first.
 * @see C6.5 to C6.8 (facts)
 */
export function createAutoDeploy(apis: Apis) {
  const { clock } = apis.cloud
  const waiting = new Map<string, { cancel(): void }>()

  return {
    soon(record: ApiRecord) {
      if (!automaticStages(record).length) return
      const { ApiId } = record.api
      waiting.get(ApiId)?.cancel()
      record.isAutoDeployDue = true
      apis.saved()
      waiting.set(ApiId, clock.after(QUIET_MS, () => {
        waiting.delete(ApiId)
        if (apis.find(ApiId) === record) deployAutomatically(apis, record)
      }))
    },
  }
}

const automaticStages = (record: ApiRecord) => Object.values(record.stages).filter(({ stage }) => stage.AutoDeploy)

function deployAutomatically(apis: Apis, record: ApiRecord) {
  delete record.isAutoDeployDue
  for (const stage of automaticStages(record)) deployTo(apis, record, stage)
  apis.saved()
}

function deployTo(apis: Apis, record: ApiRecord, stageRecord: StageRecord) {
  try {
    const { deployment } = deploy(apis, record, { AutoDeployed: true, Description: DESCRIPTION })
    pointStage(apis, stageRecord, deployment.DeploymentId!)
    stageRecord.stage.LastDeploymentStatusMessage = `Successfully deployed stage with deployment ID '${deployment.DeploymentId}'`
  } catch (error) {
    stageRecord.stage.LastDeploymentStatusMessage = `Deployment attempt failed: ${(error as Error).message}`
  }
}
