import net from 'node:net'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { startTestCloud } from '../testing.ts'

export type Victim = Awaited<ReturnType<typeof startTestCloud>>
export type Said = { status: number, head: string, body: string }

/** For tests: an API whose `$default` answers what its mock says, served as `beta`. Answers `/API/beta`. */
export async function mockChat(aws: Pick<Victim, 'client'>, answer = 'pong'): Promise<string> {
  const api = new ApiGatewayV2(aws.client)
  const { ApiId } = await api.createApi({ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })
  const { IntegrationId } = await api.createIntegration({ ApiId, IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode":200}' }, TemplateSelectionExpression: '\\$default' })
  await api.createIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseKey: '$default', ResponseTemplates: { $default: answer } })
  const { RouteId } = await api.createRoute({ ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}`, RouteResponseSelectionExpression: '$default' })
  await api.createRouteResponse({ ApiId, RouteId, RouteResponseKey: '$default' })
  await api.createStage({ ApiId, StageName: 'beta' })
  await api.createDeployment({ ApiId, StageName: 'beta' })
  return `/${ApiId}/beta`
}

/** For tests: sends bytes as they are and reads until the server hangs up, or has answered `until`. No answer is status 0. */
export function say(port: number, request: string | Buffer, { host = '127.0.0.1', until = /\r\n\r\n/, patienceMs = 5_000 }: { host?: string, until?: RegExp, patienceMs?: number } = {}) {
  return new Promise<Said>((resolve, reject) => {
    const socket = net.connect(port, host)
    let text = ''
    const done = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(readAnswer(text))
    }
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`No answer within ${patienceMs} ms to ${request.toString('latin1').slice(0, 200)}`))
    }, patienceMs)
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk
      if (until.test(text)) done()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNREFUSED') return
      clearTimeout(timer)
      reject(error)
    })
    socket.on('close', done)
    socket.write(request)
  })
}

function readAnswer(text: string): Said {
  const [head = '', ...body] = text.split('\r\n\r\n')
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: body.join('\r\n\r\n') }
}

type Headers = Record<string, string> | [string, string][]

/** For tests: the lines of a request; a header that stands twice in the list is sent twice. */
export const requestLines = (method: string, target: string, headers: Headers, body = '') => [
  `${method} ${target} HTTP/1.1`,
  ...(Array.isArray(headers) ? headers : Object.entries(headers)).map(([name, value]) => `${name}: ${value}`),
  ...(body ? [`Content-Length: ${Buffer.byteLength(body)}`] : []), '', body,
].join('\r\n')

/** For tests: what a handshake needs besides Host. */
export const HANDSHAKE = { 'Connection': 'Upgrade', 'Upgrade': 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' }

/** For tests: one masked frame of a client, its length written in the shortest form unless told otherwise. */
export function frame(payload: Buffer | string, { opcode = 1, fin = true, mask = true }: { opcode?: number, fin?: boolean, mask?: boolean } = {}): Buffer {
  const data = Buffer.from(payload as string)
  const size = data.length < 126 ? 2 : data.length < 65_536 ? 4 : 10
  const header = Buffer.alloc(size)
  header[0] = (fin ? 0x80 : 0) | opcode
  header[1] = (mask ? 0x80 : 0) | (size === 2 ? data.length : size === 4 ? 126 : 127)
  if (size === 4) header.writeUInt16BE(data.length, 2)
  if (size === 10) header.writeBigUInt64BE(BigInt(data.length), 2)
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([header, Buffer.alloc(mask ? 4 : 0), data])
}
