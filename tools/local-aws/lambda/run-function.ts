import type { Invocation } from './environment.ts'
import type { FunctionRecord } from './function-store.ts'
import type { Lambda } from './lambda.ts'

/** Runs one invocation and tells the cloud's listeners of it. */
export async function runFunction({ cloud, pool }: Lambda, record: FunctionRecord, invocation: Invocation) {
  const outcome = await pool.run(record, invocation)
  const { requestId } = invocation
  cloud.events.emit({ kind: 'invocation', functionName: record.configuration.FunctionName, requestId, ms: outcome.durationMs, ...(outcome.errorType && { error: outcome.errorType }) })
  return outcome
}
