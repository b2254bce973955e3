import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { KitError } from '../lib/kit-error.ts'
import { closingInWords, networkTroubleInWords, refusalInWords, type Whose } from './words-for.ts'

/** How long each attempt to come back waits, the last one again and again; a fifth more or less, so that a room does not come back all at once. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]
/** After one that lasted so long, the waits begin anew. */
const STABLE_MS = 10_000
/** Nothing came since the last message went out: is anybody there? */
const SILENCE_MS = 5_000
const HANDSHAKE_MS = 35_000
const SENT_AWAY = 1008
const GOODBYE = 1000

export type ConnectionEvents = {
  opened(again: boolean): void
  message(text: string): void
  /** The connection is lost, or an attempt to come back failed; the next one follows after `retryMs`. */
  lost(why: string, retryMs: number): void
  /** The other side said goodbye; nothing follows. */
  ended(): void
}

export type ConnectionOptions = { url: string, whose: Whose, events: ConnectionEvents, waitsMs?: number[], silenceMs?: number, now?: () => number }

export type ChatConnection = {
  /** Sends a frame; false while there is no connection. */
  send(text: string): boolean
  /** Comes back at once instead of after the wait. */
  retryNow(): void
  close(): Promise<void>
}

/** Connects, and connects again whenever the connection is lost. Throws KitError where it does not get in the first time. */
export async function connectChat({ url, whose, events, waitsMs = WAITS_MS, silenceMs = SILENCE_MS, now = Date.now }: ConnectionOptions): Promise<ChatConnection> {
  let current: { socket: WebSocket, liveness: Liveness } | undefined
  let retry: NodeJS.Timeout | undefined
  let failures = 0
  let isOver = false

  async function open(again: boolean) {
    const socket = await openSocket(url, whose)
    if (isOver) return socket.terminate()
    watch(socket)
    events.opened(again)
  }

  function watch(socket: WebSocket) {
    const connectedAt = now()
    const liveness = watchLiveness(socket, silenceMs, now)
    current = { socket, liveness }
    socket.on('pong', liveness.heard)
    socket.on('message', (data) => {
      liveness.heard()
      events.message(data.toString())
    })
    // What follows an error is a close.
    socket.on('error', () => {})
    socket.on('close', (code, reason) => {
      liveness.stop()
      current = undefined
      if (isOver) return
      if (code === GOODBYE) return end()
      const lasted = { connectedMs: now() - connectedAt, silentMs: now() - liveness.lastActiveAt() }
      if (lasted.connectedMs >= STABLE_MS) failures = 0
      lost(closingInWords(code, reason.toString(), lasted), code === SENT_AWAY ? STABLE_MS : 0)
    })
  }

  function end() {
    isOver = true
    events.ended()
  }

  function lost(why: string, atLeastMs = 0) {
    const waitMs = Math.max(atLeastMs, waitsMs[Math.min(failures, waitsMs.length - 1)]! * (0.8 + Math.random() * 0.4))
    failures++
    retry = setTimeout(attempt, waitMs)
    events.lost(why, waitMs)
  }

  function attempt() {
    retry = undefined
    open(true).catch((error) => {
      if (!(error instanceof KitError)) throw error
      if (!isOver) lost(error.failure.what.replace(/\.$/, ''))
    })
  }

  await open(false)
  return {
    send(text) {
      if (current?.socket.readyState !== WebSocket.OPEN) return false
      current.socket.send(text)
      current.liveness.sent()
      return true
    },
    retryNow() {
      if (!retry) return
      clearTimeout(retry)
      attempt()
    },
    async close() {
      isOver = true
      clearTimeout(retry)
      if (current) await goodbye(current.socket)
    },
  }
}

type Liveness = ReturnType<typeof watchLiveness>

/**
 * Finds out that the network is gone: where nothing comes after a message, a ping must be answered. Without a message it asks nothing, since
 * pings count as activity (A12.13) and the connection would never be idle.
 */
function watchLiveness(socket: WebSocket, silenceMs: number, now: () => number) {
  let timer: NodeJS.Timeout | undefined
  let activeAt = now()

  function stop() {
    clearTimeout(timer)
    timer = undefined
  }

  function ask() {
    socket.ping()
    timer = setTimeout(() => socket.terminate(), silenceMs)
  }

  return {
    stop,
    lastActiveAt: () => activeAt,
    heard() {
      activeAt = now()
      stop()
    },
    sent() {
      activeAt = now()
      timer ??= setTimeout(ask, silenceMs)
    },
  }
}

async function goodbye(socket: WebSocket) {
  const closed = new Promise((resolve) => { socket.once('close', resolve) })
  socket.close(GOODBYE)
  const patience = setTimeout(() => socket.terminate(), 1_000)
  await closed
  clearTimeout(patience)
}

const openSocket = (url: string, whose: Whose) => new Promise<WebSocket>((resolve, reject) => {
  const socket = new WebSocket(url, { handshakeTimeout: HANDSHAKE_MS, perMessageDeflate: false })
  socket.once('open', () => {
    socket.removeAllListeners('error')
    resolve(socket)
  })
  socket.once('unexpected-response', (_, response) => {
    const refuse = (body: string) => reject(new KitError(refusalInWords(response.statusCode ?? 0, body, url, whose)))
    textOf(response).then(refuse, () => refuse('')).finally(() => socket.terminate())
  })
  socket.on('error', (error) => reject(new KitError(networkTroubleInWords(error, url, whose), { cause: error })))
})

async function textOf(response: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of response) {
    text += chunk
    if (text.length > 2_000) break
  }
  return text
}
