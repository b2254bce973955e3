import type { NormalizedSchema } from '@smithy/core/schema'
import type { RawAnswer } from '../service.ts'
import { toHeader, toJson, toText, toXml } from './codecs.ts'
import { membersOf, structureOf, traitsOf, type OperationModel, type ServiceModel } from './service-model.ts'

type Output = Record<string, unknown>
type Binding = { service: ServiceModel, operation: OperationModel, requestId: string }

const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** Writes an operation's output as its service does. */
export function encodeOutput(binding: Binding, output: Output = {}): RawAnswer | Promise<RawAnswer> {
  switch (binding.service.protocol) {
    case 'awsQuery': return encodeQuery(binding, output)
    case 'awsJson1_0': case 'awsJson1_1': return encodeRpcJson(binding, output)
    default: return encodeRest(binding, output)
  }
}

export const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')
export const rpcContentType = (protocol: string) => `application/x-amz-json-${protocol === 'awsJson1_0' ? '1.0' : '1.1'}`

function encodeQuery({ service, operation, requestId }: Binding, output: Output): RawAnswer {
  const { name } = operation
  const result = operation.output.isStructSchema() ? toXml(structureOf(`${name}Result`, membersOf(operation.output)), output) : ''
  const body = `<${name}Response xmlns="${service.xmlNamespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`
  return { status: 200, headers: { 'Content-Type': 'text/xml' }, body: bytesOf(body) }
}

function encodeRpcJson({ service: { protocol }, operation }: Binding, output: Output): RawAnswer {
  const body = operation.output.isStructSchema() ? toJson(protocol, operation.output, output) : ''
  return { status: 200, headers: { 'Content-Type': rpcContentType(protocol) }, body: bytesOf(body) }
}

async function encodeRest({ service, operation }: Binding, output: Output): Promise<RawAnswer> {
  const answer: RawAnswer = { status: operation.http!.status, headers: {}, body: new Uint8Array() }
  const inBody: [string, NormalizedSchema][] = []
  let payload: [string, NormalizedSchema] | undefined

  for (const [name, member] of membersOf(operation.output)) {
    const traits = traitsOf(member)
    const value = output[name]
    if (traits.httpPayload) payload = [name, member]
    else if (traits.httpResponseCode) answer.status = typeof value === 'number' ? value : answer.status
    else if (traits.httpHeader) { if (value != null) answer.headers[traits.httpHeader] = toHeader(toText(member, value)) }
    else if (traits.httpPrefixHeaders !== undefined)
      for (const [key, text] of Object.entries(value ?? {})) answer.headers[traits.httpPrefixHeaders + key] = toHeader(String(text))
    else inBody.push([name, member])
  }

  if (payload) await writePayload(answer, service, payload[1], output[payload[0]])
  else writeBody(answer, service, operation.output, inBody, output)
  return answer
}

async function writePayload(answer: RawAnswer, service: ServiceModel, member: NormalizedSchema, value: unknown) {
  const isJson = service.protocol === 'restJson1'
  if (value == null) {
    if (isJson) answer.headers['Content-Type'] ??= 'application/json'
    return
  }
  if (member.isBlobSchema() || member.isStreaming()) {
    answer.headers['Content-Type'] ??= isJson ? 'application/json' : 'binary/octet-stream'
    answer.body = await collect(value)
  } else if (member.isStringSchema()) {
    answer.headers['Content-Type'] ??= isJson ? 'application/json' : 'text/plain'
    answer.body = bytesOf(String(value))
  } else {
    answer.headers['Content-Type'] = isJson ? 'application/json' : 'application/xml'
    answer.body = bytesOf(isJson ? toJson(service.protocol, member, value) : XML_DECLARATION + toXml(member, value, service.xmlNamespace))
  }
}

function writeBody(answer: RawAnswer, service: ServiceModel, schema: NormalizedSchema, members: [string, NormalizedSchema][], output: Output) {
  if (answer.status === 204) return
  if (service.protocol === 'restJson1') {
    answer.headers['Content-Type'] ??= 'application/json'
    answer.body = bytesOf(members.length > 0 ? toJson(service.protocol, structureOf(schema.getName()!, members), output) : schema.isStructSchema() ? '{}' : '')
  } else if (members.length > 0) {
    answer.headers['Content-Type'] ??= 'application/xml'
    answer.body = bytesOf(XML_DECLARATION + unwrapped(schema, members, toXml(structureOf(schema.getName()!, members, traitsOf(schema)), output, service.xmlNamespace)))
  }
}

/** `<A xmlns="…"><A>text</A></A>` is `<A xmlns="…">text</A>` on AWS: the answer to GetBucketLocation. */
function unwrapped(schema: NormalizedSchema, members: [string, NormalizedSchema][], xml: string): string {
  const [name] = members[0] ?? []
  if (members.length !== 1 || traitsOf(schema).xmlName !== name) return xml
  return xml.replace(`><${name}>`, '>').replace(`</${name}></${name}>`, `</${name}>`)
}

/** A streamed member: bytes or text, or something that yields them. */
async function collect(value: unknown): Promise<Uint8Array> {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return bytesOf(value)
  const chunks: Uint8Array[] = []
  for await (const chunk of value as AsyncIterable<Uint8Array | string>) chunks.push(typeof chunk === 'string' ? bytesOf(chunk) : chunk)
  return Buffer.concat(chunks)
}
