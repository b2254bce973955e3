import type { Principal } from '../service.ts'

/** A key pair that signs requests. Times are milliseconds since the epoch. */
export type Credential = { accessKeyId: string, secretAccessKey: string, sessionToken?: string, expiresAt?: number, principal: Principal }

export type Question = { principal: Principal, action: string, resource: string, resourcePolicy?: string, conditions?: Record<string, string> }

/** `message` is AWS's whole sentence (E1), ready to be answered. */
export type Decision = { allowed: true } | { allowed: false, explicit: boolean, message: string }

/** Who is who, and who may what, in all accounts of one cloud. */
export type Authority = {
  /** The key that signed a request, or undefined where nobody knows it (E3.1). Expired ones are answered too: the caller looks at `expiresAt`. */
  credential(accessKeyId: string): Credential | undefined
  /** Weighs identity, session and resource policies (E2.1), and `deny` faults. Emits a `decision` event. */
  decide(question: Question): Decision
  /**
   * Temporary keys of a role, as a service or AssumeRole hands them out. Does not look at the trust policy: AssumeRole does.
   * Throws AwsError `AccessDenied` if there is no such role.
   */
  openSession(roleArn: string, sessionName: string, options?: { durationSeconds?: number, sessionPolicy?: string, policyArns?: string[] }): Credential
  /** Whether the role exists and its trust policy lets `service` (e.g. `lambda.amazonaws.com`) assume it. */
  trusts(roleArn: string, service: string): boolean
  /** Whether a policy that a service is to keep with a resource has the form of one. */
  readsPolicy(json: string): boolean
  /** AWS itself inside `account`: everything is allowed. Never reachable by a signature. */
  internal(account: string): Principal
  /** Makes a user with AdministratorAccess and these keys, if the account has no such key yet; for the participant's own keys. */
  ensureAdministrator(account: string, userName: string, keys: { accessKeyId: string, secretAccessKey: string }): void
}
