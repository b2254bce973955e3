import type { Operations } from '../service.ts'
import { invalidParameter, violates } from './errors.ts'
import { findFunction } from './function-store.ts'
import type { Lambda } from './lambda.ts'
import { unreservedLimit } from './pool.ts'

/** AWS keeps so much of an account's concurrency for functions without a reservation: 100, or all of it in new accounts that have only 10. */
const LEAST_UNRESERVED = 100

/** Reserved concurrency. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
export function concurrencyOperations({ document, place }: Lambda) {
  const find = (functionName: string | undefined) => findFunction(document.data, place, functionName)
  return {
    PutFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: wanted = 0 }) {
      const record = find(FunctionName)
      if (wanted < 0) throw violates(wanted, 'reservedConcurrentExecutions', 'Member must have value greater than or equal to 0')
      const least = Math.min(LEAST_UNRESERVED, document.data.concurrentExecutions)
      if (unreservedLimit(document.data) + (record.reservedConcurrency ?? 0) - wanted < least)
        throw invalidParameter(`Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`)
      record.reservedConcurrency = wanted
      document.changed()
      return { ReservedConcurrentExecutions: wanted }
    },
    GetFunctionConcurrency({ FunctionName }) {
      const { reservedConcurrency } = find(FunctionName)
      return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency }
    },
    DeleteFunctionConcurrency({ FunctionName }) {
      delete find(FunctionName).reservedConcurrency
      document.changed()
      return {}
    },
  } satisfies Operations<'lambda'>
}
