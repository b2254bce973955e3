import { connectLocal, localCloud, localState, runningLocal, type ChosenCloud } from '../lib/cloud.ts'
import { note } from '../lib/output.ts'
import { readSettings, type Settings } from '../lib/settings.ts'
import { awsCloud, describeCloud, mustBeChosenAccount } from './aws/cloud.ts'

export { awsCloud, describeCloud } from './aws/cloud.ts'

/**
 * Runs `work` on the cloud that the participant chose. A local AWS that runs already is used; otherwise one is started on the same state
 * for as long as the work takes.
 */
export async function withCloud<T>(work: (cloud: ChosenCloud) => Promise<T>): Promise<T> {
  const settings = readSettings()
  if (settings.cloud === 'aws') {
    const cloud = await chosenAws(settings)
    note(describeCloud(cloud))
    return work(cloud)
  }

  if (runningLocal()) return work(connectLocal({ suffix: settings.suffix }))
  // Loaded only where needed: it takes longer than most commands.
  const { startOnUsualPort } = await import('./local.ts')
  const aws = await startOnUsualPort(localState())
  try {
    return await work(localCloud({ ...aws, suffix: settings.suffix }))
  } finally {
    await aws.stop()
  }
}

/** ` to local · …`, for a sentence of a command; on aws its first line has told it already. */
export const placeUnlessTold = (preposition: string, cloud: ChosenCloud) => cloud.name === 'aws' ? '' : ` ${preposition} ${describeCloud(cloud)}`

/** The account that `npm run use aws` remembers, or a KitError: no command works in another one by accident. */
export async function chosenAws(settings: Settings): Promise<ChosenCloud> {
  const cloud = await awsCloud(settings)
  mustBeChosenAccount(cloud, settings)
  return cloud
}
