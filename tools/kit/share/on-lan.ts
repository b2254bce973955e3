import { existsSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import path from 'node:path'
import { localCloud, runningLocal } from '../../lib/cloud.ts'
import { KitError } from '../../lib/kit-error.ts'
import { start, type Clock, type Door, type DoorLimits, type LocalAws } from '../../local-aws/index.ts'
import { lanAddresses } from '../../room/lan.ts'
import { isPasscode, newPasscode } from '../../room/passcode.ts'
import { readRoom, writeRoom } from '../../room/record.ts'
import { deploySolutions, openSteps } from './solutions.ts'

export const ROOM_PORT = 4567

export type SharedRoom = {
  url: string
  door: Door
  aws: LocalAws
  upTo: number
  stop(): Promise<void>
}

export type ShareOptions = {
  /** where the room keeps everything; the same folder brings back the same URL */
  home: string
  /** @default the address of last time, else the first of a private network */
  host?: string
  /** @default the port of last time, else 4567, or any free one where that is taken */
  port?: number
  /** Makes a new passcode: who knows the old one stays out. */
  fresh?: boolean
  clock?: Clock
  limits?: Partial<DoorLimits>
}

/** Deploys the solutions to a local AWS of their own, and opens that chat, and nothing else, to the LAN. Throws KitError. */
export async function shareLocally({ home, host: wantedHost, port: wantedPort, fresh = false, clock, limits }: ShareOptions): Promise<SharedRoom> {
  const before = readRoom(home)
  const last = before?.cloud === 'local' ? before : undefined
  const host = wantedHost ?? usualHost(last?.host)
  const passcode = !fresh && isPasscode(last?.passcode) ? last.passcode : newPasscode()

  const aws = await start({ state: path.join(home, 'local'), port: 0, clock })
  try {
    const { apiId, stage } = await deploySolutions(localCloud(aws), home)
    const door = await openedDoor(aws, { host, passcode, apiId, stage, limits, wantedPort, lastPort: last?.port })
    await writeRoom({ cloud: 'local', url: door.url, host, port: door.port, passcode }, home)
    return { url: door.url, door, aws, upTo: openSteps(), stop: () => aws.stop() }
  } catch (error) {
    await aws.stop()
    throw error
  }
}

function usualHost(last: string | undefined) {
  const here = lanAddresses().map(({ address }) => address)
  if (last && (here.includes(last) || last.startsWith('127.'))) return last
  if (here[0]) return here[0]
  throw new KitError({ what: 'This machine is on no network.', where: 'its IPv4 addresses', next: 'Join the network of the room. To try it alone: npm run share host=127.0.0.1' })
}

type Wish = { host: string, passcode: string, apiId: string, stage: string, limits?: Partial<DoorLimits>, wantedPort?: number, lastPort?: number }

async function openedDoor(aws: LocalAws, { wantedPort, lastPort, ...options }: Wish): Promise<Door> {
  // 0.0.0.0 would be every network of this machine, and a name may resolve to another machine.
  if (!isIPv4(options.host) || options.host === '0.0.0.0') throw notHere(options.host)
  const port = wantedPort ?? lastPort ?? ROOM_PORT
  try {
    return await aws.openDoor({ ...options, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' && wantedPort === undefined && lastPort === undefined) return aws.openDoor({ ...options, port: 0 })
    if (code === 'EADDRINUSE') throw new KitError({ what: `Port ${port} is in use by another program.`, where: `${options.host}:${port}`, next: `Stop that program, or choose another port, which changes the URL: npm run share port=${port + 1}` }, { cause: error })
    throw code === 'EADDRNOTAVAIL' ? notHere(options.host, error) : error
  }
}

function notHere(host: string, cause?: unknown) {
  const here = lanAddresses().map(({ address }) => address)
  return new KitError({ what: `${host} is no address of this machine.`, where: `its addresses: ${here.join(', ') || 'none'}`, next: `npm run share host=${here[0] ?? '127.0.0.1'}` }, { cause })
}

/** Whether the room of `home` is open now, and by which process. */
export const sharing = (home: string) => existsSync(path.join(home, 'local')) ? runningLocal(path.join(home, 'local')) : undefined

/** Asks the process that shares the room to end. Answers false where there is none. */
export async function stopSharing(home: string): Promise<boolean> {
  const running = sharing(home)
  if (!running || !await isOurs(running)) return false
  process.kill(running.pid, 'SIGTERM')
  return true
}

/** A process number may belong to another program by now; only ours knows the token. */
async function isOurs({ url, token }: { url: string, token: string }) {
  const ending = new AbortController()
  try {
    const { status } = await fetch(`${url}/_workshop/events`, { headers: { authorization: `Bearer ${token}` }, signal: ending.signal })
    return status === 200
  } catch {
    return false
  } finally {
    ending.abort()
  }
}
