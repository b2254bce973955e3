import { MalformedInput } from './malformed-input.ts'
import type { HttpBinding, OperationModel, ServiceModel } from './service-model.ts'
import type { WireRequest } from './wire-request.ts'

export type Match = { operation: OperationModel, labels: Record<string, string> }

/** Finds the operation of a REST service by method, path and query. Throws MalformedInput for a path that cannot be decoded. */
export function matchRoute({ routes, isS3 }: ServiceModel, request: WireRequest): Match | undefined {
  const parts = partsOf(request.path, isS3)
  const named = request.query.get('x-id')
  for (const operation of routes) {
    const http = operation.http!
    if (http.method !== request.method || !hasQuery(http, request.query)) continue
    // Some S3 operations share an address, and differ in what they need: UploadPart has partNumber, CopyObject has x-amz-copy-source.
    if (isS3 && !(hasRequired(http, request) && (named === null || named === operation.name))) continue
    const labels = labelsIn(http.segments, parts)
    if (labels) return { operation, labels }
  }
}

/** Encoded segments. A slash at the end means nothing (models of other SDKs have it, this one has not), except in the key of an S3 object. */
function partsOf(path: string, isS3: boolean): string[] {
  const parts = path.split('/').slice(1)
  return parts.length > 1 && parts.at(-1) === '' && (!isS3 || parts.length === 2) ? parts.slice(0, -1) : parts
}

const hasQuery = ({ query }: HttpBinding, asked: URLSearchParams) =>
  query.every(([name, value]) => value === '' ? asked.has(name) : asked.get(name) === value)

const hasRequired = ({ requiredQuery, requiredHeaders }: HttpBinding, { query, headers }: WireRequest) =>
  requiredQuery.every((name) => query.has(name)) && requiredHeaders.every((name) => headers[name] !== undefined)

/** The labels of a path that fits, else undefined. */
function labelsIn(segments: string[], parts: string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const part = parts[index]
    if (part === undefined) return
    if (segment.endsWith('+}')) {
      const rest = parts.slice(index).join('/')
      if (rest === '') return
      labels[segment.slice(1, -2)] = decode(rest)
      return labels
    }
    if (segment.startsWith('{')) {
      if (part === '') return
      labels[segment.slice(1, -1)] = decode(part)
    } else if (segment !== part) return
  }
  return parts.length === segments.length ? labels : undefined
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw new MalformedInput(`The address contains malformed percent-encoding: ${part}`, 'address', { cause })
  }
}
