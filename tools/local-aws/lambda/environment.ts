import { randomBytes } from 'node:crypto'
import type { Cloud } from '../cloud.ts'
import type { Credential } from '../iam/authority.ts'
import type { Place } from '../store.ts'
import { startConversation, type Conversation, type Reply } from './conversation.ts'
import type { FunctionRecord } from './function-store.ts'
import type { Home } from './home.ts'
import { jsonLines, logStreamName, textLines } from './log-format.ts'
import { createLogWriter } from './log-writer.ts'
import { createMask } from './masks.ts'
import { watchMemory } from './memory-watch.ts'
import { createOutput } from './output.ts'
import { variablesOf } from './variables.ts'
import { judge, OUT_OF_MEMORY } from './verdict.ts'

/** How long an init may take before it is repeated inside the invocation (D2.28). */
const INIT_LIMIT_MS = 10_000

/** What Node itself and native memory may take beside the JavaScript heap, which V8 bounds. */
const BESIDE_HEAP_BYTES = 256 * 1_048_576

export type Invocation = { requestId: string, payload: Uint8Array, clientContext?: unknown }
/** `tail`: the last 4 KB of log, base64. `errorType` is there where the function failed. */
export type Outcome = { payload: Uint8Array, errorType?: string, tail: string, durationMs: number }

/** One execution environment: a log stream, and a process that is replaced when it has died (D4.20). One invocation at a time. */
export type Environment = {
  invoke(invocation: Invocation): Promise<Outcome>
  /** When the role's session in it ends, in milliseconds since the epoch. */
  readonly expiresAt: number
  close(): Promise<void>
}

export type EnvironmentOptions = { cloud: Cloud, place: Place, record: FunctionRecord, folder: string, home: Home, credential: Credential }

export function createEnvironment({ cloud, place, record, folder, home, credential }: EnvironmentOptions): Environment {
  const { configuration } = record
  const { FunctionArn, Runtime, RuntimeVersionConfig, LoggingConfig, Timeout, MemorySize } = configuration
  const timeoutMs = Timeout * 1000
  const logStream = logStreamName(cloud.clock.now())
  const variables = variablesOf({ record, region: place.region, credential, logStream, folder })
  const mask = createMask(folder)
  const lines = LoggingConfig!.LogFormat === 'JSON' ? jsonLines : textLines
  const writer = createLogWriter(cloud, place, credential.principal, LoggingConfig!.LogGroup!, logStream)
  const output = createOutput(writer)
  let current: Conversation | undefined
  let isNew = true
  let maxMemoryBytes = 0

  function start(): Conversation {
    const conversation = startConversation({
      folder, variables, memoryMegabytes: MemorySize, localAws: new URL(cloud.url).host,
      onLine: (text) => print(() => output.line(mask(text))),
      onText: (text) => print(() => output.text(mask(text))),
    })
    /** A process that logs faster than its log is written has to wait, or what it said would fill the memory. */
    function print(write: () => void) {
      write()
      if (!writer.isFull()) return
      conversation.pause()
      void writer.drained().then(conversation.resume)
    }
    home.guard(conversation)
    current = conversation
    return conversation
  }
  function discard() {
    current?.kill()
    current = undefined
    output.release()
  }

  /** The init phase of a new environment. What it answers decides whether the invocation can begin at once. */
  async function initialize(): Promise<{ reply: Reply, ms: number }> {
    isNew = false
    output.platform(lines.initStart(`${Runtime.replace(/nodejs(\d+)\.x/, 'nodejs:$1')}.mainline.v100`, RuntimeVersionConfig!.RuntimeVersionArn!), { inTail: false })
    const begin = performance.now()
    const reply = await start().next(INIT_LIMIT_MS)
    if (reply.kind === 'timeout') discard()
    return { reply, ms: performance.now() - begin }
  }

  /** Waits until the process takes an event; replaces it first if it has died since its last answer. */
  async function idle(deadline: number): Promise<Reply> {
    const left = () => Math.max(1, deadline - performance.now())
    const reply = current ? await current.next(left()) : undefined
    if (reply?.kind === 'idle' || reply?.kind === 'timeout') return reply
    return start().next(left())
  }

  async function answerTo(invocation: Invocation, ready: Reply | undefined, begin: number): Promise<Reply> {
    const { requestId, payload, clientContext } = invocation
    const deadline = begin + timeoutMs
    const reply = ready ?? await idle(deadline)
    if (reply.kind !== 'idle' || !current) return reply

    const left = Math.max(1, deadline - performance.now())
    const { pid, kill } = current
    const stopWatching = watchMemory(pid, MemorySize * 1_048_576 + BESIDE_HEAP_BYTES, kill)
    current.send({ requestId, functionArn: FunctionArn, deadline: Math.floor(Date.now() + left), clientContext, traceId: traceId() }, payload)
    return current.next(left).finally(stopWatching)
  }

  return {
    expiresAt: credential.expiresAt ?? Infinity,

    async invoke(invocation) {
      const init = isNew ? await initialize() : undefined
      const ready = init?.reply.kind === 'timeout' ? undefined : init?.reply
      const begin = performance.now()
      output.platform(lines.start(invocation.requestId, FunctionArn))

      const reply = await answerTo(invocation, ready, begin)
      const durationMs = reply.kind === 'timeout' ? timeoutMs : performance.now() - begin
      const { payload, errorType, trouble } = judge(reply, invocation.requestId, Timeout)
      maxMemoryBytes = Math.max(maxMemoryBytes, current?.memoryBytes ?? 0)
      if (hasDied(reply)) discard()

      output.platform(lines.end({
        requestId: invocation.requestId, durationMs, initMs: ready && init?.ms, trouble,
        memorySizeMB: MemorySize, maxMemoryUsedMB: trouble?.errorType === OUT_OF_MEMORY ? MemorySize : Math.min(MemorySize, Math.ceil(maxMemoryBytes / 1_048_576)),
      }))
      return { payload: Buffer.from(errorType ? mask(payload.toString()) : payload), errorType, durationMs, tail: output.takeTail() }
    },

    async close() {
      const last = current
      discard()
      await last?.ended
      await writer.flush()
    },
  }
}

const hasDied = (reply: Reply) => reply.kind === 'timeout' || reply.kind === 'exit' || ('fatal' in reply && reply.fatal)

/** As X-Ray writes it; nothing is sampled. */
const traceId = () => `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`
