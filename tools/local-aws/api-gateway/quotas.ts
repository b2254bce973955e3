import { badRequest } from './errors.ts'

const MAX_TEMPLATE_BYTES = 300 * 1024
const MOST = { Routes: 300, Integrations: 300, Stages: 10, Authorizers: 10 }

/**
 * Refuses one more of a kind when an API has as many as it may (A12.7, A12.8). The text is recorded for integrations (C5.16); the others are
 * worded alike.
 */
export function mustHaveRoom(kind: keyof typeof MOST, present: object) {
  if (Object.keys(present).length < MOST[kind]) return
  throw badRequest(`Maximum number of ${kind} for this API has been reached.  Please contact AWS if you need additional ${kind}.`)
}

/** Refuses mapping templates over the limit (A12.9). The text is not recorded. */
export function mustFit(templates: Record<string, string> = {}) {
  const large = Object.keys(templates).find((key) => Buffer.byteLength(templates[key]!) > MAX_TEMPLATE_BYTES)
  if (large !== undefined) throw badRequest(`The mapping template ${large} is longer than ${MAX_TEMPLATE_BYTES} bytes`)
}
