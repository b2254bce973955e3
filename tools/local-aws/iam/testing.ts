import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Cloud } from '../cloud.ts'
import { manualClock } from '../clock.ts'
import { createDispatcher } from '../dispatch.ts'
import { createEvents } from '../events.ts'
import type { CloudEvent } from '../events.ts'
import { createFaults } from '../faults.ts'
import type { Context, Operations, Principal } from '../service.ts'
import { createStore } from '../store.ts'
import type { Store } from '../store.ts'
import { stsService } from '../sts/index.ts'
import { createAuthority, iamService } from './index.ts'

export const ACCOUNT = '000000000000'
export const place = { account: ACCOUNT, region: 'us-east-1' }
export const LAMBDA_TRUST = policyText({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' })

export function policyText(...Statement: object[]) {
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

/** For tests of IAM and STS: an authority and the operations over a temporary folder, with a clock that stands still. Nothing else of the cloud. */
export async function iamForTest() {
  const root = await mkdtemp(path.join(tmpdir(), 'iam-'))
  const clock = manualClock()
  const faults = createFaults()
  const stores: Store[] = []

  function open() {
    const store = createStore(root)
    stores.push(store)
    const events = createEvents(clock.now)
    const seen: CloudEvent[] = []
    events.on((event) => { seen.push(event) })
    const authority = createAuthority({ store, events, faults, clock })
    const call: Cloud['call'] = (...asked) => dispatcher.call(...asked)
    const cloud: Cloud = { store, events, faults, clock, authority, url: 'http://127.0.0.1:0', call, onStop() {} }
    const dispatcher = createDispatcher(cloud, [iamService, stsService])
    const as = (caller: Principal) => ({ ...place, caller, headers: {} }) as Context
    authority.ensureAdministrator(ACCOUNT, 'workshop', { accessKeyId: 'AKIAWORKSHOP', secretAccessKey: 'secret' })
    const admin = authority.credential('AKIAWORKSHOP')!.principal

    return {
      authority, faults, clock, store, cloud, events: seen, admin,
      iam: callable(iamService.open(cloud, place), as(admin)),
      sts: callable(stsService.open(cloud, place), as(admin)),
      stsAs: (caller: Principal, headers: Record<string, string> = {}) => callable(stsService.open(cloud, place), { ...as(caller), headers }),
    }
  }
  async function stop() {
    for (const store of stores) await store.flush()
    await rm(root, { recursive: true, force: true })
  }
  return { ...open(), reopen: open, stop }
}

type Callable<O> = { [K in keyof O]-?: NonNullable<O[K]> extends (input: infer I, context: Context) => infer R ? (input: I) => Awaited<R> : never }

/** The operations as plain functions of their input: those of IAM and STS answer at once. */
function callable<S extends 'iam' | 'sts'>(operations: Operations<S>, context: Context) {
  const entries = Object.entries(operations) as [string, (input: unknown, context: Context) => unknown][]
  return Object.fromEntries(entries.map(([name, operation]) => [name, (input: unknown) => operation(input, context)])) as Callable<Operations<S>>
}
