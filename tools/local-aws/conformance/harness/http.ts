import { createHash, createHmac } from 'node:crypto'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Keys } from './sdk.ts'
import type { World } from './world.ts'

export type Answer = {
  status: number
  /** lower-case names */
  headers: http.IncomingHttpHeaders
  /** names and values in turn, as they came */
  rawHeaders: string[]
  body: string
  bytes: Buffer
}
export type Request = { method?: string, path?: string, headers?: Record<string, string>, body?: string | Buffer }
type Signing = { service: string, region?: string, keys?: Keys, at?: Date }

const TIMEOUT_MS = 60_000

/** Sends a request as it is written here. */
export function send(base: string, { method = 'GET', path = '/', headers = {}, body = '' }: Request): Promise<Answer> {
  const { protocol, hostname, port } = new URL(base)
  const hasBody = Buffer.byteLength(body) > 0 || method === 'POST' || method === 'PUT'
  const length = hasBody && !headers['content-length'] ? { 'content-length': String(Buffer.byteLength(body)) } : {}
  return new Promise((resolve, reject) => {
    const options = {
      hostname, port, method, path, headers: { ...headers, ...length }, agent: false as const, signal: AbortSignal.timeout(TIMEOUT_MS),
    }
    const request = (protocol === 'https:' ? https : http).request(options, (response) => { answerOf(response).then(resolve, reject) })
    request.on('error', reject)
    request.end(body)
  })
}

/** The headers that a signed request has, those given included. */
export async function signedHeaders(
  { cloud }: World, base: string, { service, region = cloud.region, keys, at = new Date() }: Signing,
  { method = 'GET', path = '/', headers = {}, body = '' }: Request,
) {
  const { protocol, host, hostname, port } = new URL(base)
  const [pathname = '/', ...query] = path.split('?')
  const signer = new SignatureV4({
    service, region, credentials: keys ?? await ownKeys(cloud), sha256: Sha256 as never, uriEscapePath: service !== 's3',
    applyChecksum: true,
  })
  const { headers: signed } = await signer.sign({
    method, protocol, hostname, port: Number(port) || undefined, path: pathname,
    query: Object.fromEntries(new URLSearchParams(query.join('?'))), headers: { host, ...headers }, body: Buffer.from(body),
  }, { signingDate: at })
  return signed as Record<string, string>
}

/** Signs a request to a service and sends it. @param base where the service is; left out: by its name */
export async function call(world: World, signing: Signing & { base?: string }, request: Request): Promise<Answer> {
  const base = signing.base ?? addressOf(world, signing.service)
  return send(base, { ...request, headers: await signedHeaders(world, base, signing, request) })
}

/** The keys of whoever uses the cloud. */
export async function ownKeys({ client: { credentials } }: World['cloud']): Promise<Keys> {
  return typeof credentials === 'function' ? await credentials() : credentials as Keys
}

/** Where a service listens. */
export function addressOf({ cloud }: World, service: string) {
  if (cloud.endpoint) return cloud.endpoint
  return service === 'iam' ? 'https://iam.amazonaws.com' : `https://${service}.${cloud.region}.amazonaws.com`
}

export async function answerOf(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  return { status: response.statusCode!, headers: response.headers, rawHeaders: response.rawHeaders, body: bytes.toString(), bytes }
}

/** Node's hash in the shape that the signer wants. */
class Sha256 {
  readonly #hash
  constructor(secret?: string | Uint8Array) { this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret) }
  update(data: string | Uint8Array) { this.#hash.update(data) }
  async digest() { return new Uint8Array(this.#hash.digest()) }
}
