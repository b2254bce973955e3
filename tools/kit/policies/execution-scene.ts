import type { ChosenCloud } from '../../lib/cloud.ts'
import { solutions, type Workbench } from '../deployer/testing.ts'
import { openClients } from '../leftover/clients.ts'
import { findLeftovers } from '../leftover/find.ts'
import { removeLeftovers } from '../leftover/remove.ts'

const suffix = 'ada'

/**
 * What CloudFormation has to do in a workshop: build step after step, change code, settings and names, and take everything away.
 *
 * @returns "built and removed", or the words in which CloudFormation refused
 */
export async function buildAndRemove({ workbench, admin, regain }: { workbench: (tree: string, options: { timeoutMs: number }) => Workbench, admin: ChosenCloud, regain(): Promise<void> }): Promise<string> {
  const { deployer, edit } = workbench(solutions, { timeoutMs: 15_000 })
  try {
    for (const upTo of [1, 4]) await deployer.deploy({ suffix, upTo })
    edit('01-connect/putConnectedClientToDDB.ts', 'Connected.', 'Welcome.')
    edit('lambda.ts', 'memorySize: 256', 'memorySize: 512')
    edit('chat.ts', "apiName: this.named('My Chat API'),", "apiName: this.named('My Chat API'), description: 'changed',")
    edit('01-connect/connect.ts', 'billingMode:', "timeToLiveAttribute: 'expiresAt', billingMode:")
    edit('01-connect/connect.ts', '  putConnectedClientToDDB.addEnvironment', "  putConnectedClientToDDB.role!.addManagedPolicy({ managedPolicyArn: 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess' })\n  putConnectedClientToDDB.addEnvironment")
    await deployer.deploy({ suffix })
    await deployer.destroy({ suffix })
    return 'built and removed'
  } catch (error) {
    return `refused: ${(error as Error).message}`
  } finally {
    await regain()
    await deployer.destroy({ suffix }).catch(() => {})
    deployer.close()
    await clear(admin)
  }
}

/** What a stack that could not be rolled back has left. */
async function clear(admin: ChosenCloud) {
  const clients = openClients(admin)
  try {
    await removeLeftovers(clients, (await findLeftovers(clients)).filter(({ kind }) => kind !== 'stack'))
  } finally {
    clients.close()
  }
}
