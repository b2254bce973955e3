import { randomBytes } from 'node:crypto'

/** What happened in an invocation, as its log tells it. Times in milliseconds. */
export type Report = {
  requestId: string
  durationMs: number
  initMs?: number
  memorySizeMB: number
  maxMemoryUsedMB: number
  /** `timeout`, or `error` with its type */
  trouble?: { status: 'timeout' | 'error', errorType?: string }
}

export type PlatformLines = {
  initStart(runtime: string, versionArn: string): string
  start(requestId: string, functionArn: string): string
  end(report: Report): string
}

const billedMs = ({ durationMs, initMs = 0 }: Report) => Math.ceil(durationMs + initMs)

/** @see D3 for the texts; tabs matter */
export const textLines: PlatformLines = {
  initStart: (runtime, versionArn) => `INIT_START Runtime Version: ${runtime}\tRuntime Version ARN: ${versionArn}\n`,
  start: (requestId) => `START RequestId: ${requestId} Version: $LATEST\n`,
  end(report) {
    const { requestId, durationMs, initMs, memorySizeMB, maxMemoryUsedMB, trouble } = report
    const fields = [
      `REPORT RequestId: ${requestId}`, `Duration: ${durationMs.toFixed(2)} ms`, `Billed Duration: ${billedMs(report)} ms`,
      `Memory Size: ${memorySizeMB} MB`, `Max Memory Used: ${maxMemoryUsedMB} MB`,
      ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
      ...(trouble ? [`Status: ${trouble.status}`, ...(trouble.errorType ? [`Error Type: ${trouble.errorType}`] : [])] : ['']),
    ]
    return `END RequestId: ${requestId}\n${fields.join('\t')}\n`
  },
}

/** @see D3.6 */
export const jsonLines: PlatformLines = {
  initStart: (runtimeVersion, runtimeVersionArn) => event('platform.initStart', { initializationType: 'on-demand', phase: 'init', runtimeVersion, runtimeVersionArn }),
  start: (requestId, functionArn) => event('platform.start', { requestId, functionArn, version: '$LATEST' }),
  end(report) {
    const { requestId, durationMs, initMs, memorySizeMB, maxMemoryUsedMB, trouble } = report
    const status = trouble?.status ?? 'success'
    const errorType = trouble?.errorType && { errorType: trouble.errorType }
    const metrics = {
      durationMs: round(durationMs), billedDurationMs: billedMs(report), memorySizeMB, maxMemoryUsedMB, ...(initMs !== undefined && { initDurationMs: round(initMs) }),
    }
    return event('platform.runtimeDone', { requestId, status, ...errorType, metrics: { durationMs: round(durationMs) } })
      + event('platform.report', { requestId, metrics, status, ...errorType })
  },
}

const event = (type: string, record: object) => `${JSON.stringify({ time: new Date().toISOString(), type, record })}\n`
const round = (ms: number) => Math.round(ms * 1000) / 1000

/** @returns e.g. `2026/09/22/[$LATEST]9f1c…` (D3.7) */
export const logStreamName = (now: number) => `${new Date(now).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`
