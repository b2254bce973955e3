import type { IncomingMessage, ServerResponse } from 'node:http'
import { KitError } from '../../lib/kit-error.ts'
import { AwsError, notBuilt } from '../aws-error.ts'
import type { Cloud } from '../cloud.ts'
import type { Run } from '../dispatch.ts'
import { uuid } from '../ids.ts'
import type { Context, RawAnswer, ServiceDefinition } from '../service.ts'
import { stateFailure } from '../state-failure.ts'
import { unframe } from './aws-chunked.ts'
import { checkChecksums } from './checksum.ts'
import { encodeError, type Refusing } from './encode-error.ts'
import { encodeOutput } from './encode.ts'
import { describeCall, findOperation, guessProtocol } from './find-operation.ts'
import { MalformedInput, malformedInputError } from './malformed-input.ts'
import { BodyTooLarge, bodyLimit, bodyTooLargeError, readBody } from './read-body.ts'
import { checkRequired } from './required-members.ts'
import { createModels, inQueryProtocol, type ServiceModel } from './service-model.ts'
import { claimedService } from './signature-claim.ts'
import { SignatureFault, signatureError } from './signature-fault.ts'
import { checkSignature, type Identity } from './signature.ts'
import { readWireRequest, type WireRequest } from './wire-request.ts'

export type WireParts = { services: ServiceDefinition[], cloud: Pick<Cloud, 'authority' | 'clock' | 'events' | 'store' | 'url'>, run: Run }

/** One request on its way through; filled in as more becomes known. */
type Exchange = { request: WireRequest, body: Uint8Array, requestId: string, startedAt: number, folder: string, service?: ServiceModel, operation?: string }

/**
 * Makes the handler that speaks every AWS protocol the services need (restJson1, awsJson 1.0 and 1.1, awsQuery, restXml), as the schemas of
 * their SDK clients describe them. It answers every request, the malformed ones too, in the shape of the service that was meant.
 */
export function createWireHandler({ services, cloud, run }: WireParts) {
  const modelOf = createModels()

  async function answer(exchange: Exchange, incoming: IncomingMessage): Promise<RawAnswer> {
    const { request, requestId } = exchange
    const named = claimedService(request.headers, request.query)
    const definition = services.find(({ signingName }) => signingName === named)
    const model = definition && await modelOf(definition)
    exchange.service = model && (inQueryProtocol(model, request.headers) ?? model)
    exchange.body = await readBody(incoming, bodyLimit(definition?.name))
    const identity = checkSignature({ ...request, body: exchange.body }, { credential: cloud.authority.credential, now: cloud.clock.now() })

    const { service, body } = exchange
    if (!service) throw notBuilt(`${named} ${describeCall(request, body)}`)
    const { operation, decode } = findOperation(service, request, body)
    exchange.operation = operation.name
    const input = decode(...unpacked(service, request, body))
    checkRequired(service, operation.input, input)
    const output = await run(service.definition, operation.name, input, contextOf(exchange, identity, operation.name), body)
    await cloud.store.flush()
    return isRawAnswer(output) ? output : encodeOutput({ service, operation, requestId }, output as Record<string, unknown>)
  }

  const contextOf = ({ request, requestId }: Exchange, { credential, region }: Identity, operation: string): Context => ({
    account: credential.principal.account, region, caller: credential.principal, operation, requestId, baseUrl: cloud.url, headers: request.headers,
  })

  return async function handleWire(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange: Exchange = { request: readWireRequest(incoming), body: new Uint8Array(), requestId: uuid(), startedAt: performance.now(), folder: cloud.store.root }
    let result: RawAnswer
    try {
      result = await answer(exchange, incoming)
    } catch (error) {
      if (incoming.destroyed && !incoming.complete) return void response.destroy()
      result = answerFor(error, exchange)
    }
    try {
      send(response, result, exchange, cloud.clock.now())
    } catch (error) {
      // A header that HTTP cannot carry.
      for (const name of response.getHeaderNames()) response.removeHeader(name)
      send(response, result = answerFor(error, exchange), exchange, cloud.clock.now())
    }
    cloud.events.emit({
      kind: 'request', service: exchange.service?.definition.name ?? 'unknown', operation: exchange.operation ?? 'unknown',
      status: result.status, ms: performance.now() - exchange.startedAt, requestId: exchange.requestId,
    })
  }
}

