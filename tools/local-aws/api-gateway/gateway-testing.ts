import { createHash, createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import http, { type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SignatureV4 } from '@smithy/signature-v4'
import { WebSocket, type ClientOptions } from 'ws'
import { AwsError } from '../aws-error.ts'
import { systemClock, type Clock } from '../clock.ts'
import type { Cloud } from '../cloud.ts'
import { createEvents, type CloudEvent } from '../events.ts'
import { createFaults } from '../faults.ts'
import { createAuthority, iamService } from '../iam/index.ts'
import type { Context, Input, OperationName, Operations, Output, Principal } from '../service.ts'
import { createStore, type Place } from '../store.ts'
import { openGateway } from './gateway.ts'
import { apiGatewayService } from './index.ts'

type Function = (event: any) => unknown
type Keys = { accessKeyId: string, secretAccessKey: string, sessionToken?: string }
/** What a function saw: its event, and who invoked it. */
export type Call = { name: string, event: any, json: string, as: Principal, place: Place }
export type RouteWish = { function?: string, mock?: object | true, twoWay?: boolean, integration?: Partial<Input<'apigatewayv2', 'CreateIntegration'>>, route?: Partial<Input<'apigatewayv2', 'CreateRoute'>> }

export const place = { account: '111122223333', region: 'eu-west-1' }
const keys = { accessKeyId: 'AKIAWORKSHOPADMIN000', secretAccessKey: 'admin-secret' }

/** An answer of the fake Lambda service that is no result of a function: the error that Invoke throws. */
export const notInvocable = () => { throw new AwsError('AccessDeniedException', 'no resource-based policy allows it', { status: 403 }) }
export class FunctionError extends Error {}

/** For tests: a gateway on a real port, over a real store and real IAM; Lambda is a table of functions. */
export async function startGateway({ functions = {}, clock = systemClock, root }: { functions?: Record<string, Function>, clock?: Clock, root?: string } = {}) {
  const state = root ?? await mkdtemp(path.join(tmpdir(), 'api-gateway-'))
  const store = createStore(state)
  const events = createEvents(clock.now)
  const faults = createFaults()
  const calls: Call[] = []
  let roles = 0
  const seen: CloudEvent[] = []
  events.on((event) => { seen.push(event) })

  async function invoke({ FunctionName, Payload }: Input<'lambda', 'Invoke'>, as: Principal, where: Place): Promise<Partial<Output<'lambda', 'Invoke'>>> {
    const name = FunctionName!.split(':').at(-1)!
    const json = Buffer.from(Payload as Uint8Array).toString()
    calls.push({ name, event: JSON.parse(json), json, as, place: where })
    const run = functions[name]
    if (!run) throw new AwsError('ResourceNotFoundException', `Function not found: ${FunctionName}`, { status: 404 })
    try {
      return { StatusCode: 200, Payload: bytes(JSON.stringify(await run(JSON.parse(json)) ?? null)) }
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: bytes(JSON.stringify({ errorType: 'Error', errorMessage: error.message, trace: [] })) }
    }
  }

  const cloud: Cloud = {
    store, events, faults, clock,
    authority: createAuthority({ store, events, faults, clock }),
    url: 'http://127.0.0.1:0',
    call: ((_service: string, _operation: string, input: never, as: Principal, where: Place) => invoke(input, as, where)) as unknown as Cloud['call'],
    onStop: () => {},
  }
  cloud.authority.ensureAdministrator(place.account, 'workshop', keys)
  const gateway = openGateway(cloud)
  const server = http.createServer((request, response) => {
    if (gateway.claims(request)) void gateway.handle(request, response)
    else response.writeHead(404).end('not the gateway')
  })
  server.on('upgrade', (request, socket, head) => { void gateway.upgrade(request, socket, head) })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo

  const operationsOf = new Map<string, Operations<'apigatewayv2'>>()
  /** Calls the control plane as the dispatcher would, without IAM. */
  async function control<O extends OperationName<'apigatewayv2'>>(operation: O, input: Input<'apigatewayv2', O>, where: Place = place): Promise<Output<'apigatewayv2', O>> {
    const key = `${where.account}/${where.region}`
    if (!operationsOf.has(key)) operationsOf.set(key, apiGatewayService.open(cloud, where))
    return await (operationsOf.get(key)![operation] as any)(input, { ...where, operation })
  }

  return {
    cloud, gateway, control, faults, calls, seen, port, state,
    eventsOf: <K extends CloudEvent['kind']>(kind: K) => seen.filter((event): event is Extract<CloudEvent, { kind: K }> => event.kind === kind),

    /** Makes an API with these routes and, unless `stage` is null, a stage that serves them. */
    async api(routes: Record<string, RouteWish>, { stage = 'beta', expression = '$request.body.action', where = place }: { stage?: string | null, expression?: string, where?: Place } = {}) {
      const { ApiId } = await control('CreateApi', { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: expression }, where)
      const ids: Record<string, string> = {}
      for (const [key, wish] of Object.entries(routes)) ids[key] = await addRoute(ApiId!, key, wish, where)
      if (stage !== null) {
        await control('CreateStage', { ApiId, StageName: stage }, where)
        if (Object.keys(routes).length > 0) await control('CreateDeployment', { ApiId, StageName: stage }, where)
      }
      return { apiId: ApiId!, routes: ids, url: `ws://127.0.0.1:${port}/${ApiId}/${stage ?? 'beta'}` }
    },
    addRoute: (apiId: string, key: string, wish: RouteWish) => addRoute(apiId, key, wish, place),

    open: (url: string, options?: ClientOptions & { protocols?: string[] }) => openClient(url, options),

    /** Sends a request to `@connections`, signed by the administrator unless told otherwise. */
    async manage(method: string, apiAndStage: string, id: string, { body = '', sign = keys, region = place.region, agent = false }: { body?: string | Buffer, sign?: Keys | null, region?: string, agent?: http.Agent | false } = {}) {
      const target = `/${apiAndStage}/@connections/${encodeURIComponent(id)}`
      const host = `127.0.0.1:${port}`
      const plain = { host }
      const signed = sign ? await signer(sign, region, clock).sign({ method, protocol: 'http:', hostname: '127.0.0.1', port, path: target, headers: plain, body: Buffer.from(body) }) : { headers: plain }
      return rawRequest({ method, port, path: target, headers: signed.headers, body, agent })
    },
    /** The headers by which a handshake is signed. */
    async signedHeaders(target: string, sign: Keys) {
      const request = { method: 'GET', protocol: 'http:', hostname: '127.0.0.1', port, path: target, headers: { host: `127.0.0.1:${port}` }, body: '' }
      return (await signer(sign, place.region, clock).sign(request)).headers
    },

    /** Keys of a new role that apigateway.amazonaws.com may assume too, with these statements as its policy. */
    async roleKeys(Statement: object[]) {
      const iam = iamService.open(cloud, { ...place, region: 'global' })
      const RoleName = `role-${++roles}`
      const context = { ...place, caller: cloud.authority.internal(place.account) } as Context
      await iam.CreateRole!({ RoleName, AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) }, context)
      await iam.PutRolePolicy!({ RoleName, PolicyName: 'only', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }, context)
      return { roleArn: `arn:aws:iam::${place.account}:role/${RoleName}`, ...cloud.authority.openSession(`arn:aws:iam::${place.account}:role/${RoleName}`, 'test') }
    },
    raw: (options: { method?: string, path: string, headers?: Record<string, string>, body?: string | Buffer }) => rawRequest({ port, ...options }),
    async close() {
      await gateway.close()
    },
    async stop({ keepState = false } = {}) {
      await gateway.close()
      const closed = new Promise((resolve) => { server.close(resolve) })
      server.closeAllConnections()
      await closed
      await store.flush()
      if (!keepState) await rm(state, { recursive: true, force: true })
    },
  }

  async function addRoute(ApiId: string, RouteKey: string, { function: name, mock, twoWay, integration, route }: RouteWish, where: Place) {
    const wish: Partial<Input<'apigatewayv2', 'CreateIntegration'>> = name
      ? { IntegrationType: 'AWS_PROXY', IntegrationUri: functionUri(name, where) }
      : { IntegrationType: 'MOCK', ...(typeof mock === 'object' && { RequestTemplates: { $default: JSON.stringify(mock) } }) }
    const target = name || mock || integration
      ? `integrations/${(await control('CreateIntegration', { ApiId, ...wish, ...integration } as Input<'apigatewayv2', 'CreateIntegration'>, where)).IntegrationId}`
      : undefined
    const { RouteId } = await control('CreateRoute', { ApiId, RouteKey, Target: target, ...(twoWay && { RouteResponseSelectionExpression: '$default' }), ...route }, where)
    if (twoWay) await control('CreateRouteResponse', { ApiId, RouteId, RouteResponseKey: '$default' }, where)
    return RouteId!
  }
}

