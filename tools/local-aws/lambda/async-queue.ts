import { AwsError } from '../aws-error.ts'
import type { Invocation } from './environment.ts'
import type { FunctionRecord } from './function-store.ts'
import type { Lambda } from './lambda.ts'
import { runFunction } from './run-function.ts'

/** A failed event is tried twice more, after one and after two minutes. */
const RETRY_MS = [60_000, 120_000]
const THROTTLED_MS = 1_000
const MAX_THROTTLED = 300

/**
 * Runs an event that nobody waits for, with AWS's two retries.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 *
 * Differs from AWS: the queue is lost when the local AWS stops, and a throttled event is tried for five minutes, not six hours.
 */
export function queueInvocation(lambda: Lambda, record: FunctionRecord, invocation: Invocation, { failures = 0, refusals = 0 } = {}): void {
  const { cloud, document } = lambda
  const again = (ms: number, counts: { failures: number, refusals: number }) => cloud.clock.after(ms, () => {
    const current = document.data.functions[record.configuration.FunctionName]
    if (current) queueInvocation(lambda, current, invocation, counts)
  })
  const attempt = async () => {
    try {
      const { errorType } = await runFunction(lambda, record, invocation)
      const wait = RETRY_MS[failures]
      if (errorType && wait !== undefined) again(wait, { failures: failures + 1, refusals })
    } catch (error) {
      const isThrottled = error instanceof AwsError && error.name === 'TooManyRequestsException'
      if (isThrottled && refusals < MAX_THROTTLED) again(THROTTLED_MS, { failures, refusals: refusals + 1 })
    }
  }
  void attempt()
}
