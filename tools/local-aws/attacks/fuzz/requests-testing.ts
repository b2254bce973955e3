import type { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'
import type { RawRequest } from '../../protocol/signed-fetch-testing.ts'
import { membersOf, requiredMembersOf, traitsOf, type OperationModel, type ServiceModel } from '../../protocol/service-model.ts'
import { oddText, oddValue } from './fuzzing-testing.ts'

const MAX_DEPTH = 3
type Values = Record<string, unknown>

/**
 * Inputs that are nearly what `schema` describes: most members right in kind and odd in value, some wrong, some missing.
 *
 * @param texts what stands where a text belongs
 */
export function nearly(schema: NormalizedSchema, texts: fc.Arbitrary<string>, depth = 0): fc.Arbitrary<unknown> {
  const right = rightKind(schema, texts, depth)
  return depth === 0 ? right : fc.oneof({ arbitrary: right, weight: 9 }, { arbitrary: oddValue, weight: 1 })
}

function rightKind(schema: NormalizedSchema, texts: fc.Arbitrary<string>, depth: number): fc.Arbitrary<unknown> {
  if (depth > MAX_DEPTH) return fc.constant({})
  if (schema.isStructSchema() || schema.isUnitSchema()) {
    const required = requiredMembersOf(schema)
    const members = membersOf(schema).map(([name, member]) => {
      const value = nearly(member, texts, depth + 1)
      return [name, fc.option(value, { nil: undefined, freq: required.has(name) ? 30 : 1 })] as const
    })
    return fc.record(Object.fromEntries(members)).map(withoutUndefined)
  }
  if (schema.isListSchema()) return fc.array(nearly(schema.getValueSchema(), texts, depth + 1), { maxLength: 3 })
  if (schema.isMapSchema()) return fc.dictionary(texts, nearly(schema.getValueSchema(), texts, depth + 1), { maxKeys: 3 })
  if (schema.isBooleanSchema()) return fc.boolean()
  if (schema.isNumericSchema()) return fc.oneof(fc.integer({ min: -2, max: 100 }), fc.constantFrom(2 ** 31, 1.5, 1e20, 0))
  if (schema.isTimestampSchema()) return fc.constantFrom(0, 1_700_000_000, -1, 1e15, '2020-01-01T00:00:00Z')
  if (schema.isBlobSchema()) return fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('base64'))
  return texts
}

const withoutUndefined = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** Writes values as the service's protocol has them, without asking whether they fit. */
export function requestOf({ protocol, targetPrefix, xmlNamespace, definition }: ServiceModel, { name, http, input }: OperationModel, values: Values): RawRequest {
  switch (protocol) {
    case 'awsJson1_0': case 'awsJson1_1':
      return { method: 'POST', path: '/', headers: { 'x-amz-target': `${targetPrefix}.${name}`, 'content-type': `application/x-amz-json-1.${protocol.at(-1)}` }, body: JSON.stringify(values) }
    case 'awsQuery': {
      const version = /\d{4}-\d\d-\d\d/.exec(xmlNamespace)?.[0] ?? ''
      const form = new URLSearchParams([['Action', name], ['Version', version], ...flat(values)])
      return { method: 'POST', path: '/', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() }
    }
    default: return restRequest(definition.name === 's3' ? 'xml' : 'json', { name, http, input }, values)
  }
}

function restRequest(format: 'xml' | 'json', { http, input }: Pick<OperationModel, 'name' | 'http' | 'input'>, values: Values): RawRequest {
  const headers: Record<string, string> = {}
  const query = new URLSearchParams(http!.query)
  const labels: Record<string, string> = {}
  let body: Record<string, unknown> = {}
  let payload: unknown
  for (const [name, member] of membersOf(input)) {
    const value = values[name]
    if (value === undefined) continue
    const { httpLabel, httpQuery, httpHeader, httpPayload } = traitsOf(member)
    if (httpLabel) labels[name] = textOf(value)
    else if (httpQuery) query.append(httpQuery, textOf(value))
    else if (httpHeader) headers[httpHeader.toLowerCase()] = inHeader(value)
    else if (httpPayload) payload = value
    else body = { ...body, [name]: value }
  }
  const path = http!.segments.map((segment) => segment.startsWith('{') ? encoded(labels[segment.replace(/[{}+]/g, '')] ?? 'x', segment.includes('+')) : segment).join('/')
  const search = query.size > 0 ? `?${query}` : ''
  const hasBody = http!.method !== 'GET' && http!.method !== 'HEAD'
  return { method: http!.method, path: `/${path}${search}`, headers, body: hasBody ? written(format, payload ?? body) : '' }
}

