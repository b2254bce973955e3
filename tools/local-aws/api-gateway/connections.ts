import type { Socket } from 'node:net'
import type { Cloud } from '../cloud.ts'
import { inTime } from '../in-time.ts'
import type { WebSocket } from 'ws'
import type { Connection, Ending } from './connection.ts'
import { watchFrameSizes } from './frame-size.ts'
import { newRequestId } from './ids.ts'
import { errorText } from './outcome.ts'
import { createThrottling } from './throttling.ts'

const IDLE_MS = 10 * 60_000
const LIFETIME_MS = 2 * 60 * 60_000
/**
 * A client that does not read is dropped once so much waits for it. What AWS does is not documented; without a bound one such client
 * would fill the memory of this process.
 */
const MAX_WAITING_BYTES = 1024 * 1024
/** The longest frame that was recorded from the gateway. */
const MAX_FRAME_BYTES = 8_192
/** A10.4; that the end of the two hours (A10.5) sounds the same is assumed. */
const GOING_AWAY: Ending = { code: 1001, reason: 'Going away' }

/** What happens to a connection, for whoever runs it. */
export type Handlers = {
  message(connection: Connection, data: Buffer, isBinary: boolean): Promise<void>
  /** after the end of every connection that was let in; the client cannot be reached any more */
  ended(connection: Connection, ending: Ending): Promise<void>
}

type Change = { change: 'opened' | 'refused' | 'closed', status?: number, code?: number, reason?: string }

export type Connections = ReturnType<typeof createConnections>

/** The clients that are connected at this moment, over all APIs. Nothing of them outlives the process. */
export function createConnections(cloud: Cloud, { message, ended }: Handlers) {
  const open = new Map<string, Connection>()
  const unfinished = new Set<Promise<void>>()

  /** Keeps what runs in the background until it is done; a failure there is ours and must not end the process. */
  function track(work: Promise<void>) {
    const done: Promise<void> = work
      .catch((error) => console.error('The local AWS failed:', error))
      .finally(() => unfinished.delete(done))
    unfinished.add(done)
  }

  function add(connection: Connection, socket: WebSocket, raw: Socket) {
    connection.socket = socket
    open.set(connection.id, connection)
    // A10.7, A10.8: the text is second hand, and one report has the connection survive.
    watchFrameSizes(raw, () => close(connection, { code: 1009, reason: 'Message too big' }))
    socket.on('message', (data: Buffer, isBinary: boolean) => { if (mayPass(connection, data.length)) track(inTurn(connection, () => message(connection, data, isBinary))) })
    socket.on('ping', () => { if (mayPass(connection, 0)) touch(connection) })
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      // A10.10: the reason is not recorded.
      if (code?.startsWith('WS_ERR_')) connection.ending ??= { code: 1002, reason: 'Protocol error' }
    })
    const timers = [idleTimer(connection), cloud.clock.after(LIFETIME_MS, () => close(connection, GOING_AWAY))]
    socket.on('close', (code: number, reason: Buffer) => {
      for (const timer of timers) timer.cancel()
      leave(connection, connection.ending ?? endingOf(code, reason.toString()))
    })
    report(connection, { change: 'opened', status: 101 })
    connection.guest?.joined((ending) => close(connection, ending))
  }

  /** Runs what must run after the end, also for a client that left before it heard that it was let in. */
  function leave(connection: Connection, ending: Ending) {
    connection.ending = ending
    open.delete(connection.id)
    report(connection, { change: 'closed', ...ending })
    track(inTurn(connection, () => ended(connection, ending)))
  }

  /** What a guest may not send it is told; nobody else hears of it. */
  function mayPass(connection: Connection, bytes: number): boolean {
    if (connection.ending) return false
    const refusal = connection.guest?.refusalOf(bytes)
    if (!refusal) return true

    if ('ending' in refusal) close(connection, refusal.ending)
    else send(connection, errorText(refusal.message, connection.id, newRequestId()))
    return false
  }

  function idleTimer(connection: Connection) {
    let timer = cloud.clock.after(IDLE_MS, check)
    function check() {
      const restMs = connection.lastActiveAt + IDLE_MS - cloud.clock.now()
      if (restMs <= 0) close(connection, GOING_AWAY)
      else timer = cloud.clock.after(restMs, check)
    }
    return { cancel: () => timer.cancel() }
  }

  const touch = (connection: Connection) => { connection.lastActiveAt = cloud.clock.now() }

  /** Sends one text frame; `false` if the connection is over. `drop` faults lose it on the way. */
  function send(connection: Connection, data: string | Buffer): boolean {
    const { socket, ending, id } = connection
    if (!socket || ending || socket.readyState !== socket.OPEN) return false

    touch(connection)
    if (!cloud.faults.active('drop').some(({ connectionId = id }) => connectionId === id)) sendText(socket, data)
    if (socket.bufferedAmount > MAX_WAITING_BYTES) {
      connection.log(`The client does not read: more than ${MAX_WAITING_BYTES} bytes wait for it. Dropped.`)
      drop(connection)
    }
    return true
  }

  /** Says goodbye. From now on the connection is gone for everyone (B1.9); its `$disconnect` follows when the socket has closed. */
  function close(connection: Connection, ending: Ending) {
    if (connection.ending) return
    connection.ending = ending
    open.delete(connection.id)
    connection.socket?.close(ending.code, ending.reason)
  }

  function drop(connection: Connection) {
    open.delete(connection.id)
    connection.socket?.terminate()
  }

  function report({ located, stageName, id }: Connection, what: Change) {
    cloud.events.emit({ kind: 'connection', apiId: located.apiId, stage: stageName, connectionId: id, ...what })
  }

  return {
    get: (id: string) => open.get(id),
    /** how fast they may come and talk */
    throttling: createThrottling(cloud.clock),
    add, leave, send, touch, close, report,
    /** Closes the connections of an API or of one of its stages. A10.12: what AWS says then is not recorded. */
    closeAllOf(apiId: string, stageName?: string) {
      for (const connection of open.values())
        if (connection.located.apiId === apiId && connection.stageName === (stageName ?? connection.stageName)) close(connection, GOING_AWAY)
    },
    /** Closes everything and waits for what still runs, but no longer than `graceMs`. */
    async end(graceMs: number) {
      const sockets = [...open.values()].map((connection) => (close(connection, GOING_AWAY), connection.socket!))
      await inTime(graceMs, Promise.all(sockets.map(closed)))
      for (const socket of sockets) socket.terminate()
      await Promise.all(sockets.map(closed))
      await inTime(graceMs, Promise.all(unfinished))
    },
  }
}

const inTurn = ({ guest }: Connection, work: () => Promise<void>) => guest ? guest.inTurn(work) : work()

/** A long message goes out in several frames; the client puts them together (B4.2). */
function sendText(socket: WebSocket, data: string | Buffer) {
  const bytes = Buffer.from(data)
  for (let start = 0; start === 0 || start < bytes.length; start += MAX_FRAME_BYTES) {
    const end = start + MAX_FRAME_BYTES
    socket.send(bytes.subarray(start, end), { binary: false, fin: end >= bytes.length })
  }
}

/** What the gateway says about an end that the client made (A10.1 to A10.3). */
function endingOf(code: number, reason: string): Ending {
  if (code === 1005) return { code, reason: 'Client-side close frame status not set' }
  if (code === 1006) return { code, reason: 'Connection closed abnormally' }
  return { code, reason }
}

const closed = (socket: WebSocket) => socket.readyState === socket.CLOSED ? undefined : new Promise((resolve) => { socket.once('close', resolve) })
