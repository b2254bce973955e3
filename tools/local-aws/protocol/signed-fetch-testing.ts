import http from 'node:http'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from './sha256-testing.ts'

export type RawRequest = { method?: string, path?: string, headers?: Record<string, string>, body?: string | Uint8Array }
export type RawResponse = { status: number, headers: http.IncomingHttpHeaders, text: string }
type Signing = { endpoint: string, service: string, credentials: { accessKeyId: string, secretAccessKey: string, sessionToken?: string }, region?: string, at?: Date }

/** For tests: sends bytes as they are. Rejects where the server hangs up without an answer, or gives none within 5 s. */
export function sendRaw(endpoint: string, { method = 'GET', path = '/', headers = {}, body = '' }: RawRequest): Promise<RawResponse> {
  const { hostname, port } = new URL(endpoint)
  return new Promise((resolve, reject) => {
    const length = method === 'GET' || method === 'HEAD' || headers['transfer-encoding'] ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const request = http.request({ hostname, port, method, path, headers: { ...length, ...headers }, agent: false, signal: AbortSignal.timeout(5000) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }))
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** For tests: signs a request and sends it, whatever it says. */
export const sendSigned = async (signing: Signing, request: RawRequest): Promise<RawResponse> => sendRaw(signing.endpoint, await signed(signing, request))

/** For tests: a request with the headers of its signature. */
export async function signed({ endpoint, service, credentials, region = 'us-east-1', at = new Date() }: Signing, request: RawRequest): Promise<RawRequest & { headers: Record<string, string> }> {
  const { method = 'GET', path = '/', headers = {}, body = '' } = request
  const { host, hostname } = new URL(endpoint)
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, uriEscapePath: service !== 's3', applyChecksum: true })
  const [pathname = '/', ...query] = path.split('?')
  const { headers: signedHeaders } = await signer.sign({
    method, protocol: 'http:', hostname, path: pathname, query: Object.fromEntries(new URLSearchParams(query.join('?'))),
    headers: { host, ...headers }, body: typeof body === 'string' ? Buffer.from(body) : body,
  }, { signingDate: at })
  return { method, path, headers: signedHeaders, body }
}
