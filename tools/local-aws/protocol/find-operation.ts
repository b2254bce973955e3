import { AwsError, notBuilt } from '../aws-error.ts'
import { decodeJson } from './decode-json.ts'
import { decodeQuery } from './decode-query.ts'
import { decodeRest } from './decode-rest.ts'
import { matchRoute } from './match-operation.ts'
import type { OperationModel, Protocol, ServiceModel } from './service-model.ts'
import type { WireRequest } from './wire-request.ts'

/** An operation that was asked for, and how to read its input from the body. */
export type Call = { operation: OperationModel, decode(request: WireRequest, body: Uint8Array): unknown }

/** Finds what a request asks of a service. Throws AwsError for an operation that the service does not have, and MalformedInput. */
export function findOperation(service: ServiceModel, request: WireRequest, body: Uint8Array): Call {
  const { protocol } = service
  if (protocol === 'awsQuery') {
    const form = formOf(request, body)
    const operation = service.operations.get(form.get('Action') ?? '')
    if (!operation) throw unknownOperation(service, request, form)
    return { operation, decode: () => decodeQuery(operation.input, withPath(service, request, form)) }
  }
  if (protocol === 'awsJson1_0' || protocol === 'awsJson1_1') {
    const [prefix, name] = targetOf(request)
    const operation = prefix === service.targetPrefix ? service.operations.get(name) : undefined
    if (!operation) throw unknownOperation(service, request)
    return { operation, decode: (_, bytes) => decodeJson(protocol, operation.input, bytes) }
  }
  const match = matchRoute(service, request)
  if (!match) throw unknownOperation(service, request)
  return { operation: match.operation, decode: (whole, bytes) => decodeRest({ ...match, request: whole, body: bytes, protocol }) }
}

/** Old clients post to the address of a queue, and do not name it again. */
function withPath({ definition: { query } }: ServiceModel, { path, headers }: WireRequest, form: URLSearchParams): URLSearchParams {
  if (query && path !== '/' && !form.has(query.pathMember)) form.set(query.pathMember, `http://${headers.host ?? 'localhost'}${path}`)
  return form
}

/** The parameters of an awsQuery request: of the form in the body, or of the address. */
export const formOf = ({ method, query }: WireRequest, body: Uint8Array) =>
  method === 'POST' ? new URLSearchParams(Buffer.from(body).toString('utf8')) : query

/** `['DynamoDB_20120810', 'PutItem']` */
export function targetOf({ headers }: WireRequest): [prefix: string, operation: string] {
  const target = headers['x-amz-target'] ?? ''
  const dot = target.lastIndexOf('.')
  return [target.slice(0, Math.max(dot, 0)), target.slice(dot + 1)]
}

/** Guesses how a request speaks, where its service is not known. */
export function guessProtocol({ headers, path, method, query }: WireRequest, body: Uint8Array): Protocol {
  const type = headers['content-type'] ?? ''
  if (headers['x-amz-target'] || type.includes('x-amz-json')) return type.includes('1.1') ? 'awsJson1_1' : 'awsJson1_0'
  if (query.has('Action') || (method === 'POST' && type.includes('x-www-form-urlencoded') && formOf({ method, query } as WireRequest, body).has('Action'))) return 'awsQuery'
  return type.includes('json') || /^\/(?:v\d|\d{4}-\d\d-\d\d)\//.test(path) ? 'restJson1' : 'restXml'
}

/** What a request asks for, in words: `SendMessage`, or `PUT /v2/things`. */
export function describeCall(request: WireRequest, body: Uint8Array): string {
  return targetOf(request)[1] || request.query.get('Action') || formOf(request, body).get('Action') || `${request.method} ${request.path}`
}

/** Each family has a code of its own; the message names what was asked for, which AWS does not always do. */
function unknownOperation({ protocol, definition: { name } }: ServiceModel, request: WireRequest, form?: URLSearchParams): AwsError {
  const asked = `${request.method} ${request.url}`
  switch (protocol) {
    case 'awsQuery': return form?.get('Action')
      ? new AwsError('InvalidAction', `Could not find operation ${form.get('Action')} for version ${form.get('Version') ?? 'NO_VERSION_SPECIFIED'}`, { status: 400 })
      : new AwsError('MissingAction', `${asked} names no Action of ${name}`, { status: 400 })
    case 'restXml': return new AwsError('MethodNotAllowed', `The specified method is not allowed against this resource: ${asked}`, { status: 405, fields: { Method: request.method } })
    // REST APIs are signed for the same service, by addresses of their own.
    case 'restJson1': return name === 'apigatewayv2' && !request.path.startsWith('/v2/')
      ? notBuilt(`API Gateway v1 (REST APIs), ${asked},`)
      : new AwsError('UnknownOperationException', `${asked} is no operation of ${name}`, { status: 404 })
    default: return new AwsError('UnknownOperationException', `${request.headers['x-amz-target'] ?? asked} is no operation of ${name}`, { status: 400 })
  }
}
