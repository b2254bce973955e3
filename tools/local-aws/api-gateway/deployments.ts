import type { Operations } from '../service.ts'
import { deploy, deploymentIdOnAutoDeploy, deploymentOf, pointStage } from './deploying.ts'
import { badRequest } from './errors.ts'
import { page } from './paging.ts'
import type { Apis } from './place.ts'
import { answered, merge } from './records.ts'
import { stageOf } from './stages.ts'

/**
 * Deployments: immutable snapshots of an API (C6).
 *
 * Differs from AWS: CreateDeployment is not limited to one per 5 s and account (A12.11). A `throttle` fault asks for that trouble.
 */
export function deployments(apis: Apis): Operations<'apigatewayv2'> {
  return {
    CreateDeployment({ ApiId, Description, StageName }) {
      const record = apis.get(ApiId)
      const stage = StageName ? stageOf(record, StageName) : undefined
      // C5.18: what AWS says here is not recorded; this is its text for the same wish by UpdateStage.
      if (stage?.stage.AutoDeploy) throw deploymentIdOnAutoDeploy(apis, record)

      const { deployment } = deploy(apis, record, { AutoDeployed: false, Description })
      if (stage) pointStage(apis, stage, deployment.DeploymentId!)
      apis.saved()
      return answered(deployment)
    },
    GetDeployment: ({ ApiId, DeploymentId }) => answered(deploymentOf(apis.get(ApiId), DeploymentId).deployment),
    /** Oldest first (C4.9). */
    GetDeployments: ({ ApiId, ...paging }) => page(Object.values(apis.get(ApiId).deployments).map(({ deployment }) => answered(deployment)), paging),
    UpdateDeployment({ ApiId, DeploymentId, Description }) {
      const { deployment } = deploymentOf(apis.get(ApiId), DeploymentId)
      merge(deployment, { Description }, ['Description'])
      apis.saved()
      return answered(deployment)
    },
    DeleteDeployment({ ApiId, DeploymentId }) {
      const record = apis.get(ApiId)
      deploymentOf(record, DeploymentId)
      const isInUse = Object.values(record.stages).some(({ stage }) => stage.DeploymentId === DeploymentId)
      // C5.11: the text is that of REST APIs.
      if (isInUse) throw badRequest('Active stages pointing to this deployment must be moved or deleted')

      delete record.deployments[DeploymentId!]
      apis.saved()
      return {}
    },
  }
}
