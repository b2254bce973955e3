import { badRequest } from './errors.ts'

const MOST = { Routes: 300, Integrations: 300, Stages: 10, Authorizers: 10 }

/**
 * Refuses one more of a kind when an API has as many as it may (A12.7, A12.8). The text is recorded for integrations (C5.16); the others are
 * worded alike.
 */
export function mustHaveRoom(kind: keyof typeof MOST, present: object) {
  if (Object.keys(present).length < MOST[kind]) return
  throw badRequest(`Maximum number of ${kind} for this API has been reached.  Please contact AWS if you need additional ${kind}.`)
}
