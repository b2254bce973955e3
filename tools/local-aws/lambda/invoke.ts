import type { Context, Input, Operations, Output } from '../service.ts'
import { queueInvocation } from './async-queue.ts'
import { conflict, invalidContent, invalidParameter, tooLarge } from './errors.ts'
import { findFunction, referenceTo } from './function-store.ts'
import type { Invocation } from './environment.ts'
import type { Lambda } from './lambda.ts'
import { runFunction } from './run-function.ts'

const MAX_BYTES = { RequestResponse: 6_291_456, Event: 1_048_576 }

/** Runs functions. @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html and D1 */
export function invokeOperations(lambda: Lambda) {
  return {
    async Invoke(input, context) {
      const { InvocationType = 'RequestResponse', LogType } = input
      const record = target(lambda, input)
      if (InvocationType === 'DryRun') return { StatusCode: 204 }

      const invocation = readInvocation(input, context)
      await lambda.transitions.settled(record.configuration.FunctionName)
      if (record.configuration.State !== 'Active')
        throw conflict(`The operation cannot be performed at this time. The function is currently in the following state: ${record.configuration.State}`)
      if (InvocationType === 'Event') {
        queueInvocation(lambda, record, invocation)
        return { StatusCode: 202 }
      }

      const { payload, errorType, tail } = await runFunction(lambda, record, invocation)
      return {
        StatusCode: 200, ExecutedVersion: '$LATEST', Payload: payload as Output<'lambda', 'Invoke'>['Payload'],
        ...(errorType && { FunctionError: 'Unhandled' }),
        ...(LogType === 'Tail' && { LogResult: tail }),
      }
    },
  } satisfies Operations<'lambda'>
}

/** An unknown function is told of by the qualified ARN since 2025 (D1.9). */
function target({ document, place }: Lambda, { FunctionName, Qualifier }: Input<'lambda', 'Invoke'>) {
  const { qualifier = '$LATEST' } = referenceTo(FunctionName, place, Qualifier)
  return findFunction(document.data, place, FunctionName, qualifier)
}

function readInvocation({ InvocationType, Payload, ClientContext }: Input<'lambda', 'Invoke'>, { requestId }: Context): Invocation {
  const payload = Payload === undefined ? Buffer.alloc(0) : typeof Payload === 'string' ? Buffer.from(Payload) : Buffer.from(Payload as Uint8Array)
  const limit = MAX_BYTES[InvocationType === 'Event' ? 'Event' : 'RequestResponse']
  if (payload.byteLength > limit) throw tooLarge(`Request must be smaller than ${limit} bytes for the InvokeFunction operation`)
  return { requestId, payload: checkJson(payload), clientContext: readClientContext(ClientContext) }
}

/** No body at all is an empty object. The second half of the text is written by the JSON parser, which is another one here (D1.8). */
function checkJson(payload: Buffer): Buffer {
  if (payload.byteLength === 0) return Buffer.from('{}')
  try {
    JSON.parse(payload.toString())
    return payload
  } catch (error) {
    throw invalidContent(`Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`)
  }
}

function readClientContext(encoded: string | undefined): unknown {
  if (!encoded) return undefined
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString())
  } catch {
    throw invalidParameter('Client context must be a valid Base64-encoded JSON object.')
  }
}
