import type { IncomingMessage } from 'node:http'
import { AwsError } from '../aws-error.ts'
import type { ServiceName } from '../service.ts'
import type { Protocol } from './service-model.ts'

const MEBIBYTE = 1024 * 1024
const DEFAULT_LIMIT = MEBIBYTE
/** Bytes of one request. Lambda: a zip of 50 MB in base64; DynamoDB: F.9; SQS: 1 MB of messages, escaped. Differs from AWS: S3 takes 5 GB at once. */
const LIMITS: { [S in ServiceName]?: number } = { lambda: 70_167_211, s3: 64 * MEBIBYTE, dynamodb: 16 * MEBIBYTE, logs: 4 * MEBIBYTE, sqs: 4 * MEBIBYTE }

export const bodyLimit = (service: ServiceName | undefined) => service && LIMITS[service] || DEFAULT_LIMIT

/** A body larger than its service takes. */
export class BodyTooLarge extends Error {
  readonly limit: number

  constructor(limit: number) {
    super(`Request must be smaller than ${limit} bytes`)
    this.name = 'BodyTooLarge'
    this.limit = limit
  }
}

/** Reads a whole body. Throws BodyTooLarge; what the client still sends is then thrown away, so that it can read the answer. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(request, limit)

  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > limit) throw tooLarge(request, limit)
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

function tooLarge(request: IncomingMessage, limit: number) {
  request.resume()
  return new BodyTooLarge(limit)
}

export function bodyTooLargeError({ limit, message }: BodyTooLarge, protocol: Protocol, operation: string | undefined): AwsError {
  if (protocol === 'restXml') return new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { status: 400, fields: { MaxSizeAllowed: limit } })
  const text = operation ? `${message} for the ${operation} operation` : message
  return new AwsError(protocol === 'awsQuery' ? 'RequestEntityTooLarge' : 'RequestEntityTooLargeException', text, { status: 413 })
}
