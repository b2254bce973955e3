import type { Answer } from '../mistakes/evidence.ts'
import type { Aws } from './aws.ts'

export type Invocation = { answer: Answer, log: string, requestId?: string }

/** Runs a function with `event` as the console's test does, and answers what came back with the tail of its log (D1). */
export async function invoke({ lambda }: Aws, functionName: string, event: unknown): Promise<Invocation> {
  const { Payload, FunctionError, LogResult = '', $metadata } = await lambda.invoke({
    FunctionName: functionName, LogType: 'Tail', Payload: new TextEncoder().encode(JSON.stringify(event)),
  })
  return {
    answer: answerIn(new TextDecoder().decode(Payload), FunctionError !== undefined),
    log: Buffer.from(LogResult, 'base64').toString('utf8'),
    requestId: $metadata.requestId,
  }
}

/** An invocation as a failure tells it. */
export const seenIn = ({ answer, log, requestId }: Invocation) => ({ answer, log, refs: { requestId } })

/** Reads a payload as API Gateway would: a proxy result has a numeric `statusCode` (A2). */
export function answerIn(payload: string, failed: boolean): Answer {
  const value = parsed(payload)
  if (failed) return { errorType: text(value.errorType), errorMessage: text(value.errorMessage), payload }
  return { status: typeof value.statusCode === 'number' ? value.statusCode : undefined, body: text(value.body), payload }
}

function parsed(payload: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(payload)
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {}
  } catch {
    return {}
  }
}

const text = (value: unknown) => typeof value === 'string' ? value : undefined

/** Whether the gateway takes the answer for a yes. */
export const isSuccess = ({ status }: Answer) => status !== undefined && status >= 200 && status < 300

/** The answer as people read it: `{"statusCode":500,…}`, `null`, or the error's type and text without the request's id. */
export const shownAnswer = ({ answer: { errorType, errorMessage, payload } }: Invocation) =>
  errorType || errorMessage ? [errorType, errorMessage?.split('\n')[0]?.replace(/^RequestId: \S+ (Error: )?/, '')].filter(Boolean).join(': ') : shortened(payload, 200)

export const shortened = (value: string, length: number) => value.length > length ? `${value.slice(0, length - 1)}…` : value
