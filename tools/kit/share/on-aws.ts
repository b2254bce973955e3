import type { ChosenCloud } from '../../lib/cloud.ts'
import { forgetRoom, readRoom, roomFolder, writeRoom } from '../../room/record.ts'
import { destroyOwn } from '../destroy.ts'
import { deploySolutions } from './solutions.ts'

/** The room lives apart from everybody's own chat in the same account. */
export const besideOthers = (cloud: ChosenCloud): ChosenCloud => ({ ...cloud, suffix: 'shared' })

/** Deploys the room to the account; answers its URL. It stays until it is taken down. Throws DeployFailure. */
export async function shareOnAws(cloud: ChosenCloud, home = roomFolder()): Promise<string> {
  const { apiId, stage } = await deploySolutions(besideOthers(cloud), home)
  const url = cloud.webSocketUrl(apiId, stage)
  await writeRoom({ cloud: 'aws', url, account: cloud.account, region: cloud.region }, home)
  return url
}

/** Removes the room and what it left; nothing of it is anybody's own. The exit code is 0 where nothing is left. */
export async function takeDown(cloud: ChosenCloud, home = roomFolder()): Promise<number> {
  const left = await destroyOwn(besideOthers(cloud), { said: 'yes' })
  const room = readRoom(home)
  if (room?.cloud === 'aws' && room.account === cloud.account && room.region === cloud.region) await forgetRoom(home)
  return left
}