const bytes = (text: string) => Buffer.from(text) as unknown as Output<'lambda', 'Invoke'>['Payload']

/** C3.8 */
export const functionUri = (name: string, { region, account }: Place = place) =>
  `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:${account}:function:${name}/invocations`

export type Client = {
  socket: WebSocket
  /** The next frame that has not been taken yet, as text. */
  next(): Promise<string>
  /** How many frames wait to be taken. */
  waiting(): number
  send(value: unknown): void
  /** Close code and reason, once the socket has closed. */
  closed: Promise<{ code: number, reason: string }>
  /** Answers when the gateway has answered a ping: frames sent before have been read, and what it sent before has come. */
  settled(): Promise<void>
  close(code?: number, reason?: string): Promise<{ code: number, reason: string }>
}

/** Connects, or rejects with a Refused. */
export async function openClient(url: string, { protocols, ...options }: ClientOptions & { protocols?: string[] } = {}): Promise<Client> {
  const socket = protocols ? new WebSocket(url, protocols, options) : new WebSocket(url, options)
  const frames: string[] = []
  const takers: ((text: string) => void)[] = []
  socket.on('message', (data: Buffer) => {
    const taker = takers.shift()
    if (taker) taker(data.toString())
    else frames.push(data.toString())
  })
  const closed = new Promise<{ code: number, reason: string }>((resolve) => { socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })) })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_, response) => {
      collect(response).then((body) => reject(new Refused(response.statusCode!, response.headers, body)), reject)
    })
    socket.on('error', reject)
  })
  return {
    socket, closed,
    next: () => new Promise((resolve) => {
      const frame = frames.shift()
      if (frame === undefined) takers.push(resolve)
      else resolve(frame)
    }),
    waiting: () => frames.length,
    send: (value) => socket.send(typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value)),
    settled: () => new Promise((resolve) => {
      socket.once('pong', () => resolve())
      socket.ping()
    }),
    close(code, reason) {
      socket.close(code, reason)
      return closed
    },
  }
}

