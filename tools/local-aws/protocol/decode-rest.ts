import type { NormalizedSchema } from '@smithy/core/schema'
import { fromXml } from './codecs.ts'
import { decodeJson } from './decode-json.ts'
import { MalformedInput } from './malformed-input.ts'
import type { Match } from './match-operation.ts'
import { readScalar } from './read-scalar.ts'
import { membersOf, structureOf, traitsOf, type Protocol } from './service-model.ts'
import type { WireRequest } from './wire-request.ts'

type Input = Record<string, unknown>
type Source = Match & { request: WireRequest, body: Uint8Array, protocol: Protocol }

/** Gathers the input of a REST operation from path, query, headers and body. Throws MalformedInput. */
export function decodeRest(source: Source): Input {
  const input: Input = {}
  const inBody: [string, NormalizedSchema][] = []
  for (const [name, member] of membersOf(source.operation.input)) {
    const traits = traitsOf(member)
    if (traits.httpPayload) readPayload(input, name, member, source)
    else if (isBound(traits)) set(input, name, readBound(name, member, source))
    else inBody.push([name, member])
  }
  if (inBody.length > 0 && source.body.length > 0)
    Object.assign(input, readBody(structureOf(source.operation.input.getName() ?? 'Input', inBody), source))
  return input
}

/** Whether a member travels outside the body. */
export const isBound = ({ httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders }: Record<string, unknown>) =>
  Boolean(httpLabel || httpQuery || httpQueryParams || httpHeader) || httpPrefixHeaders !== undefined

const set = (input: Input, name: string, value: unknown) => { if (value !== undefined) input[name] = value }

function readBound(name: string, member: NormalizedSchema, source: Source): unknown {
  const { labels, request: { query, headers } } = source
  const { httpLabel, httpQuery, httpQueryParams, httpHeader } = traitsOf(member)
  if (httpLabel) return labels[name] === undefined ? undefined : readScalar(member, labels[name], name)
  if (httpQueryParams) return otherQuery(member, source)
  if (httpHeader) {
    const value = headers[httpHeader.toLowerCase()]
    return value === undefined ? undefined : readScalar(member, value, name)
  }
  if (!httpQuery) return prefixed(headers, traitsOf(member).httpPrefixHeaders)
  if (!query.has(httpQuery)) return
  if (member.isListSchema()) return query.getAll(httpQuery).map((value) => readScalar(member.getValueSchema(), value, name))
  return readScalar(member, query.get(httpQuery)!, name)
}

function prefixed(headers: Record<string, string>, prefix: string) {
  const start = prefix.toLowerCase()
  const found = Object.entries(headers).filter(([name]) => name.startsWith(start)).map(([name, value]) => [name.slice(start.length), value])
  return found.length > 0 ? Object.fromEntries(found) : undefined
}

/** The parameters that belong to no other member. */
function otherQuery(member: NormalizedSchema, { operation, request: { query } }: Source) {
  const taken = new Set(membersOf(operation.input).map(([, other]) => traitsOf(other).httpQuery))
  for (const [name] of operation.http!.query) taken.add(name)
  const names = [...new Set(query.keys())].filter((name) => !taken.has(name))
  if (names.length === 0) return
  return Object.fromEntries(names.map((name) => [name, member.getValueSchema().isListSchema() ? query.getAll(name) : query.get(name)]))
}

function readPayload(input: Input, name: string, member: NormalizedSchema, source: Source) {
  const { body } = source
  if (member.isBlobSchema() || member.isStreaming()) {
    if (body.length > 0 || member.isStreaming()) input[name] = body
  } else if (body.length === 0) return
  else input[name] = member.isStringSchema() ? Buffer.from(body).toString('utf8') : readBody(member, source)
}

function readBody(schema: NormalizedSchema, { protocol, body }: Source): Input {
  if (protocol === 'restJson1') return decodeJson(protocol, schema, body) as Input
  try {
    return fromXml(schema, body) as Input
  } catch (cause) {
    throw new MalformedInput('The body is not the XML that was expected.', 'body', { cause })
  }
}
