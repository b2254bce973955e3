import type { Reply } from './conversation.ts'
import type { Exit } from './function-process.ts'
import type { Report } from './log-format.ts'

/** What an invocation came to: the payload for the caller, the type of the error if it is one, and what the REPORT line says about it. */
export type Verdict = { payload: string | Buffer, errorType?: string, trouble?: Report['trouble'] }

/** Responses may be a little larger than requests (D1.12). */
const MAX_RESPONSE_BYTES = 6_291_556

export const OUT_OF_MEMORY = 'Runtime.OutOfMemory'

/** @param timeoutSeconds the function's Timeout */
export function judge(reply: Reply, requestId: string, timeoutSeconds: number): Verdict {
  if ('body' in reply && reply.body.byteLength > MAX_RESPONSE_BYTES) return tooLargeResponse()
  switch (reply.kind) {
    case 'result': return { payload: reply.body }
    case 'error': return { payload: reply.body, errorType: typeOf(reply.body) }
    case 'initError': return { payload: reply.body, errorType: typeOf(reply.body), trouble: { status: 'error', errorType: typeOf(reply.body) } }
    case 'exit': return exited(requestId, reply.exit)
    case 'timeout': return timedOut(requestId, timeoutSeconds)
    case 'idle': throw new Error('A function process asked for an event before it answered the last one')
  }
}

const typeOf = (payload: Buffer): string => JSON.parse(payload.toString()).errorType

/** @see D2.14 */
const timedOut = (requestId: string, seconds: number): Verdict =>
  ({ ...platformError('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`), trouble: { status: 'timeout' } })

const SIGNALS: Partial<Record<NodeJS.Signals, string>> = {
  SIGKILL: 'killed', SIGABRT: 'aborted', SIGTERM: 'terminated', SIGSEGV: 'segmentation fault', SIGBUS: 'bus error', SIGINT: 'interrupt', SIGHUP: 'hangup',
}

/** The process ended before it answered. @see D2.15 to D2.17 */
function exited(requestId: string, { code, signal }: Exit): Verdict {
  const reason = signal ? `with error: signal: ${SIGNALS[signal] ?? signal.toLowerCase()}` : code === 0 ? 'without providing a reason' : `with error: exit status ${code}`
  const isOutOfMemory = signal === 'SIGKILL' || signal === 'SIGABRT'
  return {
    ...platformError('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited ${reason}`),
    trouble: { status: 'error', errorType: isOutOfMemory ? OUT_OF_MEMORY : 'Runtime.ExitError' },
  }
}

const platformError = (errorType: string, errorMessage: string) => ({ errorType, payload: JSON.stringify({ errorType, errorMessage }) })

/** @see D2.27, also for the order of the keys */
function tooLargeResponse(): Verdict {
  const errorType = 'Function.ResponseSizeTooLarge'
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`
  return { errorType, payload: JSON.stringify({ errorMessage, errorType }), trouble: { status: 'error', errorType } }
}
