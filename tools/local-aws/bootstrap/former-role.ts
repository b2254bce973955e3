import type { Cloud } from '../cloud.ts'
import type { Place } from '../store.ts'

/** Removes a role of an earlier start that was cut off, or of a former version of this kit, with all that is attached; it may be missing. */
export async function removeFormerRole(cloud: Cloud, place: Place, RoleName: string) {
  const aws = cloud.authority.internal(place.account)
  try {
    const { AttachedPolicies = [] } = await cloud.call('iam', 'ListAttachedRolePolicies', { RoleName }, aws, place)
    for (const { PolicyArn } of AttachedPolicies) await cloud.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn }, aws, place)
    const { PolicyNames = [] } = await cloud.call('iam', 'ListRolePolicies', { RoleName }, aws, place)
    for (const PolicyName of PolicyNames) await cloud.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }, aws, place)
    await cloud.call('iam', 'DeleteRole', { RoleName }, aws, place)
  } catch (error) {
    if ((error as Error).name !== 'NoSuchEntity') throw error
  }
}
