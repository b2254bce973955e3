import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { openGateway } from './api-gateway/gateway.ts'
import { AwsError } from './aws-error.ts'
import { bootstrap } from './bootstrap/index.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Cloud } from './cloud.ts'
import { resumeUnfinished } from './cloudformation/index.ts'
import { createDispatcher, type Run } from './dispatch.ts'
import { openDoor, type Door, type DoorOptions } from './door/index.ts'
import { createEvents, type Events } from './events.ts'
import { createFaults, type Faults } from './faults.ts'
import { createAuthority } from './iam/index.ts'
import { randomUpper } from './ids.ts'
import { inTime } from './in-time.ts'
import { resumeEventSources, servePackage } from './lambda/index.ts'
import { createWireHandler } from './protocol/index.ts'
import { services } from './registry.ts'
import { openServer, type Route } from './server.ts'
import { stateFailure } from './state-failure.ts'
import { lockState, writePrivate } from './state-lock.ts'
import { createStore, type Place } from './store.ts'
import { tidy } from './tidy.ts'
import { createWorkshopRoutes } from './workshop-routes.ts'

export { redirectPreload } from './lambda/index.ts'
export { manualClock, systemClock, type Clock } from './clock.ts'
export type { Door, DoorLimits, DoorOptions } from './door/index.ts'
export type { CloudEvent } from './events.ts'
export type { Fault } from './faults.ts'

/** The facts about AWS as proofs. Loaded when asked for: it brings every SDK client along. */
export const conformance = () => import('./conformance/index.ts')

export const DEFAULT_ACCOUNT = '000000000000'
export const DEFAULT_REGION = 'us-east-1'
export const DEFAULT_PORT = 4566

/** How long each part may take to end. */
const STOP_MS = 3_000

export type StartOptions = {
  /** folder for everything that must outlive the process; made if missing */
  state: string
  /** 0: any free one. @default 4566 */
  port?: number
  /** offered every unsigned request, such as `GET /docs/`; false leaves it to AWS, which refuses it */
  site?: Route
  clock?: Clock
}

export type Keys = { accessKeyId: string, secretAccessKey: string }

export type LocalAws = {
  /** `http://127.0.0.1:4566` */
  url: string
  port: number
  state: string
  account: string
  region: string
  /** of an administrator of `account` */
  keys: Keys
  /** opens `/_workshop/events` and `/_workshop/faults/ID` */
  token: string
  events: Events
  faults: Faults
  clock: Clock
  /** Makes sure that a further account exists; answers its administrator's keys. */
  addAccount(account: string): Promise<Keys>
  /** Lets others than this machine into one chat, until the door or this AWS stops. See `door/`. */
  openDoor(options: DoorOptions): Promise<Door>
  /** Closes every socket, ends every child process, writes what is left to write. */
  stop(): Promise<void>
}

/** Starts an AWS on loopback. It owns `state` until `stop()`; several with different folders may live in one process. Throws KitError. */
export async function start({ state, port = DEFAULT_PORT, site, clock = systemClock }: StartOptions): Promise<LocalAws> {
  const lock = await lockState(state)
  const { cloud, run, prepare, stop: stopParts, setUrl } = assemble(state, clock)
  let server: Awaited<ReturnType<typeof openServer>> | undefined
  try {
    await tidy(cloud, state)
    const keys = await administrator(cloud, state, DEFAULT_ACCOUNT)
    const token = randomBytes(24).toString('hex')
    const gateway = openGateway(cloud)
    const wire = createWireHandler({ services, cloud, run })
    const workshop = createWorkshopRoutes(cloud, token)
    server = await openServer({
      port,
      routes: [
        // The hot path first: a broadcast is one of these per client.
        async (request, response) => gateway.claims(request) && (await gateway.handle(request, response), true),
        (request, response) => servePackage(cloud, request, response),
        workshop,
        async (request, response) => Boolean(site && isUnsigned(request)) && await site!(request, response),
        async (request, response) => (await wire(request, response), true),
      ],
      upgrade: (request, socket, head) => gateway.upgrade(request, socket, head),
    })
    const url = `http://127.0.0.1:${server.port}`
    setUrl(url)
    await prepare({ account: DEFAULT_ACCOUNT, region: DEFAULT_REGION })
    await resumeUnfinished(cloud)
    await resumeEventSources(cloud)
    await cloud.store.flush()
    const running = path.join(state, 'running.json')
    await writePrivate(running, { pid: process.pid, url, token, account: DEFAULT_ACCOUNT, region: DEFAULT_REGION, startedAt: new Date().toISOString() })

    const { port: openPort, close: closePort } = server
    const doors = new Set<Door>()
    let stopping: Promise<void> | undefined
    return {
      url, port: openPort, state, account: DEFAULT_ACCOUNT, region: DEFAULT_REGION, keys, token,
      events: cloud.events, faults: cloud.faults, clock,
      async addAccount(account) {
        const made = await administrator(cloud, state, account)
        await cloud.store.flush()
        return made
      },
      async openDoor(options) {
        const door = await openDoor({ gateway, clock }, options)
        doors.add(door)
        return door
      },
      stop: () => stopping ??= (async () => {
        await Promise.all([...doors].map((door) => door.stop()))
        await gateway.close()
        await closePort()
        await stopParts().catch((error: unknown) => { throw stateFailure(error, state) ?? error }).finally(async () => {
          await rm(running, { force: true })
          await lock.release()
        })
      })(),
    }
  } catch (error) {
    await server?.close()
    await stopParts().catch(() => {})
    await lock.release()
    throw stateFailure(error, state) ?? error
  }
}