/** A handshake that was answered with something other than 101. */
export class Refused extends Error {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string

  constructor(status: number, headers: IncomingHttpHeaders, body: string) {
    super(`refused with ${status}`)
    this.status = status
    this.headers = headers
    this.body = body
  }
}

export async function refusalOf(opening: Promise<Client>): Promise<Refused> {
  const result = await opening.catch((error: unknown) => error)
  if (result instanceof Refused) return result
  throw result instanceof Error ? result : new Error('the client was let in')
}

export type RawAnswer = { status: number, headers: IncomingHttpHeaders, rawHeaders: string[], body: string }

type RawRequest = { method?: string, port: number, path: string, headers?: Record<string, string>, body?: string | Buffer, agent?: http.Agent | false }

function rawRequest({ method = 'GET', port, path: target, headers, body = '', agent = false }: RawRequest) {
  return new Promise<RawAnswer>((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path: target, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, agent }, (response) => {
      collect(response).then((text) => resolve({ status: response.statusCode!, headers: response.headers, rawHeaders: response.rawHeaders, body: text }), reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}

async function collect(stream: AsyncIterable<Buffer>) {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const signer = (credentials: Keys, region: string, clock: Clock) => {
  const signature = new SignatureV4({ credentials, region, service: 'execute-api', sha256: Sha256 as never })
  return { sign: (request: object) => signature.sign(request as never, { signingDate: new Date(clock.now()) }) as unknown as Promise<{ headers: Record<string, string> }> }
}

/** Node's hash in the shape that the signer wants. */
class Sha256 {
  readonly #hash
  constructor(secret?: string | Uint8Array) { this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret) }
  update(data: string | Uint8Array) { this.#hash.update(data) }
  async digest() { return new Uint8Array(this.#hash.digest()) }
}

/** Waits until `is` holds, looking after each turn of the event loop; for what has no event of its own. */
export async function until(is: () => boolean | Promise<boolean>, what: string, withinMs = 5_000) {
  const deadline = Date.now() + withinMs
  while (!await is()) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => { setImmediate(resolve) })
  }
}
