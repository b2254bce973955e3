import type { Cloud } from './cloud.ts'
import type { Place } from './store.ts'

/** The bootstrap version that this imitates; the CLI wants 30 or more for all it does (G2.1). */
const VERSION = '30'
const QUALIFIER = 'hnb659fds'

/** Makes what `cdk bootstrap` leaves in an account and region, so that nobody has to wait for it: a bucket, a parameter, four roles. */
export async function bootstrap(cloud: Cloud, place: Place) {
  const { account, region } = place
  const aws = cloud.authority.internal(account)
  const suffix = `${account}-${region}`
  const parameter = `/cdk-bootstrap/${QUALIFIER}/version`
  if (await exists(cloud.call('ssm', 'GetParameter', { Name: parameter }, aws, place), 'ParameterNotFound')) return

  const bucket = `cdk-${QUALIFIER}-assets-${suffix}`
  if (!await exists(cloud.call('s3', 'HeadBucket', { Bucket: bucket }, aws, place), 'NotFound', 'NoSuchBucket'))
    await cloud.call('s3', 'CreateBucket', { Bucket: bucket, ...region !== 'us-east-1' && { CreateBucketConfiguration: { LocationConstraint: region as never } } }, aws, place)
  for (const name of ['deploy-role', 'file-publishing-role', 'image-publishing-role', 'lookup-role'])
    await ensureRole(`cdk-${QUALIFIER}-${name}-${suffix}`, { AWS: account })
  await ensureRole(`cdk-${QUALIFIER}-cfn-exec-role-${suffix}`, { Service: 'cloudformation.amazonaws.com' })
  // Last: it says that all of the above is there.
  await cloud.call('ssm', 'PutParameter', { Name: parameter, Value: VERSION, Type: 'String' }, aws, place)

  /** Differs from AWS: every role may do everything; the real ones are narrower, except the execution role. */
  async function ensureRole(RoleName: string, principal: object) {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] }
    if (!await exists(cloud.call('iam', 'GetRole', { RoleName }, aws, place), 'NoSuchEntity', 'NoSuchEntityException'))
      await cloud.call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }, aws, place)
    await cloud.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }, aws, place)
  }
}

async function exists(answer: Promise<unknown>, ...absent: string[]) {
  try {
    await answer
    return true
  } catch (error) {
    if (absent.includes((error as Error).name)) return false
    throw error
  }
}