/** A cloud without a port: what `start` opens to the world, and what tests call directly. */
export function assemble(state: string, clock: Clock) {
  const events = createEvents(clock.now)
  const faults = createFaults()
  const store = createStore(state, { isFull: () => faults.active('disk-full').length > 0 })
  let isStopped = false
  const earlyStops: (() => void | Promise<void>)[] = []
  const stops: typeof earlyStops = []
  let url = 'http://127.0.0.1:0'
  const cloud: Cloud = {
    store, events, faults, clock,
    authority: createAuthority({ store, events, faults, clock }),
    get url() { return url },
    call: (...call) => isStopped ? Promise.reject(new AwsError('ServiceUnavailable', 'The local AWS has stopped.', { status: 503 })) : dispatcher.call(...call),
    onStop: (action, { early = false } = {}) => { (early ? earlyStops : stops).unshift(action) },
  }
  const dispatcher = createDispatcher(cloud, services)
  const bootstrapped = new Map<string, Promise<void>>()

  /** Requests from outside find each account and region as `cdk bootstrap` leaves it. */
  async function prepare({ account, region }: Place) {
    const key = `${account} ${region}`
    if (!bootstrapped.has(key)) bootstrapped.set(key, bootstrap(cloud, { account, region }))
    await bootstrapped.get(key)!.catch((error: unknown) => {
      bootstrapped.delete(key) // the next request tries again
      throw error
    })
  }
  const run: Run = async (service, operation, input, context, body) => {
    await prepare(context)
    return dispatcher.run(service, operation, input, context, body)
  }

  return {
    cloud, run, prepare,
    setUrl: (value: string) => { url = value },
    async stop() {
      // What is not over by then (a stack whose operation is slow, say) is left as a kill would leave it; the next start deals with that.
      for (const action of [...earlyStops.splice(0), ...stops.splice(0)]) await inTime(STOP_MS, Promise.resolve(action()))
      isStopped = true
      await store.close()
    },
  }
}

/** Random keys per account, kept in the state folder so that they stay the same across restarts. */
async function administrator(cloud: Cloud, state: string, account: string): Promise<Keys> {
  const file = path.join(state, account === DEFAULT_ACCOUNT ? 'credentials' : `credentials-${account}`)
  const keys: Keys = existsSync(file)
    ? JSON.parse(await readFile(file, 'utf8'))
    : { accessKeyId: `AKIA${randomUpper(16)}`, secretAccessKey: randomBytes(30).toString('base64url') }
  await writePrivate(file, keys)
  cloud.authority.ensureAdministrator(account, 'workshop', keys)
  return keys
}

/** Every request to AWS is signed, in a header or, where it is presigned, in the query. */
const isUnsigned = ({ headers, url = '/' }: { headers: NodeJS.Dict<string | string[]>, url?: string }) =>
  !headers.authorization && !headers['x-amz-target'] && !/[?&]X-Amz-/i.test(url)
