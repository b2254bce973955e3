import type { CreateDeploymentCommandInput } from '@aws-sdk/client-apigatewayv2'
import { resourceType } from '../resource-type.ts'

/** A snapshot of the routes at the moment of its creation; later route changes do not renew it (C7.5, C7.11). */
export const deployment = resourceType<CreateDeploymentCommandInput>({
  properties: { 'ApiId!': 'string', Description: 'string', StageName: 'string' },
  replacedBy: ['ApiId'],
  attributes: ['DeploymentId'],

  async create(properties, { aws }) {
    const { DeploymentId } = await aws.call('apigatewayv2', 'CreateDeployment', properties)
    return { id: DeploymentId, attributes: { DeploymentId } }
  },
  async update({ ApiId, Description = '', StageName }, { aws, id: DeploymentId }, previous) {
    await aws.call('apigatewayv2', 'UpdateDeployment', { ApiId, DeploymentId, Description })
    if (StageName && StageName !== previous.StageName) await aws.call('apigatewayv2', 'UpdateStage', { ApiId, StageName, DeploymentId })
  },
  async delete({ ApiId }, { aws, id: DeploymentId }) {
    await aws.call('apigatewayv2', 'DeleteDeployment', { ApiId, DeploymentId })
  },
})