const textOf = (value: unknown) => typeof value === 'object' ? JSON.stringify(value) : String(value)
// What a client cannot put on the wire says nothing about the server.
const inHeader = (value: unknown) => textOf(value).replaceAll(/[^\x20-\x7e]/g, '?')
/** As clients encode a label; a lone surrogate, which has no encoding, becomes U+FFFD. */
const encoded = (label: string, isGreedy: boolean) => (isGreedy ? label.split('/') : [label]).map((part) => encodeURIComponent(Buffer.from(part).toString())).join('/') || 'x'

function written(format: 'xml' | 'json', value: unknown): string {
  if (typeof value === 'string') return value
  return format === 'json' ? JSON.stringify(value) : `<Body>${xml(value)}</Body>`
}

function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('')
  if (typeof value !== 'object' || value === null) return String(value).replaceAll(/[<&]/g, (found) => found === '<' ? '&lt;' : '&amp;')
  return Object.entries(value).map(([name, inner]) => {
    const element = name.replaceAll(/[^\w.-]/g, '_') || '_'
    return Array.isArray(inner) ? inner.map((item) => `<${element}>${xml(item)}</${element}>`).join('') : `<${element}>${xml(inner)}</${element}>`
  }).join('')
}

function flat(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => flat(item, `${path}.member.${index + 1}`))
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, inner]) => flat(inner, path ? `${path}.${name}` : name))
  return [[path, String(value)]]
}

/** A change to the request as it goes out. */
export const damage: fc.Arbitrary<(request: RawRequest) => RawRequest> = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map((part) => withBody((bytes) => bytes.subarray(0, Math.floor(bytes.length * part)))),
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ maxLength: 8 })).map(([part, more]) => withBody((bytes) => {
    const at = Math.floor(bytes.length * part)
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])
  })),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => withBody(() => bytes)),
  fc.constantFrom('', 'null', '[]', '"x"', '7', '{', '<a>', '<a></b>', '&&==&', '%', '['.repeat(20_000), '<a>'.repeat(20_000), '{"L":['.repeat(20_000), '{"M":{"a":'.repeat(5_000), `${'{"Item":{"a":'}${'{"L":['.repeat(2_000)}`)
    .map((text) => withBody(() => Buffer.from(text))),
  fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS').map((method) => (request: RawRequest) => ({ ...request, method })),
  fc.tuple(fc.constantFrom('?', '&', '?uploads', '?max-keys=x', '&list-type=2', '/', '//', '?%', '?a=%zz', '?x-id=PutObject', '?X-Amz-Signature=1', '/%ff', '/..')).map(([more]) => (request: RawRequest) => ({ ...request, path: `${request.path}${more}` })),
  fc.tuple(
    fc.constantFrom('content-type', 'x-amz-target', 'content-encoding', 'x-amz-checksum-crc32', 'content-md5', 'if-match', 'if-none-match', 'if-modified-since', 'range', 'x-amz-meta-a', 'x-amz-copy-source', 'x-amz-client-context', 'x-amz-decoded-content-length'),
    fc.oneof(oddText, fc.constantFrom('aws-chunked', 'application/x-amz-json-1.1', 'application/cbor', 'bytes=5-1', 'DynamoDB_20120810.constructor', 'x.__proto__')),
  ).map(([name, value]) => (request: RawRequest) => ({ ...request, headers: { ...request.headers, [name]: inHeader(value).trim() } })),
)

const withBody = (change: (bytes: Buffer) => Uint8Array) => (request: RawRequest): RawRequest => ({ ...request, body: change(Buffer.from((request.body ?? '') as string)) })
