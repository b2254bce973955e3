import { AwsError, notBuilt } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import { checkName, checkRange, violation } from '../iam/constraints.ts'
import { validationError } from '../iam/errors.ts'
import { findPolicy, findRole } from '../iam/identity.ts'
import { keyIndex } from '../iam/key-index.ts'
import { checkIdentityPolicy } from '../iam/policy/validate.ts'
import { createSession } from '../iam/sessions.ts'
import { openIam, own, parseEntityArn } from '../iam/state.ts'
import type { Operations, Principal } from '../service.ts'

const HOUR = 3_600
const ASSUME_SECONDS = { min: 900, max: 43_200 }
const TOKEN_SECONDS = { min: 900, max: 129_600 }

/**
 * STS for users and roles: who am I, be somebody else, have temporary keys.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const operations = (cloud: Cloud): Operations<'sts'> => ({
  GetCallerIdentity: (_, { caller }) => ({ UserId: userIdOf(caller), Account: caller.account, Arn: caller.arn }),

  /** The trust policy has been asked already, see permissions.ts. */
  AssumeRole({ RoleArn = '', RoleSessionName, DurationSeconds, Policy, PolicyArns = [], Tags = [], SerialNumber, SourceIdentity }, { caller }) {
    if (Tags.length > 0) throw notBuilt('sts AssumeRole with Tags')
    if (SerialNumber !== undefined) throw notBuilt('sts AssumeRole with SerialNumber')
    if (SourceIdentity !== undefined) throw notBuilt('sts AssumeRole with SourceIdentity')
    const sessionName = checkSessionName(RoleSessionName)
    const policyArns = PolicyArns.map(({ arn = '' }) => arn)
    const { maxSessionSeconds, id } = roleAt(cloud, RoleArn)
    const durationSeconds = checkDuration(DurationSeconds, { maxSessionSeconds, chained: caller.kind === 'session' })
    if (Policy !== undefined) checkIdentityPolicy(Policy)
    checkManaged(cloud, RoleArn, policyArns)

    const { accessKeyId, secretAccessKey, sessionToken, expiresAt, principal } = cloud.authority.openSession(RoleArn, sessionName, {
      durationSeconds, sessionPolicy: Policy, policyArns: policyArns.length > 0 ? policyArns : undefined,
    })
    return {
      Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: new Date(expiresAt!) },
      AssumedRoleUser: { AssumedRoleId: `${id}:${sessionName}`, Arn: principal.arn },
    }
  },

  /** Differs from AWS: such keys may call IAM, which there needs MFA. */
  GetSessionToken({ DurationSeconds = 12 * HOUR, SerialNumber }, { caller, headers }) {
    if (SerialNumber !== undefined) throw notBuilt('sts GetSessionToken with SerialNumber')
    const durationSeconds = checkRange('durationSeconds', DurationSeconds, TOKEN_SECONDS)
    const iam = openIam(cloud, caller.account)
    const user = caller.kind === 'user' && !headers['x-amz-security-token'] ? own(iam.state.users, caller.userName) : undefined
    if (!user) throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', { status: 403 })

    const session = createSession(iam, keyIndex(cloud.store), { user, durationSeconds })
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId, SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken, Expiration: new Date(session.expiresAt),
      },
    }
  },
})

const userIdOf = (caller: Principal) => caller.kind === 'service' ? caller.service : caller.userId

function roleAt(cloud: Cloud, arn: string) {
  const named = parseEntityArn(arn, 'role')
  const role = named && findRole(openIam(cloud, named.account).state, named.name)
  if (role?.arn !== arn) throw validationError(`${arn} is invalid`)
  return role
}

function checkSessionName(value: string | undefined): string {
  const name = checkName('roleSessionName', value, 64)
  if (name.length < 2) throw violation(`Value '${name}' at 'roleSessionName'`, 'Member must have length greater than or equal to 2')
  return name
}

function checkDuration(seconds: number | undefined, { maxSessionSeconds, chained }: { maxSessionSeconds: number, chained: boolean }): number {
  if (seconds === undefined) return HOUR
  checkRange('durationSeconds', seconds, ASSUME_SECONDS)
  if (chained && seconds > HOUR) throw validationError('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining')
  if (seconds > maxSessionSeconds) throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  return seconds
}

function checkManaged(cloud: Cloud, roleArn: string, policyArns: string[]) {
  const { state } = openIam(cloud, parseEntityArn(roleArn, 'role')!.account)
  for (const arn of policyArns) if (!findPolicy(state, arn)) throw validationError(`PolicyArn ${arn} does not exist.`)
}
