import { crc32 } from 'node:zlib'
import type { Cloud } from '../cloud.ts'
import type { Context, RawAnswer } from '../service.ts'
import { EngineError, type Json } from './engine.ts'
import { isItemOperation, runItemOperation } from './items.ts'

/**
 * Answers item operations from body to body, without decoding attribute values in between. Everything else is undefined: `open` has it.
 *
 * @see F (facts)
 */
export function passThrough(cloud: Cloud, context: Context, body: Uint8Array): Promise<RawAnswer> | undefined {
  const { operation } = context
  if (!isItemOperation(operation)) return undefined
  return answer(() => runItemOperation(cloud, context, operation, parse(body)))
}

async function answer(run: () => Promise<Json>): Promise<RawAnswer> {
  try {
    return json(200, await run())
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return json(error.status, error.body)
  }
}

function parse(body: Uint8Array): Json {
  try {
    const input = JSON.parse(Buffer.from(body).toString())
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input
  } catch { /* answered below */ }
  throw new EngineError(400, { __type: 'com.amazon.coral.service#SerializationException' })
}

function json(status: number, value: Json): RawAnswer {
  const body = Buffer.from(JSON.stringify(value))
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-crc32': String(crc32(body)) }, body }
}