/** S3 bodies may come in chunks with checksums behind them; the operation sees neither. */
function unpacked({ isS3 }: ServiceModel, request: WireRequest, body: Uint8Array): [WireRequest, Uint8Array] {
  if (!isS3) return [request, body]
  const { 'content-encoding': encoding = '', 'x-amz-content-sha256': payload = '' } = request.headers
  if (!payload.startsWith('STREAMING-') && !encoding.includes('aws-chunked')) {
    checkChecksums(request.headers, body)
    return [request, body]
  }
  const { body: plain, trailers } = unframe(body)
  const headers = { ...request.headers, ...trailers }
  const others = encoding.split(',').map((name) => name.trim()).filter((name) => name && name !== 'aws-chunked').join(',')
  if (others) headers['content-encoding'] = others
  else delete headers['content-encoding']
  headers['content-length'] = String(plain.length)
  checkChecksums(headers, plain)
  return [{ ...request, headers }, plain]
}

const isRawAnswer = (output: unknown): output is RawAnswer => {
  const { status, headers, body } = (output ?? {}) as Partial<RawAnswer>
  return typeof status === 'number' && typeof headers === 'object' && body instanceof Uint8Array
}

/** Every failure becomes an answer in the shape of the service that was meant. */
function answerFor(error: unknown, exchange: Exchange): RawAnswer {
  const { request, body, requestId } = exchange
  const service: Refusing = exchange.service ?? { protocol: guessProtocol(request, body) }
  return encodeError(service, asAwsError(error, service, exchange), requestId)
}

function asAwsError(error: unknown, { protocol }: Refusing, { service, operation, request, body, requestId, folder }: Exchange): AwsError {
  if (error instanceof AwsError) return error
  if (error instanceof SignatureFault) return signatureError(error, protocol)
  if (error instanceof MalformedInput) return malformedInputError(error, protocol)
  if (error instanceof BodyTooLarge) return bodyTooLargeError(error, protocol, operation)

  const refused = error instanceof KitError ? error : stateFailure(error, folder)
  const code = protocol === 'restXml' ? 'InternalError' : 'InternalFailure'
  if (refused) {
    console.error(refused.message)
    return new AwsError(code, `${refused.failure.what} ${refused.failure.next ?? ''}`.trim(), { status: 500 })
  }

  const place = `${service?.definition.name ?? 'the wire layer'} ${operation ?? describeCall(request, body)}`
  console.error(`The local AWS failed in ${place}, request ${requestId}:`, error)
  return new AwsError(code, `The local AWS failed in ${place}, request ${requestId}. This is its own fault, not yours; the stack is in its log.`, { status: 500 })
}

function send(response: ServerResponse, { status, headers, body }: RawAnswer, { request, requestId, service }: Exchange, now: number) {
  const bodiless = status === 204 || status === 304
  const isHead = request.method === 'HEAD'
  response.statusCode = status
  // SDKs set their clock by this when a signature is refused for its time.
  response.setHeader('Date', new Date(now).toUTCString())
  response.setHeader(service?.isS3 ? 'x-amz-request-id' : 'x-amzn-RequestId', requestId)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (bodiless) response.removeHeader('Content-Length')
  else if (!isHead || !response.hasHeader('Content-Length')) response.setHeader('Content-Length', body.byteLength)
  if (!response.req.complete) response.setHeader('Connection', 'close')
  response.end(isHead || bodiless ? undefined : body)
}
