import { randomBytes } from 'node:crypto'
import { randomUpper } from '../ids.ts'
import type { Principal } from '../service.ts'
import type { Credential } from './authority.ts'
import { documentOf, findPolicy, findRole } from './identity.ts'
import type { RawPolicy } from './policy/document.ts'
import { listOf } from './policy/document.ts'
import type { keyIndex } from './key-index.ts'
import { KEY_LENGTH, own } from './state.ts'
import type { Iam, IamState, Role, Session, User } from './state.ts'

/** How long an expired key is still known, so that it is answered with "expired" and not with "invalid" (E3.3). */
const REMEMBER_MS = 12 * 3_600_000

export type NewSession = { durationSeconds: number } & (
  | { role: Role, sessionName: string, policy?: string, policyArns?: string[] }
  | { user: User }
)

/** Makes and stores temporary keys, and forgets those that expired long ago. */
export function createSession(iam: Iam, index: ReturnType<typeof keyIndex>, { durationSeconds, ...of }: NewSession): Session {
  const session: Session = {
    accessKeyId: `ASIA${randomUpper(KEY_LENGTH)}`,
    secretAccessKey: randomSecret(),
    sessionToken: randomBytes(240).toString('base64'),
    expiresAt: iam.now() + durationSeconds * 1000,
    ...'role' in of
      ? { owner: 'role', ownerName: of.role.name, ownerId: of.role.id, sessionName: of.sessionName, policy: of.policy, policyArns: of.policyArns }
      : { owner: 'user', ownerName: of.user.name, ownerId: of.user.id },
  }
  iam.changeKeys(() => {
    for (const { accessKeyId, expiresAt } of Object.values(iam.state.sessions)) {
      if (expiresAt + REMEMBER_MS >= iam.now()) continue
      delete iam.state.sessions[accessKeyId]
      index.remove(accessKeyId)
    }
    iam.state.sessions[session.accessKeyId] = session
    index.add(session.accessKeyId, iam.account)
  })
  return session
}

/** The secret part of a key pair has 40 characters. */
export const randomSecret = () => randomBytes(30).toString('base64')

/** The credential behind a key of this account; undefined where its owner is gone. */
export function credentialOf(iam: Iam, accessKeyId: string): Credential | undefined {
  const key = own(iam.state.accessKeys, accessKeyId)
  if (key) {
    const user = own(iam.state.users, key.userName)
    return user && key.active ? { accessKeyId, secretAccessKey: key.secret, principal: userPrincipal(iam.account, user) } : undefined
  }

  const session = own(iam.state.sessions, accessKeyId)
  const principal = session && sessionPrincipal(iam, session)
  if (!session || !principal) return undefined
  const { secretAccessKey, sessionToken, expiresAt } = session
  return { accessKeyId, secretAccessKey, sessionToken, expiresAt, principal }
}

const userPrincipal = (account: string, { arn, id, name }: User): Principal => ({ kind: 'user', account, arn, userId: id, userName: name })

function sessionPrincipal({ account, state }: Iam, session: Session): Principal | undefined {
  if (session.owner === 'user') {
    const user = own(state.users, session.ownerName)
    return user?.id === session.ownerId ? userPrincipal(account, user) : undefined
  }
  const role = findRole(state, session.ownerName)
  if (role?.id !== session.ownerId) return undefined
  return {
    kind: 'session',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${session.sessionName}`,
    userId: `${role.id}:${session.sessionName}`,
    roleName: role.name,
    sessionPolicy: sessionPolicy(state, session),
  }
}

/** Inline and managed session policies count as one. The managed ones are read at each request: a change reaches sessions that exist (E2.5). */
function sessionPolicy(state: IamState, { policy, policyArns = [] }: Session): string | undefined {
  if (policyArns.length === 0) return policy
  const managed = policyArns.flatMap((arn) => findPolicy(state, arn) ?? []).map((found) => documentOf(found)!)
  const statements = [...policy ? [policy] : [], ...managed].flatMap((document) => listOf((JSON.parse(document) as RawPolicy).Statement))
  return JSON.stringify({ Version: '2012-10-17', Statement: statements } satisfies RawPolicy)
}
