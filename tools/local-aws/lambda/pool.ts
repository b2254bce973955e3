import { AwsError } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Place } from '../store.ts'
import { createEnvironment, type Environment, type Invocation, type Outcome } from './environment.ts'
import { invalidParameter, throttled } from './errors.ts'
import type { FunctionRecord, LambdaState } from './function-store.ts'
import type { Home } from './home.ts'
import type { Packages } from './packages.ts'

/** An environment that nobody has used for so long is taken away. */
const IDLE_MS = 300_000
/** A session must outlast the longest invocation that may still begin in it. */
const SESSION_SECONDS = 12 * 3600
const SESSION_MARGIN_MS = 900_000

type Member = { environment: Environment, version: string, isBusy: boolean, reaper?: { cancel(): void } }

export type Pool = {
  /** Runs one invocation in an idle environment or a new one. Throws `TooManyRequestsException` at a concurrency limit (D4.19). */
  run(record: FunctionRecord, invocation: Invocation): Promise<Outcome>
  /** Takes away the environments of a function that was changed or deleted; busy ones finish first (D4.23). */
  retire(functionName: string): void
  close(): Promise<void>
}

/** The execution environments of one account and region. */
export function createPool(cloud: Cloud, place: Place, state: LambdaState, packages: Packages, home: Home): Pool {
  const members = new Map<string, Member[]>()
  const closing = new Set<Promise<void>>()
  const preparing = new Set<Promise<string>>()
  const running = new Map<string, number>()
  let isClosed = false
  const membersOf = (name: string) => members.get(name) ?? []

  function remove(name: string, member: Member) {
    members.set(name, membersOf(name).filter((other) => other !== member))
    member.reaper?.cancel()
    const done = member.environment.close().finally(() => closing.delete(done))
    closing.add(done)
  }

  function admit({ configuration: { FunctionName }, reservedConcurrency }: FunctionRecord) {
    const own = running.get(FunctionName) ?? 0
    if (reservedConcurrency !== undefined && own >= reservedConcurrency) throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded')
    if (reservedConcurrency === undefined && unreservedInUse() >= unreservedLimit(state)) throw throttled('ConcurrentInvocationLimitExceeded')
    running.set(FunctionName, own + 1)
  }
  const unreservedInUse = () =>
    [...running].reduce((sum, [name, count]) => (state.functions[name]?.reservedConcurrency === undefined ? sum + count : sum), 0)

  function leave(name: string) {
    const left = (running.get(name) ?? 1) - 1
    if (left > 0) running.set(name, left)
    else running.delete(name)
  }

  async function take(record: FunctionRecord): Promise<Member> {
    const { FunctionName, RevisionId } = record.configuration
    const member = membersOf(FunctionName).findLast(({ isBusy }) => !isBusy)
    if (member && member.environment.expiresAt - SESSION_MARGIN_MS > cloud.clock.now()) {
      member.reaper?.cancel()
      member.isBusy = true
      return member
    }
    if (member) remove(FunctionName, member)
    const made: Member = { environment: await create(record), version: RevisionId!, isBusy: true }
    members.set(FunctionName, [...membersOf(FunctionName), made])
    return made
  }

  async function create(record: FunctionRecord) {
    const { Role, FunctionName, CodeSha256 } = record.configuration
    const unpacked = home.folder().then((folder) => packages.unpacked(CodeSha256, folder))
    preparing.add(unpacked)
    const folder = await unpacked.finally(() => preparing.delete(unpacked))
    if (isClosed) throw stopped()
    return createEnvironment({ cloud, place, record: structuredClone(record), folder, home, credential: sessionOf(Role, FunctionName) })
  }
  // E2.9: IAM is asked at each call, so a changed policy reaches environments that run.
  function sessionOf(role: string, functionName: string) {
    try {
      return cloud.authority.openSession(role, functionName, { durationSeconds: SESSION_SECONDS })
    } catch {
      throw invalidParameter('The role defined for the function cannot be assumed by Lambda.')
    }
  }

  function giveBack(record: FunctionRecord, member: Member) {
    const { FunctionName } = record.configuration
    if (isClosed) return
    member.isBusy = false
    const isCurrent = state.functions[FunctionName]?.configuration.RevisionId === member.version
    if (!isCurrent) return remove(FunctionName, member)
    member.reaper = cloud.clock.after(IDLE_MS, () => remove(FunctionName, member))
  }

  return {
    async run(record, invocation) {
      if (isClosed) throw stopped()
      admit(record)
      try {
        const member = await take(record)
        return await member.environment.invoke(invocation).finally(() => giveBack(record, member))
      } finally {
        leave(record.configuration.FunctionName)
      }
    },
    retire(functionName) {
      for (const member of membersOf(functionName)) if (!member.isBusy) remove(functionName, member)
    },
    async close() {
      isClosed = true
      for (const [name, list] of members) for (const member of list) remove(name, member)
      await Promise.allSettled([...closing, ...preparing])
      await home.close()
    },
  }
}

const stopped = () => new AwsError('ServiceException', 'The local AWS has stopped.', { status: 500 })

/** What is left of the account's concurrency for functions without a reservation of their own. */
export const unreservedLimit = ({ concurrentExecutions, functions }: LambdaState) =>
  Object.values(functions).reduce((left, { reservedConcurrency = 0 }) => left - reservedConcurrency, concurrentExecutions)
