import { paginateListAttachedRolePolicies, paginateListRolePolicies } from '@aws-sdk/client-iam'
import { KitError } from '../../lib/kit-error.ts'
import { unless, type Aws } from '../../verify/aws.ts'
import type { Clients } from './clients.ts'
import type { Leftover } from './find.ts'
import type { Kind } from './names.ts'

/** Who leads to whom goes first: an API before its function, a function before its role, and its log group after it has said its last word. */
const ORDER: Kind[] = ['stack', 'API', 'function', 'table', 'role', 'log group', 'code']

/**
 * Removes what was found, except stacks, which the deployer removes. Goes on where one thing cannot be removed.
 *
 * @returns what is still there, each with AWS's reason
 */
export async function removeLeftovers(clients: Clients, leftovers: Leftover[], tell: (text: string) => void = () => {}): Promise<{ leftover: Leftover, reason: string }[]> {
  const failed: { leftover: Leftover, reason: string }[] = []
  for (const kind of ORDER) for (const leftover of leftovers.filter((one) => one.kind === kind)) {
    try {
      await remove(clients, leftover)
      if (kind !== 'code') tell(`  removed ${kind} ${leftover.name}`)
    } catch (error) {
      failed.push({ leftover, reason: (error as Error).message })
    }
  }
  return failed
}

async function remove({ aws, s3, bucket }: Clients, { kind, id }: Leftover) {
  switch (kind) {
    case 'stack': throw new KitError({ what: `The stack ${id} is not removed here.` })
    case 'API': return unless('NotFoundException', aws.apigatewayv2.deleteApi({ ApiId: id }))
    case 'function': return unless('ResourceNotFoundException', aws.lambda.deleteFunction({ FunctionName: id }))
    case 'table': return unless('ResourceNotFoundException', aws.dynamodb.deleteTable({ TableName: id }))
    case 'role': return unless(['NoSuchEntityException', 'NoSuchEntity'], removeRole(aws, id))
    case 'log group': return unless('ResourceNotFoundException', aws.logs.deleteLogGroup({ logGroupName: id }))
    case 'code': return s3.deleteObject({ Bucket: bucket, Key: id })
  }
}

/** A role goes only without its policies (E2.13). */
async function removeRole({ iam }: Aws, RoleName: string) {
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client: iam }, { RoleName }))
    for (const { PolicyArn } of AttachedPolicies) await iam.detachRolePolicy({ RoleName, PolicyArn: PolicyArn! })
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client: iam }, { RoleName }))
    for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({ RoleName, PolicyName })
  await iam.deleteRole({ RoleName })
}
