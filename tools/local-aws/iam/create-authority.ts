import { AwsError } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import { randomUpper } from '../ids.ts'
import type { Principal } from '../service.ts'
import type { Authority, Decision, Question } from './authority.ts'
import { contextKeys } from './context-keys.ts'
import { decide, ruleFor } from './decide.ts'
import { explicitDenial } from './denial-text.ts'
import { entityOf, findRole, identityPolicies, managedSource } from './identity.ts'
import { keyIndex } from './key-index.ts'
import { ADMINISTRATOR_ACCESS } from './managed/index.ts'
import { createPolicyCache } from './policy/document.ts'
import { resourceVerdict } from './policy/evaluate.ts'
import { isResourcePolicy } from './policy/validate.ts'
import { createSession, credentialOf } from './sessions.ts'
import { effectiveState, ID_LENGTH, openIam, own, parseEntityArn } from './state.ts'
import type { Iam } from './state.ts'

const INTERNAL = 'internal.amazonaws.com'
const isInternal = (principal: Principal) => principal.kind === 'service' && principal.service === INTERNAL

/** Who is who, and who may what, in all accounts of one cloud. Reads and writes the same documents as the operations of IAM. */
export function createAuthority(cloud: Pick<Cloud, 'store' | 'events' | 'faults' | 'clock'>): Authority {
  const { store, events, faults, clock } = cloud
  const compiled = createPolicyCache()
  const index = keyIndex(store)
  const accounts = new Map<string, Iam>()

  function iamOf(account: string): Iam {
    const known = accounts.get(account)
    if (known) return known
    const iam = openIam(cloud, account)
    accounts.set(account, iam)
    return iam
  }

  function roleNamed(roleArn: string) {
    const parsed = parseEntityArn(roleArn, 'role')
    const role = parsed && findRole(iamOf(parsed.account).state, parsed.name)
    return role?.arn === roleArn ? { role, iam: iamOf(parsed!.account) } : undefined
  }

  /** A `role-delay` fault keeps services from assuming a role that was just made (A14.5). */
  const isTooNew = ({ createdAt }: { createdAt: number }) => faults.active('role-delay').some(({ ms }) => clock.now() < createdAt + ms)

  function weigh(question: Question): Decision & { by: string } {
    const { principal, action, resource, resourcePolicy } = question
    if (isInternal(principal)) return { allowed: true, by: 'AWS itself' }
    if (faults.active('deny').some((fault) => fault.action.toLowerCase() === action.toLowerCase() && concerns(fault.principal, principal)))
      return { allowed: false, explicit: true, message: explicitDenial(question, 'identity-based policy'), by: 'a deny fault' }

    const now = clock.now()
    const state = effectiveState(iamOf(principal.account).state, now)
    const entity = entityOf(state, principal)
    const roleArn = principal.kind === 'session' ? entity?.arn : undefined
    const policies = {
      rule: ruleFor(question),
      identity: entity ? identityPolicies(state, entity) : [],
      boundary: entity?.boundary === undefined ? undefined : managedSource(state, entity.boundary),
      session: principal.kind === 'session' && principal.sessionPolicy !== undefined ? { name: 'session', document: principal.sessionPolicy } : undefined,
      resource: resourcePolicy,
    }
    return decide(question, { principal, roleArn, action, resource, keys: contextKeys(question, { roleArn, now }) }, policies, compiled)
  }

  return {
    credential(accessKeyId) {
      const account = index.accountOf(accessKeyId)
      return account === undefined ? undefined : credentialOf(iamOf(account), accessKeyId)
    },

    decide(question) {
      const { by, ...decision } = weigh(question)
      // what AWS does on its own behalf is nobody's decision
      if (!isInternal(question.principal)) {
        const { principal, action, resource } = question
        events.emit({
          kind: 'decision', principal: principal.arn, action, resource,
          allowed: decision.allowed, reason: decision.allowed ? `allowed by ${by}` : decision.message,
        })
      }
      return decision
    },

    openSession(roleArn, sessionName, { durationSeconds = 3_600, sessionPolicy, policyArns } = {}) {
      const found = roleNamed(roleArn)
      if (!found) throw new AwsError('AccessDenied', `The role ${roleArn} does not exist.`, { status: 403 })
      const session = createSession(found.iam, index, { role: found.role, sessionName, durationSeconds, policy: sessionPolicy, policyArns })
      return credentialOf(found.iam, session.accessKeyId)!
    },

    trusts(roleArn, service) {
      const found = roleNamed(roleArn)
      if (!found || isTooNew(found.role)) return false
      const principal: Principal = { kind: 'service', account: found.iam.account, arn: service, service }
      const question = { principal, action: 'sts:AssumeRole', resource: roleArn }
      return resourceVerdict(compiled(found.role.trust), { ...question, keys: contextKeys(question, { now: clock.now() }) }) === 'direct'
    },

    readsPolicy: isResourcePolicy,

    internal: (account) => ({ kind: 'service', account, arn: INTERNAL, service: INTERNAL }),

    ensureAdministrator(account, userName, { accessKeyId, secretAccessKey }) {
      const iam = iamOf(account)
      const { users, accessKeys } = iam.state
      const owner = index.accountOf(accessKeyId)
      if (owner !== undefined && owner !== account) throw new Error(`The access key ${accessKeyId} belongs to account ${owner}, not to ${account}.`)
      if (own(accessKeys, accessKeyId)?.secret === secretAccessKey) return

      iam.changePolicies(() => {
        users[userName] = own(users, userName) ?? {
          name: userName, path: '/', id: `AIDA${randomUpper(ID_LENGTH)}`, arn: `arn:aws:iam::${account}:user/${userName}`,
          createdAt: iam.now(), inline: {}, attached: [ADMINISTRATOR_ACCESS], tags: [],
        }
        accessKeys[accessKeyId] = { id: accessKeyId, secret: secretAccessKey, userName, active: true, createdAt: iam.now() }
        index.add(accessKeyId, account)
      })
    },
  }
}

/** A fault names a role or a user by its name; without a name it concerns everyone. */
function concerns(name: string | undefined, principal: Principal) {
  if (name === undefined) return true
  if (principal.kind === 'service') return false
  return name === (principal.kind === 'user' ? principal.userName : principal.roleName)
}
