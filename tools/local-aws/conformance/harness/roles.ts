import { within } from './socket.ts'
import { sdkOf, type Keys, type Sdk } from './sdk.ts'
import type { World } from './world.ts'

export type Statement = { Effect: 'Allow' | 'Deny', Action: string | string[], Resource: string | string[], Condition?: object }
export const policyOf = (...Statement: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement })
export const allow = (Action: string | string[], Resource: string | string[] = '*'): Statement => ({ Effect: 'Allow', Action, Resource })
export const deny = (Action: string | string[], Resource: string | string[] = '*'): Statement => ({ Effect: 'Deny', Action, Resource })

/** Who may take the role on: a service, or whoever the account lets. */
const trustOf = (Principal: object) => JSON.stringify({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
})

/** Makes a role with an inline policy. @returns its name and ARN */
export async function makeRole(
  { aws, cloud, name, removeLater }: World, what: string, statements: Statement[],
  principal: object = { AWS: `arn:aws:iam::${cloud.account}:root` },
) {
  const RoleName = name(what)
  const { Role } = await aws.iam.createRole({ RoleName, AssumeRolePolicyDocument: trustOf(principal) })
  removeLater(`role ${RoleName}`, async () => {
    if (statements.length > 0) await aws.iam.deleteRolePolicy({ RoleName, PolicyName: 'own' })
    await aws.iam.deleteRole({ RoleName })
  })
  if (statements.length > 0) await aws.iam.putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument: policyOf(...statements) })
  return { RoleName, Arn: Role!.Arn! }
}

export type Session = { keys: Keys, aws: Sdk, arn: string, roleName: string }

/** Takes a role on, with a session policy if statements are given. */
export async function assume(world: World, role: { RoleName: string, Arn: string }, sessionStatements?: Statement[]): Promise<Session> {
  const { aws, eventually, cloud, removeLater } = world
  const Policy = sessionStatements && policyOf(...sessionStatements)
  // A new role cannot be taken on at once (B5.9).
  const { Credentials, AssumedRoleUser } = await eventually(`the role ${role.RoleName} can be taken on`, () =>
    aws.sts.assumeRole({
      RoleArn: role.Arn, RoleSessionName: 'conformance', Policy,
    }).catch((error: Error) => { if (error.name !== 'AccessDenied') throw error; return undefined }))
  const keys = {
    accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken!,
  }
  const session = sdkOf(cloud, keys)
  removeLater('clients of a session', async () => session.destroy())
  return { keys, aws: session, arn: AssumedRoleUser!.Arn!, roleName: role.RoleName }
}

/** A session of a role that may do everything that the proofs do, cut down by a session policy, which works at once (A14.6). */
export const sessionWith = async (world: World, ...statements: Statement[]) =>
  assume(
    world,
    await world.once(
      'role caller',
      () => makeRole(
        world, 'caller',
        [allow(['execute-api:*', 'apigateway:*', 'dynamodb:*', 'lambda:*', 'iam:*', 'sts:*', 's3:*', 'cloudformation:*', 'ssm:*'])],
      ),
    ),
    statements,
  )

/** A session of a role that has these statements as its own policy. */
export const sessionOf = async (world: World, what: string, ...statements: Statement[]) =>
  world.once(`session ${what}`, async () => within(200_000, `the role ${what}`, assume(world, await makeRole(world, what, statements))))

/** A role that may list tables and nothing else. */
export const lister = (world: World) => sessionOf(world, 'lister', allow('dynamodb:ListTables'))

/** A managed policy of the run's own. */
export async function managed({ aws, name, removeLater }: World, what: string, ...statements: Statement[]) {
  const { Policy } = await aws.iam.createPolicy({ PolicyName: name(what), PolicyDocument: policyOf(...statements) })
  const PolicyArn = Policy!.Arn!
  removeLater(`policy ${PolicyArn}`, async () => {
    const { Versions = [] } = await aws.iam.listPolicyVersions({ PolicyArn })
    for (const { VersionId, IsDefaultVersion } of Versions) if (!IsDefaultVersion) await aws.iam.deletePolicyVersion({ PolicyArn, VersionId })
    await aws.iam.deletePolicy({ PolicyArn })
  })
  return PolicyArn
}
/** The trust policy of a role that anybody in the account may take on. */
export const trusting = ({ cloud }: World) => trustOf({ AWS: `arn:aws:iam::${cloud.account}:root` })
