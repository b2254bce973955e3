import { WebSocket } from 'ws'
import type { Handshake } from '../mistakes/evidence.ts'

/** One of verify's own clients: a real socket on the participant's API. */
export type Client = {
  /** counts from 1 within a run; part of its User-Agent */
  number: number
  /** from its row in the table */
  connectionId: string
  /** texts received so far */
  frames: string[]
  /** Sends a message, in frames that AWS takes. */
  send(text: string): void
  /** Resolves with the first frame, old or new, that `wanted` accepts; undefined after `withinMs`. */
  hears(wanted: (text: string) => boolean, withinMs: number): Promise<string | undefined>
  /** Resolves with how the connection ended, already or within `withinMs`; undefined while it is open. */
  ended(withinMs: number): Promise<{ code: number, reason: string } | undefined>
  close(): Promise<void>
  /** Cuts the connection off, as a laptop does whose lid is closed. */
  kill(): void
}

export type Joining = { handshake: Handshake, client?: Client }

/** Knocks on `url`. A refusal is an answer, not an error: its HTTP status and body are in `handshake`. */
export function openSocket(url: string, { number, userAgent, timeoutMs = 10_000 }: { number: number, userAgent: string, timeoutMs?: number }): Promise<Joining> {
  const socket = new WebSocket(url, { headers: { 'User-Agent': userAgent }, perMessageDeflate: false, handshakeTimeout: timeoutMs })
  const client = clientOf(socket, number)

  return new Promise((resolve) => {
    socket.once('open', () => resolve({ handshake: { status: 101 }, client }))
    socket.once('unexpected-response', (request, response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => { body += text }).on('end', () => {
        resolve({ handshake: { status: response.statusCode, body } })
        request.destroy()
      })
    })
    socket.on('error', (error) => resolve({ handshake: { error: error.message } }))
  })
}

/** A longer frame ends the connection (A12.5); a message may have several. */
const MAX_FRAME_BYTES = 32 * 1024

function clientOf(socket: WebSocket, number: number): Client {
  const frames: string[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    frames.push(String(data))
    for (const look of waiting) look()
  })

  let ending: { code: number, reason: string } | undefined
  socket.once('close', (code, reason) => { ending = { code, reason: String(reason) } })

  return {
    number, frames, connectionId: '',
    send(text) {
      const bytes = Buffer.from(text)
      for (let at = 0; at === 0 || at < bytes.length; at += MAX_FRAME_BYTES)
        socket.send(bytes.subarray(at, at + MAX_FRAME_BYTES), { binary: false, fin: at + MAX_FRAME_BYTES >= bytes.length })
    },
    hears: (wanted, withinMs) => new Promise((resolve) => {
      const stop = (text: string | undefined) => {
        clearTimeout(deadline)
        waiting.delete(look)
        resolve(text)
      }
      const look = () => {
        const found = frames.find(wanted)
        if (found !== undefined) stop(found)
      }
      const deadline = setTimeout(() => stop(undefined), withinMs)
      waiting.add(look)
      look()
    }),
    ended: (withinMs) => new Promise((resolve) => {
      if (ending) return resolve(ending)
      const stop = () => {
        clearTimeout(deadline)
        socket.off('close', stop)
        resolve(ending)
      }
      const deadline = setTimeout(stop, withinMs)
      socket.once('close', stop)
    }),
    kill: () => socket.terminate(),
    close: () => new Promise((resolve) => {
      if (socket.readyState === WebSocket.CLOSED) return resolve()
      socket.once('close', () => resolve())
      socket.close(1000)
      // A peer that never answers the close frame must not hold up the clean-up.
      setTimeout(() => socket.terminate(), 1_000).unref()
    }),
  }
}
