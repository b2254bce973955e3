import { JsonCodec, XmlCodec } from '@aws-sdk/core/protocols'
import { FromStringShapeDeserializer, ToStringShapeSerializer } from '@smithy/core/protocols'
import type { NormalizedSchema } from '@smithy/core/schema'
import type { Protocol } from './service-model.ts'

/** Numbers by which @smithy/core names the formats of timestamps. */
const DATE_TIME = 5
const EPOCH_SECONDS = 7

// These hold settings only; whatever remembers what it is writing is made anew for each use.
const settings = (format: number) => ({ timestampFormat: { useTrait: true, default: format as 5 | 7 }, httpBindings: true })
const restJson = new JsonCodec({ ...settings(EPOCH_SECONDS), jsonName: true })
const rpcJson = new JsonCodec({ ...settings(EPOCH_SECONDS), jsonName: false })
const xml = new XmlCodec({ ...settings(DATE_TIME), xmlNamespace: '', serviceNamespace: '' })
const text = new FromStringShapeDeserializer(settings(EPOCH_SECONDS))

const jsonOf = (protocol: Protocol) => protocol === 'restJson1' ? restJson : rpcJson

/** Turns parsed JSON into the typed value that `schema` describes. */
export const fromJson = (protocol: Protocol, schema: NormalizedSchema, value: unknown) => jsonOf(protocol).createDeserializer().readObject(schema, value as any)

export function toJson(protocol: Protocol, schema: NormalizedSchema, value: unknown): string {
  const serializer = jsonOf(protocol).createSerializer()
  serializer.write(schema, value)
  return serializer.flush() as string
}

export const fromXml = (schema: NormalizedSchema, body: Uint8Array) => xml.createDeserializer().read(schema, body)

/** One element. `namespace` becomes its xmlns; leave it out inside another element. */
export function toXml(schema: NormalizedSchema, value: unknown, namespace = ''): string {
  const codec = namespace ? new XmlCodec({ ...settings(DATE_TIME), xmlNamespace: namespace, serviceNamespace: '' }) : xml
  const serializer = codec.createSerializer()
  serializer.write(schema, value)
  return serializer.flush() as string
}

/** Reads what stands in a label, a query parameter or a header. */
export const fromText = (schema: NormalizedSchema, value: string): unknown => text.read(schema, value)

export function toText(schema: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer(settings(EPOCH_SECONDS))
  serializer.write(schema, value)
  return serializer.flush()
}

/** What may stand in a header: other text is encoded as S3 does for metadata (RFC 2047). */
export const toHeader = (value: string) => /^[\t\x20-\x7e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value, 'utf8').toString('base64')}?=`

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Escapes text for XML; control characters, which XML 1.0 cannot hold, become U+FFFD. */
export const escapeXml = (value: unknown) =>
  // oxlint-disable-next-line no-control-regex
  String(value).replace(/[&<>"]/g, (character) => ESCAPES[character]!).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
