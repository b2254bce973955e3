import type { Clock } from '../clock.ts'
import type { Place } from '../store.ts'
import { stageAt, type Located } from './directory.ts'
import { throttlingOf } from './stages.ts'
import { createBucket, type Bucket } from './token-bucket.ts'

/** What an account may do in a region, over all its APIs: A12.1 (its burst is not documented), A12.3. */
const CONNECTS = { rate: 500, burst: 500 }
const REQUESTS = { rate: 10_000, burst: 5_000 }

export type Throttling = ReturnType<typeof createThrottling>

/**
 * Counts handshakes, messages and calls of `@connections` against the limits of the account and those of stages and routes (A15.3).
 * A rate or burst of 0, which templates ask for without meaning to (A15.2), lets nothing through at all.
 *
 * Differs from AWS: its buckets are best effort, spread over many machines; here they are exact. Nothing of them outlives the process.
 */
export function createThrottling(clock: Clock) {
  const buckets = new Map<string, Bucket>()

  function take(name: string, limit: { rate: number, burst: number }) {
    let bucket = buckets.get(name)
    if (!bucket?.holds(limit)) buckets.set(name, bucket = createBucket(clock, limit))
    return bucket.take()
  }
  return {
    /** Whether one more handshake may go on, or one more message on this route. */
    admits(located: Located, stageName: string, routeKey: string): boolean {
      const isHandshake = routeKey === '$connect'
      const ofAccount = isHandshake ? take(`${placeOf(located.apis)} connects`, CONNECTS) : take(`${placeOf(located.apis)} requests`, REQUESTS)
      const stage = stageAt(located, stageName)
      const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = stage ? throttlingOf(stage, routeKey) : {}
      if (rate === undefined && burst === undefined) return ofAccount
      return ofAccount && take(`${located.apiId} ${stageName} ${routeKey}`, { rate: rate ?? REQUESTS.rate, burst: burst ?? REQUESTS.burst })
    },
    /** Whether the account may make one more call of `@connections`: they count as messages do. */
    admitsCall: (located: Located): boolean => take(`${placeOf(located.apis)} requests`, REQUESTS),
  }
}

const placeOf = ({ place: { account, region } }: { place: Place }) => `${account} ${region}`
