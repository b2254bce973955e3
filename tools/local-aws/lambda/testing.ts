import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { AwsError } from '../aws-error.ts'
import { systemClock, type Clock } from '../clock.ts'
import type { Cloud } from '../cloud.ts'
import { createEvents } from '../events.ts'
import { createFaults } from '../faults.ts'
import type { Authority, Credential } from '../iam/authority.ts'
import { randomUpper, uuid } from '../ids.ts'
import type { Context, Input, OperationName, Output, Principal } from '../service.ts'
import { createStore } from '../store.ts'
import { lambdaService } from './index.ts'

export const place = { account: '000000000000', region: 'us-east-1' }
export const role = 'arn:aws:iam::000000000000:role/chat'

/** A zip package of text files. */
export const zipOf = (files: Record<string, string>) => zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))

export type LogEntry = { group: string, stream: string, message: string }

/**
 * For tests: Lambda alone, with an authority that lets everyone do everything and logs that are kept in a list.
 *
 * @param url what the functions' processes take for the local AWS
 * @param object what S3 answers for any key
 */
export async function lambdaAlone({ clock = systemClock, url = 'http://127.0.0.1:9', root, object }: { clock?: Clock, url?: string, root?: string, object?: Uint8Array } = {}) {
  const folder = root ?? await mkdtemp(path.join(os.tmpdir(), 'lambda-test-'))
  const logs: LogEntry[] = []
  const stops: (() => void | Promise<void>)[] = []
  const internal: Principal = { kind: 'user', account: place.account, arn: 'arn:aws:iam::000000000000:root', userId: 'root', userName: 'root' }
  const authority = {
    decide: () => ({ allowed: true }),
    trusts: (arn) => arn !== role.replace('chat', 'untrusted'),
    internal: () => internal,
    openSession: (roleArn, name): Credential => ({
      accessKeyId: `ASIA${randomUpper(16)}`, secretAccessKey: 'secret', sessionToken: 'token', expiresAt: clock.now() + 12 * 3_600_000,
      principal: { kind: 'session', account: place.account, arn: `arn:aws:sts::000000000000:assumed-role/chat/${name}`, userId: `AROA:${name}`, roleName: roleArn.split('/').at(-1)! },
    }),
  } as Partial<Authority> as Authority

  const cloud: Cloud = {
    store: createStore(folder), events: createEvents(clock.now), faults: createFaults(), clock, authority, url,
    onStop: (action) => { stops.unshift(action) },
    call: (async (service: string, operation: string, input: any) => {
      if (service === 's3' && object) return { Body: object }
      if (service === 's3') throw new AwsError('NoSuchKey', 'The specified key does not exist.')
      if (service !== 'logs') throw new Error(`${service} ${operation} is not part of this test`)
      for (const { message } of input.logEvents ?? []) logs.push({ group: input.logGroupName, stream: input.logStreamName, message })
      return {}
    }) as unknown as Cloud['call'],
  }
  const operations = lambdaService.open(cloud, place) as Record<string, (input: any, context: Context) => unknown>

  return {
    cloud, logs, root: folder,
    async call<O extends OperationName<'lambda'>>(operation: O, input: Input<'lambda', O>): Promise<Output<'lambda', O>> {
      const context: Context = { ...place, caller: internal, operation, requestId: uuid(), baseUrl: url, headers: {} }
      return await operations[operation]!(input, context) as Output<'lambda', O>
    },
    /** Creates a function from text files; a text alone is `index.js`. */
    async create(FunctionName: string, code: string | Record<string, string>, options: Partial<Input<'lambda', 'CreateFunction'>> = {}) {
      const files = typeof code === 'string' ? { 'index.js': code } : code
      return this.call('CreateFunction', { FunctionName, Role: role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: zipOf(files) }, ...options })
    },
    /** Invokes and reads the answer. */
    async invoke(FunctionName: string, event: unknown = {}) {
      const { Payload, FunctionError, LogResult } = await this.call('Invoke', { FunctionName, Payload: Buffer.from(JSON.stringify(event)), LogType: 'Tail' })
      const text = Buffer.from(Payload!).toString()
      return { text, answer: JSON.parse(text), failed: FunctionError !== undefined, tail: Buffer.from(LogResult!, 'base64').toString() }
    },
    /** Lets what is written in the background arrive. */
    settle: () => new Promise<void>((resolve) => { setTimeout(resolve, 50) }),
    /** The names of the log streams that were written to. */
    streams: () => [...new Set(logs.map(({ stream }) => stream))],
    async stop() {
      for (const stop of stops) await stop()
      await cloud.store.flush()
      if (!root) await rm(folder, { recursive: true, force: true })
    },
  }
}
export type LambdaAlone = Awaited<ReturnType<typeof lambdaAlone>>
