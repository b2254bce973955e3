import { hostname } from 'node:os'
import { isAlive } from '../lib/processes.ts'
import { nameOf, unless, type Aws } from './aws.ts'
import { PROBE_PREFIX } from './find.ts'
import type { Patience } from './patience.ts'

const ABANDONED_AFTER_MS = 10 * 60_000

/**
 * Deploys the API's routes of this moment to a new stage `verify-<nonce>`. New, because a first stage serves within a second while an update takes
 * a minute (A14). Answers its name and how to remove it.
 */
export async function openProbeStage({ aws, apiId, nonce, patience }: { aws: Aws, apiId: string, nonce: string, patience: Patience }) {
  await removeLeftovers(aws, apiId)

  const StageName = `${PROBE_PREFIX}${nonce}`
  const deployment = await patience.until('AWS takes one deployment in 5 seconds per account', 60, () =>
    unless('TooManyRequestsException', aws.apigatewayv2.createDeployment({ ApiId: apiId, Description: `Made by verify ${nonce}, removed when it ends` })))
  if (!deployment) throw new Error('API Gateway did not take another deployment (TooManyRequestsException)')

  const remove = () => removeStage(aws, apiId, StageName, deployment.DeploymentId)
  try {
    await aws.apigatewayv2.createStage({ ApiId: apiId, StageName, DeploymentId: deployment.DeploymentId!, Description: `verify ${nonce}, process ${process.pid} on ${hostname()}` })
  } catch (error) {
    await remove()
    throw error
  }
  return { name: StageName, remove }
}

async function removeStage(aws: Aws, apiId: string, StageName: string, DeploymentId: string | undefined) {
  await unless('NotFoundException', aws.apigatewayv2.deleteStage({ ApiId: apiId, StageName }))
  if (DeploymentId) await unless('NotFoundException', aws.apigatewayv2.deleteDeployment({ ApiId: apiId, DeploymentId }))
}

/** Stages of runs that were killed. One that may still be in use (another terminal, another machine) stays for ten minutes. */
async function removeLeftovers(aws: Aws, apiId: string) {
  const { Items = [] } = await aws.apigatewayv2.getStages({ ApiId: apiId, MaxResults: '100' })
  for (const { StageName, DeploymentId, Description, CreatedDate } of Items) {
    if (!StageName?.startsWith(PROBE_PREFIX) || !isAbandoned(Description, CreatedDate)) continue
    await removeStage(aws, apiId, StageName, DeploymentId).catch((error: Error) => {
      // Another run may be cleaning up the same stage at this moment.
      if (!['ConflictException', 'BadRequestException'].includes(nameOf(error))) throw error
    })
  }
}

export function isAbandoned(description = '', createdAt = new Date(0), now = Date.now()) {
  const [, pid, host] = /, process (\d+) on (.*)$/.exec(description) ?? []
  if (host === hostname()) return !isAlive(Number(pid))
  return now - createdAt.getTime() > ABANDONED_AFTER_MS
}
