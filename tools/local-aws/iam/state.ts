import type { Cloud } from '../cloud.ts'

export type Tag = { Key: string, Value: string }

/** What users and roles have in common. Times are milliseconds since the epoch, documents the JSON text as it came. */
export type Entity = {
  name: string
  path: string
  id: string
  arn: string
  createdAt: number
  inline: Record<string, string>
  /** ARNs of managed policies, in the order of attachment */
  attached: string[]
  /** ARN of the managed policy that limits this entity */
  boundary?: string
  tags: Tag[]
}
export type User = Entity
export type Role = Entity & { trust: string, description?: string, maxSessionSeconds: number }
export type PolicyVersion = { id: string, document: string, createdAt: number }
export type ManagedPolicy = {
  arn: string
  name: string
  path: string
  id: string
  createdAt: number
  updatedAt: number
  description?: string
  /** newest first */
  versions: PolicyVersion[]
  defaultVersion: string
  /** the number of the next version: deleted numbers do not come back */
  nextVersion: number
  tags: Tag[]
}
export type AccessKey = { id: string, secret: string, userName: string, active: boolean, createdAt: number }
/** Temporary keys. `ownerId` is the id of the role or user: a namesake made later does not inherit them. */
export type Session = {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiresAt: number
  owner: 'role' | 'user'
  ownerName: string
  ownerId: string
  sessionName?: string
  policy?: string
  policyArns?: string[]
}

/** What decides: the part of the state that a `policy-delay` fault holds back. */
export type PolicyState = { users: Record<string, User>, roles: Record<string, Role>, policies: Record<string, ManagedPolicy> }
export type IamState = PolicyState & {
  accessKeys: Record<string, AccessKey>
  sessions: Record<string, Session>
  /** states that still decide until `until`, oldest first (E2.8) */
  lagging: (PolicyState & { until: number })[]
}

/** IAM of one account. */
export type Iam = {
  readonly account: string
  readonly state: IamState
  now(): number
  /** Changes users, roles or policies. Where a `policy-delay` fault is set, what held before goes on deciding until the delay has passed. */
  changePolicies(change: () => void): void
  /** Changes access keys or sessions. */
  changeKeys(change: () => void): void
}

export function openIam({ store, faults, clock }: Pick<Cloud, 'store' | 'faults' | 'clock'>, account: string): Iam {
  const document = store.document<IamState>('iam', { account, region: 'global' },
    () => ({ users: {}, roles: {}, policies: {}, accessKeys: {}, sessions: {}, lagging: [] }))
  const { data: state } = document

  return {
    account,
    state,
    now: clock.now,
    changePolicies(change) {
      const now = clock.now()
      const delayMs = Math.max(0, ...faults.active('policy-delay').map(({ ms }) => ms))
      state.lagging = state.lagging.filter(({ until }) => until > now)
      if (delayMs > 0) state.lagging.push(structuredClone({ users: state.users, roles: state.roles, policies: state.policies, until: now + delayMs }))
      change()
      document.changed()
    },
    changeKeys(change) {
      change()
      document.changed()
    },
  }
}

/** The policies as the services see them at `now`. */
export const effectiveState = (state: IamState, now: number): PolicyState => state.lagging.find(({ until }) => until > now) ?? state

export { own } from '../members.ts'

/** `arn:aws:iam::ACCT:role/some/path/NAME` → account and name; undefined for anything else. */
export function parseEntityArn(arn: string, kind: 'role' | 'user'): { account: string, name: string } | undefined {
  const [, account, rest] = /^arn:aws:iam::(\d{12}):(.+)$/.exec(arn) ?? []
  if (account === undefined || !rest?.startsWith(`${kind}/`)) return undefined
  return { account, name: rest.slice(rest.lastIndexOf('/') + 1) }
}

/** Unique ids have 21 characters: `AROA…` roles, `AIDA…` users, `ANPA…` policies; keys have 20: `AKIA…`, `ASIA…` (E2.12). */
export const ID_LENGTH = 17
export const KEY_LENGTH = 16
