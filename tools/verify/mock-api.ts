import { hostname } from 'node:os'
import { unless, type Aws } from './aws.ts'
import { PROBE_PREFIX } from './find.ts'
import type { Patience } from './patience.ts'
import { isAbandoned } from './probe-stage.ts'
import { webSocketApis } from './read-chat.ts'

const STAGE = 'mocks'

/**
 * Makes an API of our own, `verify-<nonce>`, whose routes are mocks, and deploys it: for trying what may not be done to the participant's, such as
 * taking out a route. Answers where its clients connect and how to remove it.
 */
export async function openMockApi({ aws, nonce, patience }: { aws: Aws, nonce: string, patience: Patience }, keys: string[]) {
  await removeLeftovers(aws)

  const { ApiId } = await aws.apigatewayv2.createApi({
    Name: `${PROBE_PREFIX}${nonce}`, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action',
    Description: `verify ${nonce}, process ${process.pid} on ${hostname()}`,
  })
  const remove = async () => { await unless('NotFoundException', aws.apigatewayv2.deleteApi({ ApiId })) }
  try {
    for (const RouteKey of keys) {
      const { IntegrationId } = await aws.apigatewayv2.createIntegration({ ApiId, IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode": 200}' } })
      await aws.apigatewayv2.createRoute({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` })
    }
    const deployment = await patience.until('AWS takes one deployment in 5 seconds per account', 60, () =>
      unless('TooManyRequestsException', aws.apigatewayv2.createDeployment({ ApiId })))
    if (!deployment) throw new Error('API Gateway did not take another deployment (TooManyRequestsException)')
    await aws.apigatewayv2.createStage({ ApiId, StageName: STAGE, DeploymentId: deployment.DeploymentId! })
  } catch (error) {
    await remove()
    throw error
  }
  return { apiId: ApiId!, stage: STAGE, remove }
}

/** APIs of runs that were killed. */
async function removeLeftovers(aws: Aws) {
  for (const { ApiId, Name, Description, CreatedDate } of await webSocketApis(aws)) {
    if (!Name?.startsWith(PROBE_PREFIX) || !isAbandoned(Description, CreatedDate)) continue
    await unless('NotFoundException', aws.apigatewayv2.deleteApi({ ApiId }))
  }
}
