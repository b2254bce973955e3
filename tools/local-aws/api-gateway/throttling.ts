import type { StageRecord } from './records.ts'
import { throttlingOf } from './stages.ts'

/**
 * Whether the settings let nothing through at all: a rate or burst of 0, which templates ask for without meaning to (A15.2).
 *
 * Differs from AWS: other rates do not limit anything here.
 */
export function isClosedTo(stage: StageRecord | undefined, routeKey: string) {
  if (!stage) return false
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = throttlingOf(stage, routeKey)
  return ThrottlingRateLimit === 0 || ThrottlingBurstLimit === 0
}
