import { NormalizedSchema } from '@smithy/core/schema'
import type { AwsError } from '../aws-error.ts'
import type { RawAnswer } from '../service.ts'
import { escapeXml, toJson } from './codecs.ts'
import { bytesOf, rpcContentType } from './encode.ts'
import { membersOf, type ExportedSchema, type Protocol, type ServiceModel } from './service-model.ts'

/** What is known of the service that refuses: all of it, or only the protocol that the request speaks. */
export type Refusing = Pick<ServiceModel, 'protocol'> & Partial<ServiceModel>

/** S3 errors whose status the model leaves out; they are said by the status alone where there is no body. */
const S3_STATUS: Record<string, number> = { NotFound: 404, NoSuchBucket: 404, NoSuchKey: 404, NoSuchUpload: 404 }

/** Writes an error as the service does: its own schema if it has one, else code and message. */
export function encodeError(service: Refusing, error: AwsError, requestId: string): RawAnswer {
  const schema = service.errors?.get(error.name)
  const traits = schema?.[3] || {}
  const status = error.status ?? statusIn(service, traits, error.name)
  const code = (service.protocol === 'awsQuery' && traits.awsQueryError?.[0]) || (schema?.[2] ?? error.name)
  const answer = writers[service.protocol]({ service, error, schema, status, code, requestId })
  return { status, headers: { ...answer.headers, ...error.headers }, body: bytesOf(answer.body) }
}

function statusIn({ protocol, isS3 }: Refusing, traits: Record<string, any>, name: string): number {
  const inModel = protocol === 'awsQuery' ? traits.awsQueryError?.[1] ?? traits.httpError : traits.httpError
  return inModel ?? (isS3 ? S3_STATUS[name] : undefined) ?? (traits.error === 'server' ? 500 : 400)
}

type Parts = { service: Refusing, error: AwsError, schema?: ExportedSchema, status: number, code: string, requestId: string }
type Written = { headers: Record<string, string>, body: string }

const writers: Record<Protocol, (parts: Parts) => Written> = {
  restJson1: (parts) => ({
    headers: { 'Content-Type': 'application/json', 'x-amzn-ErrorType': parts.code },
    body: JSON.stringify(jsonBody(parts)),
  }),
  awsJson1_0: rpcJson,
  awsJson1_1: rpcJson,
  awsQuery({ service, error, status, code, requestId }) {
    const type = status < 500 ? 'Sender' : 'Receiver'
    const detail = elements({ Type: type, Code: code, Message: error.message, ...error.fields })
    return {
      headers: { 'Content-Type': 'text/xml' },
      body: `<ErrorResponse xmlns="${service.xmlNamespace ?? ''}"><Error>${detail}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    }
  },
  restXml: ({ error, code, requestId }) => ({
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${elements({ Code: code, Message: error.message, ...error.fields, RequestId: requestId })}</Error>`,
  }),
}

function rpcJson(parts: Parts): Written {
  const { service, schema, code, status } = parts
  const namespace = schema?.[1] ?? 'com.amazon.coral.service'
  const shown = service.isQueryCompatible ? RENAMED[code] ?? code : code
  return {
    headers: {
      'Content-Type': rpcContentType(service.protocol),
      ...service.isQueryCompatible && { 'x-amzn-query-error': `${schema?.[3]?.awsQueryError?.[0] ?? code};${status < 500 ? 'Sender' : 'Receiver'}` },
    },
    body: JSON.stringify({ __type: `${namespace}#${shown}`, ...jsonBody(parts) }),
  }
}

/** Codes of awsQuery that are no part of a model, and what they are called since the service speaks JSON (LocalStack's recordings of SQS). */
const RENAMED: Record<string, string> = {
  AccessDenied: 'AccessDeniedException', InvalidParameterValue: 'InvalidParameterValueException', MissingParameter: 'MissingRequiredParameterException',
}

/** Members as the schema spells them (`message` here, `Message` there, D1.10). A message among the fields wins; an empty one is left out (H.2). */
function jsonBody({ service, error, schema }: Parts): Record<string, unknown> {
  const given = Object.keys(error.fields).find(isMessage)
  if (given || !schema) return given || !error.message ? error.fields : { message: error.message, ...error.fields }

  const normalized = NormalizedSchema.of(schema as any)
  const name = membersOf(normalized).map(([member]) => member).find(isMessage)
  if (!name) return { ...error.message ? { message: error.message } : {}, ...error.fields }
  const inSchema = JSON.parse(toJson(service.protocol, normalized, { ...error.fields, ...error.message ? { [name]: error.message } : {} }))
  const others = Object.entries(error.fields).filter(([field]) => !membersOf(normalized).some(([member]) => member === field))
  return { ...inSchema, ...Object.fromEntries(others) }
}

const isMessage = (name: string) => name.toLowerCase() === 'message'

const elements = (fields: Record<string, unknown>) =>
  Object.entries(fields).filter(([, value]) => value !== undefined).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('')
